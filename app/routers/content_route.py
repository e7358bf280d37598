"""Routes that respond in the format that the client chose."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response
from pydantic_core import to_json

from app.formats import ATOM, BIBTEX, CITATION_TEXT, CSL_JSON, HTML, JSON, JSONLD, MARKDOWN, RIS, TEXT, Format
from app.http.links import paths_by_format
from app.http.negotiation import choose_format
from app.queries.selected_revisions import SelectedRevision
from app.representations import atom, html, jsonld, markdown, text
from app.representations.citations.bibtex import bibtex
from app.representations.citations.csl_json import csl_json
from app.representations.citations.reference import Reference
from app.representations.citations.ris import ris
from app.representations.citations.sentence import sentences
from app.representations.context import Alternate, RenderContext
from app.routers.checked_route import CheckedRoute
from app.urls import URLs

Renderer = Callable[[Any, RenderContext], str]
CitationWriter = Callable[[Iterable[Reference]], str]

CITATION_WRITERS: Mapping[Format, CitationWriter] = {
    CSL_JSON: csl_json,
    BIBTEX: bibtex,
    RIS: ris,
    CITATION_TEXT: sentences,
}


def _without_context(write: CitationWriter) -> Renderer:
    return lambda references, context: write(references)


# Each takes what an endpoint returns. FastAPI serialises JSON.
RENDERERS: Mapping[Format, Renderer] = {
    MARKDOWN: markdown.render,
    HTML: html.render,
    TEXT: text.render,
    JSONLD: jsonld.render,
    ATOM: atom.render,
    **{format_: _without_context(write) for format_, write in CITATION_WRITERS.items()},
}


# Descriptions for OpenAPI.
EXAMPLES: Mapping[Format, Mapping[str, Any]] = {
    MARKDOWN: {"schema": {"type": "string"}, "example": "# Joint Training Exercises\n\n…"},
    HTML: {"schema": {"type": "string"}, "example": '<!doctype html>\n<html lang="en">…</html>'},
    TEXT: {"schema": {"type": "string"}, "example": "Joint Training Exercises\n\n…"},
    ATOM: {"schema": {"type": "string"}, "example": '<feed xmlns="http://www.w3.org/2005/Atom">…</feed>'},
    JSONLD: {"schema": {"type": "object"}, "example": {"@context": "https://schema.org", "@type": "Chapter"}},
}


class ContentRoute(CheckedRoute):
    """A route that sends what its endpoint returns in the format that the client chose.

    The formats are those of its response policy. FastAPI serialises and documents JSON; this class does both for the
    others.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        formats: Sequence[Format] = endpoint.response_policy.formats  # type: ignore[attr-defined]  # set by the policy
        if len(formats) > 1:
            content = {format_.media_type: EXAMPLES[format_] for format_ in formats if format_ in EXAMPLES}
            responses: dict[int | str, Any] = options.get("responses") or {200: {"content": {}}}
            options["responses"] = {200: {"content": content | responses[200]["content"]}}
            endpoint = _in_formats(endpoint, formats, options.get("response_model"))
        super().__init__(path, endpoint, **options)


def _in_formats(endpoint: Callable[..., Any], formats: Sequence[Format], model: Any) -> Callable[..., Any]:
    """Return an endpoint with the parameter `format`, which responds in the chosen format.

    An endpoint that returns the fields of a model, not the model itself, names it as its `response_model`.
    """

    @wraps(endpoint)
    async def respond(request: Request, response: Response, format_: str, **arguments: Any) -> Any:
        return _render(await endpoint(**arguments), request, response, model)

    own = signature(endpoint)
    parameters = [
        *own.parameters.values(),
        Parameter("request", Parameter.KEYWORD_ONLY, annotation=Request),
        Parameter("response", Parameter.KEYWORD_ONLY, annotation=Response),
        Parameter("format_", Parameter.KEYWORD_ONLY, default=formats[0].name, annotation=_format_parameter(formats)),
    ]
    vars(respond)["__signature__"] = own.replace(parameters=parameters)  # FastAPI reads the parameters from it
    return respond


def _format_parameter(formats: Sequence[Format]) -> Any:
    purposes = [f"`{format_.name}` {format_.purpose}" for format_ in formats]
    description = f"Takes precedence over `Accept`: {', '.join(purposes)}."
    names = Literal[tuple(format_.name for format_ in formats)]  # type: ignore[valid-type]  # not known to mypy
    return Annotated[names, Query(alias="format", description=description, examples=[formats[0].name])]


def _render(content: Any, request: Request, response: Response, model: Any) -> Any:
    """Return content as it is for JSON, otherwise a response in the chosen format.

    The fields of a model become JSON without it, because validation takes several times as long as writing them.
    """
    chosen = choose_format(request)
    body: str | bytes
    if chosen is JSON:
        if not isinstance(content, dict):
            return content
        body = to_json(content)
    else:
        content = model.model_validate(content) if isinstance(content, dict) else content
        body = RENDERERS[chosen](content, _context(request, chosen))
    media_type = chosen.media_type if chosen.media_type.endswith("json") else f"{chosen.media_type}; charset=utf-8"
    return Response(body, media_type=media_type, headers=dict(response.headers))


def _context(request: Request, chosen: Format) -> RenderContext:
    route, policy = request.scope["route"], request.scope["endpoint"].response_policy
    selected: SelectedRevision | None = getattr(request.state, "selected", None)
    urls: URLs = selected.urls if selected else request.app.state.urls
    path, query = request.url.path, [item for item in request.query_params.multi_items() if item[0] != "format"]
    return RenderContext(
        path=path,
        query=tuple(query),
        urls=urls,
        absolute_urls=replace(urls, public_url=request.app.state.absolute_urls.public_url),
        selected=selected,
        alternates=tuple(
            Alternate(format_, urls.at(url))
            for format_, url in paths_by_format(policy.formats, path, query)
            if format_ is not chosen
        ),
        operation=f"{route.tags[0]}/{route.name}",
    )
