"""Security and CORS headers, and the response to `OPTIONS`."""

from app.http.messages import Request, Response

ALLOWED_METHODS = b"GET, HEAD, OPTIONS"
MCP_PATH = "/mcp"  # the only address whose requests have a body
MCP_METHODS = b"OPTIONS, POST"
PREFLIGHT_MAX_AGE = b"86400"  # seconds

CONTENT_SECURITY_POLICY = (
    b"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Web pages load their stylesheet, script and icon from this service, and nothing else.
HTML_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY + b"; script-src 'self'; img-src 'self'"
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Accept-Ranges, Content-Disposition, Content-Range, Content-Revision, ETag, Link, Memento-Datetime,"
        b" Retry-After, X-Request-ID",
    ),
]
HTML_HEADERS = [
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]


def allowed_methods(path: str) -> bytes:
    """Return the value of `Allow` for a path."""
    return MCP_METHODS if path == MCP_PATH else ALLOWED_METHODS


def options_response(request: Request) -> Response:
    """Return the response to `OPTIONS` at any path; a CORS preflight may name any header."""
    methods = allowed_methods(request.path)
    headers = [(b"allow", methods)]
    if b"access-control-request-method" in request.headers:
        headers += [
            (b"access-control-allow-methods", methods),
            (b"access-control-max-age", PREFLIGHT_MAX_AGE),
        ]
        if names := request.headers.get(b"access-control-request-headers"):
            # `*` would not cover Authorization (Fetch standard, CORS-preflight fetch).
            headers += [(b"access-control-allow-headers", names), (b"vary", b"Access-Control-Request-Headers")]
    return Response(204, headers)


def add_security_headers(request: Request, response: Response) -> Response:
    """Add the security and CORS headers; keep a route's own `Content-Security-Policy`."""
    is_html = (response.header(b"content-type") or b"").startswith(b"text/html")
    headers = [*response.headers, *HEADERS, *(HTML_HEADERS if is_html else [])]
    if not response.header(b"content-security-policy"):
        policy = HTML_CONTENT_SECURITY_POLICY if is_html else CONTENT_SECURITY_POLICY
        headers.append((b"content-security-policy", policy))
    return response.with_headers(headers)
