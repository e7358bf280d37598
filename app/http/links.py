"""The `Link` header (RFC 8288): the canonical address of a resource, its other formats, and related addresses."""

from collections.abc import Iterator

from app.http.messages import Request, Response
from app.urls import canonical_url


def add_links(request: Request, response: Response) -> Response:
    """Add `canonical`, `alternate` and the route's own links to those that the route set."""
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
            path = canonical_url(request.path, [*query, ("format", format_.name)])
            yield path, f'rel="alternate"; type="{format_.media_type}"'
    yield from request.policy.links
