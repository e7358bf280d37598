"""Refuse invalid requests before routing."""

import re
from functools import lru_cache

from app.http.messages import Request
from app.http.problem_types import ProblemType
from app.http.problems import HTTPProblem, uri_too_long
from app.http.security import MCP_PATH
from app.limits import MAX_PARSED_BYTES, MAX_PARSED_ITEMS, MAX_URL_BYTES

OPERATORS_PATHS = {"/health/live", "/health/ready", "/metrics"}  # served on connections that get a 503 otherwise
REFUSAL = "treaty_guide.refusal"  # scope key of the `HTTPProblem` with which `app.server` refuses a request

# Of an `X-Request-ID`, at most 64 bytes are read; no other header is.
PARSED_HEADERS = {
    b"host",
    b"accept",
    b"accept-encoding",
    b"if-none-match",
    b"if-range",
    b"range",
    b"access-control-request-headers",
}

# RFC 3986 section 3.2.2: a name, an IPv4 address or an IPv6 address in brackets, and a port.
_host = re.compile(rb"([A-Za-z0-9._~!$&'()*+,;=%-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{0,5})?")


def accepts_body(method: str, path: str) -> bool:
    """Return whether an address accepts a request body; everywhere else it is ignored."""
    return method == "POST" and path == MCP_PATH


def check_request(request: Request) -> HTTPProblem | None:
    """Return the problem with a request that must not be processed, or None."""
    scope = request.scope
    if REFUSAL in scope:
        problem: HTTPProblem = scope[REFUSAL]
        return problem
    if len(request.raw_path) + len(request.query_string) > MAX_URL_BYTES:
        return uri_too_long()
    for name, value in request.headers.items():
        if name in PARSED_HEADERS and (len(value) > MAX_PARSED_BYTES or value.count(b",") >= MAX_PARSED_ITEMS):
            return _header_too_large(name)
    host = request.headers.get(b"host")
    if not (_is_valid_host(host) if host else scope.get("http_version") == "1.0" and host is None):
        return HTTPProblem(ProblemType.BAD_REQUEST, "An HTTP/1.1 request has exactly one valid Host header.")
    return None


def _header_too_large(name: bytes) -> HTTPProblem:
    detail = f"The header {name.decode().title()} has more than {MAX_PARSED_BYTES} bytes or {MAX_PARSED_ITEMS} items."
    return HTTPProblem(ProblemType.HEADERS_TOO_LARGE, detail)


@lru_cache(maxsize=256)
def _is_valid_host(host: bytes) -> bool:
    # Two Host headers arrive here joined by a comma and a space, which no host contains.
    return bool(_host.fullmatch(host))
