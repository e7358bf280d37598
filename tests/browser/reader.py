"""The example front end in a browser: serve its files on a port of their own, and use it."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.service import ROOT

FILES = ROOT / "examples/reader"
TIMEOUT_MS = 20_000


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files without a log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the name in the base class
        pass


@contextmanager
def serving_files() -> Iterator[str]:
    """Serve the reader on a loopback port; yield its origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(FILES))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Reader:
    """A page that shows the reader, and what it did."""

    page: Page
    api: str
    requests: list[str] = field(default_factory=list)  # to the API, without its origin
    requests_elsewhere: list[str] = field(default_factory=list)
    console_messages: list[str] = field(default_factory=list)

    def go(self, hash_: str) -> None:
        """Show a view and wait until it is there."""
        self.page.evaluate("hash => { document.querySelector('main').replaceChildren(); location.hash = hash }", hash_)
        self.page.locator("main:not([aria-busy]) h1").wait_for()

    def requests_during(self, action: Any) -> list[str]:
        """Do something and return the requests to the API that it made."""
        before = len(self.requests)
        action()
        return self.requests[before:]


def open_reader(context: BrowserContext, origin: str, client: httpx.Client, hash_: str = "#/") -> Reader:
    """Open the reader with a service."""
    api = str(client.base_url).rstrip("/")
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    reader = Reader(page, api)

    def record_request(request: Request) -> None:
        if request.url.startswith(f"{api}/"):
            reader.requests.append(request.url.removeprefix(api))
        elif not request.url.startswith((f"{origin}/", "data:", "blob:")):
            reader.requests_elsewhere.append(request.url)

    def record_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            reader.console_messages.append(message.text)

    page.on("request", record_request)
    page.on("console", record_message)
    page.on("pageerror", lambda error: reader.console_messages.append(str(error)))
    page.on("dialog", lambda dialog: reader.console_messages.append(f"dialog: {dialog.message}"))
    page.goto(f"{origin}/?api={api}{hash_}")
    page.locator("main h1").wait_for()
    return reader


# What the page shows of a section: for each passage its text, the text under each note and its mentions;
# for each note its place in the window and that of the first words that it is about.
SHOWN = """
async () => {
  for (const _ of "12") await new Promise(requestAnimationFrame); // notes are placed after the layout
  const passages = [...document.querySelectorAll(".passage > p")].map((element) => {
    const text = element.cloneNode(true);
    for (const added of text.querySelectorAll("del, sup")) added.remove();
    const notes = {};
    for (const { dataset, textContent } of text.querySelectorAll("[data-note]")) {
      notes[dataset.note] = (notes[dataset.note] ?? "") + textContent;
    }
    const mentions = [...text.querySelectorAll(".mention")].map(
      ({ dataset, textContent }) => [dataset.kind, dataset.slug, textContent]);
    return { id: element.id, text: text.textContent, notes, mentions };
  });
  const notes = [...document.querySelectorAll(".notes li[data-note]")].map((element) => {
    const span = document.querySelector(`.text [data-note="${element.dataset.note}"]`);
    const { top, bottom, left } = element.getBoundingClientRect();
    return { slug: element.dataset.note, top, bottom, left, span: span?.getBoundingClientRect().top };
  });
  return { passages, notes, right: document.querySelector(".text").getBoundingClientRect().right };
}
"""
