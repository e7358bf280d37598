"""Every answer from 400 up, as a problem document (RFC 9457): the errors that are raised, and how they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DatabaseError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app import schemas
from app.errors import MAX_QUOTED_LENGTH, InvalidInput, NotFound, StoreUnavailable, TreatyGuideError, shorten
from app.http.answers import Answer
from app.http.methods import ALLOWED
from app.urls import URLs

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5


@dataclass(frozen=True)
class ProblemType:
    """A kind of problem; its page at `/problems/<name>` says what the explanation says."""

    status: int
    title: str
    explanation: str


TYPES = {
    "bad-request": ProblemType(
        400, "Bad request", "The request could not be understood as HTTP. Check how it was made."
    ),
    "not-found": ProblemType(
        404,
        "Not found",
        "Nothing answers at this address. Names are lower-case, and no address but the first ends with a slash. Where a"
        " name is close to one that exists, `did_you_mean` lists the nearest.",
    ),
    "method-not-allowed": ProblemType(
        405,
        "Method not allowed",
        "The service is read-only: it answers GET, HEAD and OPTIONS, and nothing can be written over HTTP.",
    ),
    "not-acceptable": ProblemType(
        406,
        "Not acceptable",
        "What is here is offered in other forms than the headers Accept and Accept-Encoding allow; `detail` lists them."
        " Leave the header out to get the usual form.",
    ),
    "uri-too-long": ProblemType(
        414, "Address too long", "The address with its query is longer than any address of this service."
    ),
    "invalid-input": ProblemType(
        422,
        "Invalid input",
        "A parameter is unknown, missing, out of range, or names something that does not exist. `errors` says which"
        " parameter and why; `did_you_mean` lists the nearest names that exist.",
    ),
    "headers-too-large": ProblemType(
        431, "Headers too large", "The header fields of the request are larger, taken together, than any need be."
    ),
    "internal-error": ProblemType(
        500,
        "Internal error",
        "The service failed in a way that it did not foresee. The operators find the cause in their log by the"
        " request id, which the header X-Request-ID carries.",
    ),
    "overloaded": ProblemType(
        503, "Overloaded", "More clients are asking at once than the service takes on. Try again after Retry-After."
    ),
    "store-unavailable": ProblemType(
        503,
        "Store unavailable",
        "The service runs, but the store of guides is missing, empty, busy, or of another version of the software."
        " Try again later; an operator finds the reason at /health/ready.",
    ),
}
_log = structlog.get_logger("problems")
_names = {problem.status: name for name, problem in TYPES.items()}  # of two with one status, the last stands for it


class HTTPProblem(Exception):
    """A reason not to answer a request; each kind below is one of `TYPES`."""

    kind = "internal-error"

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        did_you_mean: Sequence[str] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.did_you_mean = did_you_mean
        self.headers = headers or {}


class MethodNotAllowed(HTTPProblem):
    """The service is read-only (405)."""

    kind = "method-not-allowed"

    def __init__(self) -> None:
        super().__init__("This service is read-only; use GET, HEAD or OPTIONS.", headers={"Allow": ALLOWED})


class NotAcceptable(HTTPProblem):
    """What is here cannot be had in a form that the client accepts (406)."""

    kind = "not-acceptable"


class URITooLong(HTTPProblem):
    """The address is longer than the service reads (414)."""

    kind = "uri-too-long"


class HeadersTooLarge(HTTPProblem):
    """The header fields are larger than the service reads (431)."""

    kind = "headers-too-large"


class BadRequest(HTTPProblem):
    """What came is not HTTP (400)."""

    kind = "bad-request"


class Overloaded(HTTPProblem):
    """More is asked at once than the service takes on (503)."""

    kind = "overloaded"

    def __init__(self) -> None:
        super().__init__("The service is overloaded; try again soon.", headers={"Retry-After": str(RETRY_AFTER_S)})


def to_problem(error: TreatyGuideError) -> HTTPProblem:
    """Return the HTTP problem for an error of the domain."""
    match error:
        case NotFound():
            problem = HTTPProblem(str(error), did_you_mean=error.did_you_mean)
            problem.kind = "not-found"
        case InvalidInput():
            problem = HTTPProblem(str(error), errors=error.errors, did_you_mean=error.did_you_mean)
            problem.kind = "invalid-input"
        case StoreUnavailable():
            problem = HTTPProblem(str(error), headers={"Retry-After": str(RETRY_AFTER_S)})
            problem.kind = "store-unavailable"
        case _:
            problem = HTTPProblem("Something went wrong that should not have.")
    return problem


def problem_answer(urls: URLs, path: str, problem: HTTPProblem | TreatyGuideError, kind: str | None = None) -> Answer:
    """The answer that shows a problem to the client that asked for this path."""
    if isinstance(problem, TreatyGuideError):
        problem = to_problem(problem)
    name = kind or problem.kind
    shown = TYPES[name]
    body = schemas.Problem(
        type=urls.at(f"/problems/{name}"),
        title=shown.title,
        status=shown.status,
        detail=problem.detail,
        instance=shorten(path),
        errors=[schemas.InvalidParameter(parameter=p, message=m) for p, m in problem.errors] or None,
        did_you_mean=list(problem.did_you_mean) or None,
    )
    fields = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store", **problem.headers}
    answer = Answer(shown.status, [(name.lower().encode(), value.encode()) for name, value in fields.items()], b"")
    return answer.with_body(body.model_dump_json().encode())


def problem_response(request: Request, problem: HTTPProblem | TreatyGuideError, kind: str | None = None) -> Response:
    """The same as a response of FastAPI's."""
    answer = problem_answer(request.app.state.urls, request.url.path, problem, kind)
    response = Response(answer.body, answer.status)
    response.raw_headers = answer.fields
    return response


def show_problems(app: FastAPI) -> None:
    """Have every exception of the application answered with a problem document."""

    @app.exception_handler(TreatyGuideError)
    @app.exception_handler(HTTPProblem)
    async def raised_by_us(request: Request, error: HTTPProblem | TreatyGuideError) -> Response:
        return problem_response(request, error)

    @app.exception_handler(HTTPException)
    async def raised_by_the_framework(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:
            return problem_response(request, MethodNotAllowed())
        if error.status_code == 404:
            return problem_response(request, _no_route(request))
        return problem_response(request, HTTPProblem(str(error.detail)), _names.get(error.status_code))

    @app.exception_handler(RequestValidationError)
    async def invalid_parameters(request: Request, error: RequestValidationError) -> Response:
        details = error.errors()
        if any(detail["loc"][0] == "path" for detail in details):
            # A name that is not even well-formed names nothing: the address does not exist.
            return problem_response(request, NotFound("Nothing answers at this address; names look like `a-slug`."))
        errors = [(str(detail["loc"][-1]), _sentence(detail)) for detail in details]
        return problem_response(request, InvalidInput("; ".join(f"{p}: {m}" for p, m in errors), errors=errors))

    @app.exception_handler(DatabaseError)
    async def store_failed(request: Request, error: DatabaseError) -> Response:
        _log.error("the store cannot be read", path=request.url.path, reason=str(error.__cause__ or error))
        # SQLite undoes what a killed publisher left half written, but only for a connection that may write.
        interrupted = getattr(error.orig, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK"
        detail = "A publication was interrupted; run `treaty-guide seed`, which puts the store right."
        return problem_response(
            request, StoreUnavailable(detail if interrupted else "The store cannot be read now; see /health/ready.")
        )

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        detail = "Something went wrong that should not have; it is in the operators' log under this request's id."
        return problem_response(request, HTTPProblem(detail))


def _sentence(detail: dict[str, Any]) -> str:
    if detail.get("ctx") == {"pattern": r"\S"}:
        return "Write at least one character that is not a space."
    return str(detail["msg"]).removeprefix("Value error, ").rstrip(".") + "."


def _no_route(request: Request) -> NotFound:
    path = request.url.path
    right = path.rstrip("/") or "/"
    scope = {**request.scope, "path": right, "method": "GET"}
    if len(path) > MAX_QUOTED_LENGTH:
        return NotFound("Nothing answers at this address; see / for what does.")
    if right != path and any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes):
        address = request.app.state.urls.at(right)
        return NotFound(f"Addresses do not end with a slash; ask for {shorten(right)}.", did_you_mean=[address])
    return NotFound("Nothing answers at this address; see / for what does.")
