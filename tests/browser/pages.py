"""Visit the web pages: every kind of page, in light and dark, at three widths."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.visit import SCREENSHOTS
from tests.service import GUIDE

AXE = (Path(__file__).parent / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
WIDTHS = (320, 768, 1440)  # of the window, in CSS pixels
HEIGHT = 900
TIMEOUT_MS = 20_000

_guide = f"/v1/guides/{GUIDE}"
# An address of every kind of page.
KINDS = {
    "front-page": "/",
    "guides": "/v1/guides",
    "guide": _guide,
    "sections": f"{_guide}/sections?limit=5",
    "section": f"{_guide}/sections/history",
    "section-original": f"{_guide}/sections/history?edition=original",
    "passages": f"{_guide}/passages",
    "passage": f"{_guide}/passages/history.1",
    "corrections": f"{_guide}/corrections",
    "correction": f"{_guide}/corrections/signed-1951-conflation",
    "revisions": f"{_guide}/revisions",
    "changes": f"{_guide}/changes",
    "publications": "/v1/changes",
    "topics": "/v1/topics",
    "topic": "/v1/topics/history-and-origins",
    "topic-sections": "/v1/topics/history-and-origins/sections",
    "instruments": "/v1/instruments?limit=100",
    "instrument": "/v1/instruments/treaty-1960",
    "article": "/v1/instruments/treaty-1960/articles/5",
    "timeline": "/v1/events?limit=100",
    "event": "/v1/events/1960-01-19",
    "glossary": "/v1/terms?limit=100",
    "term": "/v1/terms/anpo",
    "sources": "/v1/sources",
    "source": "/v1/sources/treaty-1960",
    "search": "/v1/search?q=treaty",
    "search-facts": "/v1/search?q=treaty&kind=event",
    "search-nothing": "/v1/search?q=xylophone",
    "problem-type": "/problems/not-found",
}

# Of the rules of axe, these depend on the colours; all apply in light.
RULES_OF_COLOURS = ["color-contrast", "link-in-text-block"]
SCHEMES: dict[Literal["light", "dark"], list[str] | None] = {"light": None, "dark": RULES_OF_COLOURS}
VIOLATIONS = """
async (rules) => {
  const runOnly = rules && { type: "rule", values: rules };
  const { violations } = await axe.run({ ...(runOnly && { runOnly }), resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
"""
PAGE_WIDTH = "document.documentElement.scrollWidth"


@dataclass
class Visit:
    """What a page showed. Keys are the width of the window and the colour scheme."""

    status: int
    violations: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    page_widths: dict[int, int] = field(default_factory=dict)
    requests_elsewhere: list[str] = field(default_factory=list)
    console_messages: list[str] = field(default_factory=list)


@contextmanager
def open_page(browser: Browser, visit: Visit, origin: str, **options: Any) -> Iterator[Page]:
    """Open a page that records requests to other hosts and messages in the console."""
    with browser.new_context(base_url=origin, **options) as context:
        page = context.new_page()
        page.set_default_timeout(TIMEOUT_MS)

        def record_request(request: Request) -> None:
            if not request.url.startswith(f"{origin}/"):
                visit.requests_elsewhere.append(request.url)

        def record_message(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                visit.console_messages.append(message.text)

        page.on("request", record_request)
        page.on("console", record_message)
        page.on("pageerror", lambda error: visit.console_messages.append(str(error)))
        page.on("dialog", lambda dialog: visit.console_messages.append(f"dialog: {dialog.message}"))
        yield page


def visit_page(browser: Browser, origin: str, kind: str) -> Visit:
    """Load a page once; check it with axe and take a screenshot at every width and in both colour schemes."""
    visit = Visit(status=0)
    with open_page(browser, visit, origin, reduced_motion="reduce") as page:
        response = page.goto(KINDS[kind])
        visit.status = response.status if response else 0
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            visit.page_widths[width] = page.evaluate(PAGE_WIDTH)
            for scheme, rules in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                visit.violations[width, scheme] = page.evaluate(VIOLATIONS, rules)
                path = SCREENSHOTS / f"{kind}-{width}-{scheme}.jpg"
                page.screenshot(path=path, type="jpeg", quality=70, full_page=kind != "guide")
    return visit


# The elements that can have the focus, in the order of the document; what is in a closed `details` cannot.
FOCUSABLE = """
() => {
  const focusable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  window.focusable = [...document.querySelectorAll(focusable)].filter(
    (element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
  return window.focusable.map((element) => element.outerHTML.slice(0, 200));
}
"""
# The place of the element with the focus in that list, and whether a reader sees that it has the focus.
FOCUSED = """
() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { width, height } = element.getBoundingClientRect();
  const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  return [window.focusable.indexOf(element), isOutlined && width * height > 0];
}
"""
