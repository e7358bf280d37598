"""The `Link` header (RFC 8288): canonical URL, other formats and related URLs."""

from collections.abc import Iterator

from app.http.messages import Request, Response
from app.urls import canonical_url

PAGING_PARAMETERS = {"limit", "cursor"}


def add_links(request: Request, response: Response) -> Response:
    """Add `canonical`, `alternate` and the policy's links to the `Link` header."""
    if response.status != 200:
        return response
    media_type = (response.header(b"content-type") or b"").partition(b";")[0].decode()
    links = [f"<{request.urls.at(path)}>; {attributes}" for path, attributes in _links(request, media_type)]
    return response.with_list_item(b"link", ", ".join(links).encode())


def _links(request: Request, media_type: str) -> Iterator[tuple[str, str]]:
    query = [(name, value) for name, value in request.query if name != "format"]
    yield canonical_url(request.path, query), 'rel="canonical"'
    for format_ in request.policy.formats:
        if format_.media_type != media_type:
            whole = query if format_.has_pages else [each for each in query if each[0] not in PAGING_PARAMETERS]
            path = canonical_url(request.path, [*whole, ("format", format_.name)])
            yield path, f'rel="alternate"; type="{format_.media_type}"'
    yield from request.policy.links
