"""List every address of a service over the shipped guide."""

import httpx

from tests.crawl import crawl

GUIDE = "/v1/guides/us-japan-security-treaty"

# Addresses that no link leads to: queries and editions.
QUESTIONS = (
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
    """Return the addresses that return 200, in order; wait for a server that is starting."""
    with httpx.Client(base_url=server, transport=httpx.HTTPTransport(retries=10)) as client:
        return sorted(address for address, answer in crawl(client, *QUESTIONS).items() if answer.status_code == 200)
