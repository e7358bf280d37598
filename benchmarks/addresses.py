"""The addresses of the shipped guide."""

import httpx

from tests.crawl import crawl

GUIDE = "/v1/guides/us-japan-security-treaty"

# No link leads to these.
UNLINKED = (
    "/v1/search?q=history",
    "/v1/search?q=security+arrangements&kind=event",
    "/v1/suggestions?q=hist",
    "/v1/quotations?text=after+the+war",
    f"{GUIDE}/sections/history?edition=original",
    f"{GUIDE}/sections/history/citation",
    f"{GUIDE}/passages/history.1/citation?format=bibtex",
    f"{GUIDE}/corrections?format=jsonld",
)


def every_address(server: str) -> list[str]:
    """Crawl a server; return the addresses that give 200, sorted.

    Waits until the server accepts connections.
    """
    with httpx.Client(base_url=server, transport=httpx.HTTPTransport(retries=10)) as client:
        return sorted(url for url, response in crawl(client, *UNLINKED).items() if response.status_code == 200)
