"""`Link` (RFC 8288) and `Content-Location`: canonical URL, other formats and related URLs."""

from collections.abc import Iterator

from app.http.messages import Request, Response
from app.http.policies import Format
from app.urls import canonical_url

PAGING_PARAMETERS = {"limit", "cursor"}


def add_links(request: Request, response: Response) -> Response:
    """Add `canonical`, `alternate` and the policy's links to the `Link` header.

    `Content-Location` is the URL of a negotiated format, unless it is the default (RFC 9110 section 8.7).
    """
    if response.status != 200:
        return response
    media_type = (response.header(b"content-type") or b"").partition(b";")[0].decode()
    links = [f"<{request.urls.at(path)}>; {attributes}" for path, attributes in _links(request, media_type)]
    response = response.with_list_item(b"link", ", ".join(links).encode())
    negotiated = [format_ for format_ in request.policy.formats[1:] if format_.media_type == media_type]
    if negotiated and not request.has_parameter("format"):
        path = request.urls.at(path_in(negotiated[0], request.path, request.query))
        response = response.with_header(b"content-location", path.encode())
    return response


def _links(request: Request, media_type: str) -> Iterator[tuple[str, str]]:
    query = [(name, value) for name, value in request.query if name != "format"]
    yield canonical_url(request.path, query), 'rel="canonical"'
    for format_ in request.policy.formats:
        if format_.media_type != media_type:
            yield path_in(format_, request.path, query), f'rel="alternate"; type="{format_.media_type}"'
    yield from request.policy.links


def path_in(format_: Format, path: str, query: list[tuple[str, str]]) -> str:
    """Return the path and query of a resource in a format."""
    if not format_.has_pages:
        query = [(name, value) for name, value in query if name not in PAGING_PARAMETERS]
    return canonical_url(path, [*query, ("format", format_.name)])
