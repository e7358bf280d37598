"""The OpenAPI 3.1 document: what FastAPI derives from the routes, and what holds for all of them."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from app import __version__, schemas
from app.http.policies import response_policy
from app.http.problem_types import PROBLEM_TYPES
from app.http.problems import MEDIA_TYPE, RETRY_AFTER_S

DESCRIPTION = """\
A guide to a treaty, as content that programs can use: addressed down to the passage and grouped by topic.

- **Start** at `/v1/guides`, follow `url`, `next` and `previous`; every address in an answer can be followed as it is.
- **Search** with `/v1/search?q=`: it gives the sections, each with the passages that have the words.
- **Read** a whole section with its passages, or one passage by its id `<section>.<n>`.
- **Trust** the text as far as it deserves: `corrections` say what is wrong with it, why, and on what authority, and the
  default edition has those made that are `applied`; `?edition=original` gives the author's words.
- **Check** a claim against the treaty's own articles, which each section links, or a quotation at `/v1/quotations`.
- **Pin** what you read with `?revision=`: a revision never changes.
- **Errors** are problem documents (RFC 9457), which say what to do and name the nearest thing that exists.

The API is read-only and open: there are no keys and no accounts, and a page of any origin may ask. Therefore every
answer has `Access-Control-Allow-Origin: *` and `Access-Control-Expose-Headers`, and for safety
`Content-Security-Policy`, `Permissions-Policy`, `Referrer-Policy: no-referrer` and `X-Content-Type-Options: nosniff`.
"""

TAGS = [
    {"name": "Guides", "description": "Documents about a treaty, their contents, sources and revisions."},
    {"name": "Sections", "description": "The parts of a guide in reading order, and their passages."},
    {
        "name": "Corrections",
        "description": "Editorial notes on a guide's text: what is wrong, and on what authority.",
    },
    {"name": "Citations", "description": "References to sections and passages, for reference managers."},
    {"name": "Quotations", "description": "Whether words stand in a guide, and where."},
    {"name": "Topics", "description": "Subjects that sections belong to, across guides."},
    {
        "name": "Instruments",
        "description": "Treaties, agreements and statements, and their articles.",
    },
    {"name": "Events", "description": "The timeline."},
    {"name": "Terms", "description": "The glossary, with the Japanese terms."},
    {"name": "Sources", "description": "Works that corrections and facts rest on."},
    {"name": "Search", "description": "Full-text search in the guides, and completions for a search box."},
    {"name": "Service", "description": "What this service is, and whether it is well."},
]

_REQUEST_ID = {
    "description": "The id of this request: the one that you sent in X-Request-ID if it was well-formed.",
    "schema": {"type": "string", "examples": ["0a1b2c3d4e5f60718293a4b5c6d7e8f9"]},
}
_LINK = {
    "description": "The one address of this (`canonical`), and of a list the first, previous and next page (RFC 8288).",
    "schema": {"type": "string", "examples": ['</v1/topics?limit=5&cursor=NQ>; rel="next"']},
}
_ETAG = {
    "description": "What names this very body. Send it in If-None-Match to be told when there is nothing new.",
    "schema": {"type": "string", "examples": ['"0a1b2c3d4e5f60718293a4b5c6d7e8f9"']},
}
_CACHE_CONTROL = {
    "description": "How long this may be kept; a year where `revision` pins it (RFC 9111).",
    "schema": {"type": "string", "examples": ["public, max-age=60, stale-while-revalidate=3600"]},
}
_CONTENT_ENCODING = {
    "description": "How the body is coded, where Accept-Encoding asks for it and it is not short: zstd, br or gzip.",
    "schema": {"type": "string", "enum": ["zstd", "br", "gzip"], "examples": ["br"]},
}
_VARY = {
    "description": "The headers of the request that took part in choosing this form.",
    "schema": {"type": "string", "examples": ["Accept, Accept-Encoding"]},
}
_LANGUAGE = {
    "description": "The language of the guide that this is from, as a BCP 47 tag.",
    "schema": {"type": "string", "examples": ["en"]},
}
_RETRY_AFTER = {
    "description": "In how many seconds to try again.",
    "schema": {"type": "integer", "examples": [RETRY_AFTER_S]},
}
_GIVEN_ID = {
    "name": "X-Request-ID",
    "in": "header",
    "required": False,
    "description": "A name for this request, to find it in the log by: at most 64 letters, digits, `.`, `_` and `-`."
    " Another one is made where yours is not of this form.",
    "schema": {"type": "string", "examples": ["my-request-1"]},
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what you hold, or a list of them; the answer is a 304 where it is still the same.",
    "schema": {"type": "string", "examples": ['"0a1b2c3d4e5f60718293a4b5c6d7e8f9"']},
}
_ALWAYS = ("X-Request-ID", "Cache-Control")
_LASTING = ("ETag", "Vary", "Link")  # headers of what may be kept, on 304 too
_OF_PROBLEMS = {503: ("Retry-After",)}  # headers of a problem, by its status, beside those of all
_EVERYWHERE = ("400", "406", "414", "422", "431", "500", "503")


def describe(app: FastAPI) -> None:
    """Have the application describe itself at /openapi.json with the document that `document` makes, made once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own documented way to extend the document

    @app.get("/openapi.json", include_in_schema=False)
    @response_policy(formats=())
    async def openapi_document() -> JSONResponse:
        return JSONResponse(app.openapi())


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document as JSON-like data."""
    made: dict[str, Any] = get_openapi(
        title="Treaty guide",
        version=__version__,
        summary="A guide to a treaty, by section, by topic, by passage.",
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        servers=[{"url": app.state.urls.public_url or "/", "description": "This service."}],
        license_info={"name": "MIT", "identifier": "MIT"},
        contact={"name": "The editors of the treaty guide"},
    )
    made["security"] = []  # there is nothing to be authorised for, and a linter wants that said
    components = made.setdefault("components", {})
    components["schemas"] = {
        name: shape
        for name, shape in {**components.get("schemas", {}), **_problem_shapes()}.items()
        if name not in {"HTTPValidationError", "ValidationError"}
    }
    components["headers"] = {
        "X-Request-ID": _REQUEST_ID,
        "Link": _LINK,
        "ETag": _ETAG,
        "Cache-Control": _CACHE_CONTROL,
        "Content-Encoding": _CONTENT_ENCODING,
        "Vary": _VARY,
        "Content-Language": _LANGUAGE,
        "Retry-After": _RETRY_AFTER,
    }
    problems = {str(problem.status): _problem(name) for name, problem in PROBLEM_TYPES.items()}
    components["responses"] = {status: problems[status] for status in ("404", *_EVERYWHERE)}
    components["responses"]["304"] = {
        "description": "What you hold, and named in If-None-Match, is still the same.",
        "headers": _headers(*_ALWAYS, *_LASTING),
    }
    for path, operations in made["paths"].items():
        for operation in operations.values():
            _complete(path, operation, components["schemas"])
    return made


def _complete(path: str, operation: dict[str, Any], shapes: dict[str, Any]) -> None:
    """Give an operation the headers and the problems that every operation has, and its answer an example."""
    parameters = operation.get("parameters", [])
    # FastAPI lists a route's own parameters first; a reader expects them in the order of the address.
    parameters.sort(key=lambda parameter: path.find(f"{{{parameter['name']}}}") % (len(path) + 1))
    for parameter in parameters:
        # Swagger UI fills in a parameter's `example`, and takes no notice of its schema's `examples`.
        if parameter["required"]:
            parameter["example"] = parameter["schema"]["examples"][0]
        # A query parameter may be left out, but it cannot be null.
        if "anyOf" in parameter["schema"]:
            given, _ = parameter["schema"].pop("anyOf")
            parameter["schema"] |= given
    success = operation["responses"]["200"]
    if success["description"] == "Successful Response":
        success["description"] = operation["description"]
    success["headers"] = _headers(*_ALWAYS, "Content-Encoding", "Vary", "Link")
    if shown := success["content"].get("application/json"):
        shown["example"] = _example(shown["schema"], shapes)
        if "items" in shown["example"] and "total" in shown["example"]:
            shown["example"] |= {"total": 1, "next": None, "previous": None}  # a page of the one item that is shown
    others = ["404", *_EVERYWHERE] if "{" in path else [*_EVERYWHERE]
    if not path.startswith("/health/"):
        success["headers"] |= _headers("ETag")
        parameters.append(_IF_NONE_MATCH)
        others.insert(0, "304")
    operation["parameters"] = [*parameters, _GIVEN_ID]
    if path.startswith("/v1/guides/{guide}"):
        success["headers"] |= _headers("Content-Language")
    for status in others:
        operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}


def _example(schema: dict[str, Any], shapes: dict[str, Any]) -> Any:
    """A value that a schema describes, made of the examples of its fields; a list has one item."""
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return _example(shapes[schema["$ref"].rpartition("/")[2]], shapes)
    if "items" in schema:
        return [_example(schema["items"], shapes)]
    return {name: _example(field, shapes) for name, field in schema["properties"].items()}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _problem(name: str) -> dict[str, Any]:
    problem = PROBLEM_TYPES[name]
    example: dict[str, Any] = {
        "type": f"/problems/{name}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.explanation,
        "instance": "/v1/guides",
        "errors": None,
        "did_you_mean": None,
    }
    if name == "not-found":
        example |= {"detail": "There is no guide “us-japan” here.", "did_you_mean": [schemas.GUIDE]}
        example["instance"] = "/v1/guides/us-japan"
    elif name == "invalid-input":
        message = "Input should be less than or equal to 100."
        example |= {"detail": f"limit: {message}", "errors": [{"parameter": "limit", "message": message}]}
    return {
        "description": f"{problem.title}. {problem.explanation}",
        "headers": _headers(*_ALWAYS, "Content-Encoding", "Vary", *_OF_PROBLEMS.get(problem.status, ())),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }


def _problem_shapes() -> dict[str, Any]:
    """The schemas of a problem, which no route returns and FastAPI therefore does not know."""
    schema = schemas.Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}
