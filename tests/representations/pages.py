"""Read web pages."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import httpx


def page(client: httpx.Client, address: str) -> Element:
    """Fetch a page and parse it; raise an error if it is not valid HTML."""
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200, address
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return parse(response.text)


def parse(text: str) -> Element:
    """Parse a page; raise an error if it is not valid HTML."""
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return root


def text(element: Element) -> str:
    """Return the text in an element."""
    return "".join(element.itertext())


def with_class(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements that have a class, in order."""
    return (element for element in root.iter() if name in element.get("class", "").split())


def with_role(root: Element, role: str) -> list[Element]:
    """Return the elements that have a role, in order."""
    return [element for element in root.iter() if element.get("role") == role]


def passages(root: Element) -> list[tuple[str | None, str]]:
    """Return the id and the text of each passage, in order."""
    return [(element.get("id"), text(element)) for element in with_class(root, "passage")]


def links(root: Element) -> list[str]:
    """Return the targets of all links, and what the page loads."""
    return [target for element in root.iter() for name in ("href", "src") if (target := element.get(name))]


def crawl_pages(client: httpx.Client, *more: str) -> dict[str, Element]:
    """Follow the links of all pages; return the pages by address, without links to other formats."""
    found: dict[str, Element] = {}
    queue = ["/", *more]
    while queue:
        address = queue.pop().partition("#")[0]
        if address in found or "format=" in address:
            continue
        response = client.get(address, headers={"Accept": "text/html, */*;q=0.1"})
        assert response.status_code == 200, address
        if response.headers["content-type"].startswith("text/html") and address != "/docs":
            found[address] = parse(response.text)
            queue += (target for target in links(found[address]) if target.startswith("/"))
    return found


def scripts(root: Element) -> list[Element]:
    """Return the scripts that a browser runs, which JSON-LD is not."""
    return [script for script in root.iter("script") if script.get("type") != "application/ld+json"]
