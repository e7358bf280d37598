"""Problems for requests that are refused before they reach the application."""

import re
from asyncio import Event
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.http.checks import REFUSAL
from app.http.messages import Headers
from app.http.problem_types import ProblemType
from app.http.problems import HTTPProblem, method_not_allowed, uri_too_long
from app.limits import MAX_HEAD_BYTES, MAX_HEADER_LINES, MAX_URL_BYTES

SUPPORTED_VERSIONS = frozenset({"1.0", "1.1"})

# RFC 9112 section 3, with any token as the method.
_request_line = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ (?P<url>[\x21-\x7e]+) HTTP/(?P<version>[0-9]\.[0-9])\r?\n")


def malformed(url: bytes, data: bytes, error: BaseException | None) -> HTTPProblem:
    """Return the problem for a request that the parser refused.

    `url` is what the parser has found of the URL, and `data` begins with the request.
    """
    if len(url) > MAX_URL_BYTES:
        return uri_too_long()
    match = _request_line.match(data)
    version = match["version"].decode() if match else "1.1"
    if version not in SUPPORTED_VERSIONS:
        return version_not_supported(version)
    if match and isinstance(error, httptools.HttpParserInvalidMethodError):
        return method_not_allowed()  # the parser accepts registered methods only
    return HTTPProblem(ProblemType.BAD_REQUEST, "This is not a valid HTTP request.")


def target(url: bytes, data: bytes) -> dict[str, Any]:
    """Return the part of a scope that names the resource, as far as it is known.

    `url` is what the parser has found of the URL, and `data` begins with the request.
    """
    match = _request_line.match(data)  # the parser stops at an unregistered method, before the URL
    try:
        path = httptools.parse_url((url or (match["url"] if match else b""))[:MAX_URL_BYTES]).path or b"/"
    except httptools.HttpParserInvalidURLError:
        path = b"/"
    return {"path": path.decode("latin-1"), "raw_path": path, "query_string": b""}


def blank_lines() -> HTTPProblem:
    """Return the problem for a request after too many blank lines."""
    return HTTPProblem(ProblemType.BAD_REQUEST, "A request begins with its method, not with blank lines.")


def version_not_supported(version: str) -> HTTPProblem:
    """Return the problem for another version of HTTP."""
    return HTTPProblem(ProblemType.HTTP_VERSION_NOT_SUPPORTED, f"Use HTTP/1.1 instead of HTTP/{version}.")


def too_large(url: bytes, headers: Headers) -> HTTPProblem:
    """Return the problem for a head over one of its limits."""
    if len(url) > MAX_URL_BYTES:
        return uri_too_long()
    if len(headers) > MAX_HEADER_LINES:
        return HTTPProblem(ProblemType.HEADERS_TOO_LARGE, f"The request has more than {MAX_HEADER_LINES} header lines.")
    return HTTPProblem(ProblemType.HEADERS_TOO_LARGE, f"The URL and the headers take more than {MAX_HEAD_BYTES} bytes.")


def too_many_connections() -> HTTPProblem:
    """Return the problem for a connection in excess of the limits."""
    detail = "The service has too many connections, in all or from your address; try again soon."
    return HTTPProblem(ProblemType.OVERLOADED, detail)


def too_many_requests() -> HTTPProblem:
    """Return the problem for a request with a large head while many others wait to start."""
    return HTTPProblem(ProblemType.OVERLOADED, "The service has too many large requests; try again soon.")


def head_size(url: bytes, headers: Headers) -> int:
    """Return the size of a head in bytes, without its method and version."""
    return len(url) + sum(len(name) + len(value) + len(": \r\n") for name, value in headers)


def refused_cycle(connection: HttpToolsProtocol, problem: HTTPProblem, url: bytes, data: bytes) -> RequestResponseCycle:
    """Return uvicorn's object for a request that will not be read to its end.

    `url` and `data` are those of `target`.
    """
    is_head = connection.parser.get_method() == b"HEAD" and problem.type is not ProblemType.METHOD_NOT_ALLOWED
    method = "HEAD" if is_head else "GET"
    scope: Any = {**connection.scope, **target(url, data), "method": method, REFUSAL: problem}
    return RequestResponseCycle(
        scope=scope,
        transport=connection.transport,
        flow=connection.flow,
        logger=connection.logger,
        access_logger=connection.access_logger,
        access_log=connection.access_log,
        default_headers=connection.server_state.default_headers,
        message_event=Event(),
        expect_100_continue=False,
        keep_alive=False,
        on_response=connection.on_response_complete,
    )
