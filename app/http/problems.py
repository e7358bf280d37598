"""Map errors to problem responses (RFC 9457)."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import fastapi
import structlog
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session
from starlette.exceptions import HTTPException

from app import schemas
from app.errors import (
    MAX_DID_YOU_MEAN,
    InvalidInput,
    NotFound,
    QueryTooExpensive,
    StoreUnavailable,
    TreatyGuideError,
    Withdrawn,
    shorten,
)
from app.http.addresses import Addresses
from app.http.messages import Request, Response
from app.http.policies import NO_STORE
from app.http.problem_types import ProblemType
from app.http.security import allowed_methods
from app.limits import MAX_URL_BYTES
from app.queries.former_names import current_names
from app.queries.names import slugs_named
from app.urls import URLs

MEDIA_TYPE = "application/problem+json"
HANDLED = (TreatyGuideError, HTTPException, RequestValidationError, DatabaseError, Exception)

T = TypeVar("T")

_lone_percent = re.compile("%(?![0-9A-Fa-f]{2})")
_log = structlog.get_logger("problems")


@dataclass(eq=False)
class HTTPProblem(Exception):
    """A problem with an HTTP request; `errors` lists (parameter, message) pairs."""

    type: ProblemType
    detail: str
    errors: Sequence[tuple[str, str]] = ()
    did_you_mean: Sequence[str] = ()
    headers: Sequence[tuple[bytes, bytes]] = ()

    def to_response(self, urls: URLs, path: str) -> Response:
        """Return the problem document for a request at `path`, which is not decoded."""
        body = schemas.Problem(
            type=urls.at(f"/problems/{self.type.slug}"),
            title=self.type.title,
            status=self.type.status,
            detail=self.detail,
            instance=_instance(urls, path),
            errors=[schemas.InvalidParameter(parameter=p, message=m) for p, m in self.errors] or None,
            did_you_mean=list(self.did_you_mean) or None,
        )
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"cache-control", NO_STORE)]
        headers += [*self.type.headers, *self.headers]
        if self.type is ProblemType.METHOD_NOT_ALLOWED:
            headers.append((b"allow", allowed_methods(path)))
        return Response(self.type.status, headers).with_body(body.model_dump_json().encode())


def _instance(urls: URLs, path: str) -> str:
    """Return the URL of a path, with the characters percent-encoded that no URL contains."""
    encoded = quote(_lone_percent.sub("%25", shorten(path)), safe="/%:@!$&'()*+,;=~")
    return urls.at("/" + encoded.lstrip("/"))  # `//a` would name a host


def method_not_allowed() -> HTTPProblem:
    """Return the problem for a method that the address does not support."""
    detail = "This service is read-only; use GET, HEAD or OPTIONS, and POST only at /mcp."
    return HTTPProblem(ProblemType.METHOD_NOT_ALLOWED, detail)


def uri_too_long() -> HTTPProblem:
    """Return the problem for a URL that is longer than any address."""
    return HTTPProblem(ProblemType.URI_TOO_LONG, f"The URL is longer than {MAX_URL_BYTES} bytes.")


def problem_response(request: Request, error: Exception) -> Response:
    """Return the problem document for an error in the pipeline."""
    return to_problem(error).to_response(request.urls, request.path)


def install_problem_handlers(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Register exception handlers that return problem documents.

    They suggest addresses of the routers for unknown ones.
    """
    addresses = Addresses([app.router, *routers])

    async def handle(request: fastapi.Request, error: Exception) -> fastapi.Response:
        problem = to_problem(error)
        if isinstance(error, NotFound | InvalidInput) and (moved := _moved_address(request)):
            return fastapi.Response(status_code=308, headers={"location": moved})
        if problem.type is ProblemType.NOT_FOUND:
            problem = _with_suggestions(problem, addresses, request, similar=not isinstance(error, NotFound))
        elif isinstance(error, RequestValidationError):
            problem = replace(problem, did_you_mean=_names_meant(error, request))
        if isinstance(error, DatabaseError) and problem.type is ProblemType.STORE_UNAVAILABLE:
            _log.error("the store cannot be read", path=request.url.path, reason=str(error.__cause__ or error))
        document = problem.to_response(request.app.state.urls, request.scope["path"])
        response = fastapi.Response(document.body, document.status)
        response.raw_headers = document.headers
        return response

    for error_type in HANDLED:
        app.add_exception_handler(error_type, handle)


def to_problem(error: Exception) -> HTTPProblem:
    """Map any error to an HTTP problem."""
    match error:
        case HTTPProblem():
            return error
        case NotFound():
            return HTTPProblem(ProblemType.NOT_FOUND, str(error), did_you_mean=error.did_you_mean)
        case Withdrawn():
            return HTTPProblem(ProblemType.WITHDRAWN, str(error))
        case InvalidInput():
            return HTTPProblem(
                ProblemType.INVALID_INPUT, str(error), errors=error.errors, did_you_mean=error.did_you_mean
            )
        case QueryTooExpensive():
            return HTTPProblem(ProblemType.QUERY_TOO_EXPENSIVE, str(error))
        case StoreUnavailable():
            return HTTPProblem(ProblemType.STORE_UNAVAILABLE, str(error))
        case DatabaseError():
            if getattr(error.orig, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                return to_problem(QueryTooExpensive("This takes too long; narrow it with longer words or filters."))
            return HTTPProblem(ProblemType.STORE_UNAVAILABLE, f"The store cannot be read now ({error.orig}).")
        case RequestValidationError():
            return _invalid_parameters(error)
        case HTTPException(status_code=404):
            return HTTPProblem(ProblemType.NOT_FOUND, "There is no resource at this address; / lists where to start.")
        case HTTPException(status_code=405):
            return method_not_allowed()
        case HTTPException(status_code=400):
            return HTTPProblem(ProblemType.BAD_REQUEST, str(error.detail))
        case _:
            return HTTPProblem(
                ProblemType.INTERNAL_ERROR, "An unexpected error occurred; the log has it under this request's id."
            )


def _invalid_parameters(error: RequestValidationError) -> HTTPProblem:
    details = error.errors()
    if any(detail["loc"][0] == "path" for detail in details):
        # A malformed slug or id cannot exist, so it is a 404 and not a 422.
        return HTTPProblem(ProblemType.NOT_FOUND, "There is no resource at this address; names look like `a-slug`.")
    return to_problem(InvalidInput.of(*((str(detail["loc"][-1]), _sentence(detail)) for detail in details)))


def _sentence(detail: dict[str, Any]) -> str:
    if detail.get("ctx") == {"pattern": r"\S"}:
        return "Write at least one character that is not a space."
    return str(detail["msg"]).removeprefix("Value error, ").rstrip(".") + "."


def _with_suggestions(
    problem: HTTPProblem, addresses: Addresses, request: fastapi.Request, *, similar: bool
) -> HTTPProblem:
    """Add the addresses that the client may mean.

    Without `similar`, only the same address in another spelling is suggested.
    """
    path: str = request.scope["path"]
    query = dict(request.query_params)
    found = _look_up(request, lambda session: addresses.suggest(session, path, query, similar=similar))
    if not found or found[0] == path:  # a revision without this resource
        return problem
    urls: URLs = request.app.state.urls
    did_you_mean = [urls.at(address) for address in found]
    if path.endswith("/"):
        detail = f"Addresses do not end with a slash; use {did_you_mean[0]}."
    else:
        detail = f"{problem.detail} Did you mean {did_you_mean[0]}?"
    return HTTPProblem(problem.type, detail, did_you_mean=did_you_mean)


def _moved_address(request: fastapi.Request) -> str | None:
    """Return the URL of what had the slugs in this request before, or None; the query stays."""
    query = request.query_params.multi_items()
    names = dict(query) | request.path_params
    found = _look_up(request, lambda session: list(current_names(session, names).items()))
    new = dict(found) or names
    if new == names or "route" not in request.scope:
        return None
    urls: URLs = request.app.state.urls
    url = urls.at(request.scope["route"].path.format(**{name: new[name] for name in request.path_params}))
    if not query:
        return url
    return f"{url}?{urlencode([(name, new[name] if names[name] == value else value) for name, value in query])}"


def _names_meant(error: RequestValidationError, request: fastapi.Request) -> Sequence[str]:
    """Return existing names for a malformed one in a parameter, such as `history` for `History`."""
    for detail in error.errors():
        parameter, name = detail["loc"][-1], detail["input"]
        if detail["type"] == "string_pattern_mismatch" and name.strip():
            kind = "section" if parameter == "parent" else parameter
            find = partial(slugs_named, kind=kind, name=name, within=request.path_params)
            return _look_up(request, find)[:MAX_DID_YOU_MEAN]
    return []


def _look_up(request: fastapi.Request, find: Callable[[Session], Sequence[T]]) -> Sequence[T]:
    """Search the store; return nothing if it cannot be read now."""
    try:
        with request.app.state.sessions.open() as session:
            return find(session)
    except (DatabaseError, StoreUnavailable):
        return []
