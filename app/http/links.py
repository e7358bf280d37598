"""`Link` (RFC 8288) and `Content-Location`: canonical URL, other formats and related URLs."""

from collections.abc import Iterable, Iterator, Sequence

from app.formats import Format
from app.http.messages import Request, Response
from app.urls import canonical_url

PAGING_PARAMETERS = {"limit", "cursor"}


def add_links(request: Request, response: Response) -> Response:
    """Add `canonical`, `alternate` and the policy's links to the `Link` header.

    `Content-Location` is the URL of a negotiated format, unless it is the default (RFC 9110 section 8.7).
    """
    if response.status != 200:
        return response
    formats = request.policy.formats
    query = [(name, value) for name, value in request.query if name != "format"]
    requested = dict(request.query).get("format")
    media_type = (response.header(b"content-type") or b"").partition(b";")[0].decode()
    chosen = next((each for each in formats if each.media_type == media_type and requested in {None, each.name}), None)
    links = [(canonical_url(request.path, query), 'rel="canonical"')]
    content_location = None
    for format_, path in paths_by_format(formats, request.path, query):
        if format_ is not chosen:
            links.append((path, f'rel="alternate"; type="{format_.media_type}"'))
        elif format_ is not formats[0] and not requested:
            content_location = request.urls.at(path).encode()
    links += request.policy.links
    header = ", ".join(f"<{request.urls.at(path)}>; {attributes}" for path, attributes in links)
    response = response.with_list_item(b"link", header.encode())
    return response.with_header(b"content-location", content_location) if content_location else response


def paths_by_format(
    formats: Iterable[Format], path: str, query: Sequence[tuple[str, str]]
) -> Iterator[tuple[Format, str]]:
    """Yield each format with its path and query; the `query` of the resource has no `format`."""
    for format_ in formats:
        url = canonical_url(path, [item for item in query if format_.has_pages or item[0] not in PAGING_PARAMETERS])
        yield format_, f"{url}{'&' if '?' in url else '?'}format={format_.name}"
