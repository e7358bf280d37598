"""Every address of a service over the shipped guide."""

import httpx

from tests.crawl import crawl

GUIDE = "/v1/guides/us-japan-security-treaty"

# What no link leads to, because there is no end of it.
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
    """Wait until the server listens, and return the addresses that give a 200, in order."""
    with httpx.Client(base_url=server, transport=httpx.HTTPTransport(retries=10)) as client:
        return sorted(address for address, answer in crawl(client, *QUESTIONS).items() if answer.status_code == 200)
