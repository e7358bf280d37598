"""Visit /docs once: expand and execute every operation, and record what the page shows."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request

# The host in the browser: under a loopback name, Swagger UI would check less of other hosts.
HOST = "guides.test"
SCREENSHOTS = Path(__file__).parent / "screenshots"
WIDE, NARROW, HEIGHT = 1440, 390, 900  # of the window, in CSS pixels
EXPAND_TIMEOUT_MS = 400_000  # Swagger UI resolves the whole document for each operation
TIMEOUT_MS = 20_000
GET_SECTION = "GET /v1/guides/{guide}/sections/{section}"
SNIPPET_LANGUAGES = ("curl", "JavaScript (fetch)", "Python (httpx)")

# JavaScript expressions about the element of an operation, `each`.
METHOD = "each.querySelector('.opblock-summary-method').innerText"
PATH = "each.querySelector('.opblock-summary-path').dataset.path"
NAME = f"{METHOD} + ' ' + {PATH}"
TOGGLE = "each.querySelector('.opblock-summary-control').click()"
OPEN_SCHEMA = "[...each.querySelectorAll('[role=tab]')].find(tab => tab.innerText === 'Schema')?.click()"
SCHEMA = "each.querySelector('.model-box')?.innerText"
HEADER_LISTS = "[...each.querySelectorAll('.headers__title')].filter(title => title.checkVisibility()).length"


@dataclass
class Visit:
    """What the page showed. Operations are named by method and path, such as `GET /v1/guides`."""

    page_widths: dict[tuple[str, int], int] = field(default_factory=dict)  # by stage and width of the window
    heights: dict[str, dict[str, float]] = field(default_factory=dict)  # of operations by stage, in a wide window
    header_lists: dict[str, int] = field(default_factory=dict)
    listed_schemas: int | None = None
    schemas: dict[str, str | None] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    snippets: dict[str, str] = field(default_factory=dict)
    requests_elsewhere: list[str] = field(default_factory=list)
    console_messages: list[str] = field(default_factory=list)


def visit_docs(browser: Browser, origin: str) -> Visit:
    """Visit /docs and use every operation with the values that the page fills in."""
    visit = Visit()
    page = open_page(browser, origin, visit)
    page.goto(f"{origin}/docs")
    with suppress(Error):  # the tests report what is missing
        page.locator(".opblock").first.wait_for()
        visit.listed_schemas = page.locator(".models .json-schema-2020-12").count()
        measure(page, visit, "collapsed")

        for_each_operation(page, TOGGLE)
        wait_for_each_operation(page, ":has(.responses-wrapper)")
        visit.header_lists = for_each_operation(page, HEADER_LISTS)
        measure(page, visit, "expanded")

        for_each_operation(page, OPEN_SCHEMA)
        wait_for_each_operation(page, ":is(:has(.model-box), :not(:has([role=tab])))")
        visit.schemas = for_each_operation(page, SCHEMA)
        measure(page, visit, "with schemas")

        for_each_operation(page, TOGGLE)
        for operation in page.locator(".opblock").all():
            execute(operation, visit)
    return visit


def open_page(browser: Browser, origin: str, visit: Visit) -> Page:
    """Open a page that records console messages and aborted requests to other hosts."""
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT_MS)

    def is_elsewhere(url: str) -> bool:
        return not url.startswith(f"{origin}/")

    def record_request(request: Request) -> None:
        if is_elsewhere(request.url):
            visit.requests_elsewhere.append(request.url)

    def record_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visit.console_messages.append(message.text)

    page.on("request", record_request)
    page.on("console", record_message)
    page.on("pageerror", lambda error: visit.console_messages.append(str(error)))
    page.route(is_elsewhere, lambda route: route.abort())
    return page


def for_each_operation(page: Page, expression: str) -> dict[str, Any]:
    """Evaluate a JavaScript expression for each operation; return the values by operation."""
    return dict(page.locator(".opblock").evaluate_all(f"all => all.map(each => [{NAME}, {expression}])"))


def wait_for_each_operation(page: Page, condition: str) -> None:
    """Wait until the element of each operation fulfils a condition, a CSS selector."""
    page.locator(f".opblock:not({condition})").first.wait_for(state="detached", timeout=EXPAND_TIMEOUT_MS)


def measure(page: Page, visit: Visit, stage: str) -> None:
    """Record the width of the page in both windows, and the height of each operation."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        visit.page_widths[stage, width] = page.evaluate("document.documentElement.scrollWidth")
        if width == WIDE:
            visit.heights[stage] = for_each_operation(page, "each.getBoundingClientRect().height")
        if stage == "collapsed":
            page.screenshot(path=SCREENSHOTS / f"docs-{width}.png", full_page=True)


def execute(operation: Locator, visit: Visit) -> None:
    """Expand an operation, execute it, record its response and collapse it.

    Open operations slow the page down.
    """
    name = operation.evaluate(f"each => {NAME}")
    visit.statuses[name] = "none"
    response = operation.locator(".live-responses-table .response")
    operation.evaluate(f"each => {TOGGLE}")
    with suppress(Error):
        operation.locator("button.execute").evaluate("button => button.click()")
        visit.statuses[name] = response.locator(".response-col_status").inner_text()
        if (body := response.locator(".highlight-code code")).count():  # not of a file, which has a link instead
            visit.bodies[name] = body.inner_text()
        visit.page_widths[f"executed: {name}", NARROW] = operation.page.evaluate("document.documentElement.scrollWidth")
    if name == GET_SECTION:
        operation.screenshot(path=SCREENSHOTS / "get_section.png")
        for language in SNIPPET_LANGUAGES:
            operation.get_by_text(language, exact=True).first.click()
            visit.snippets[language] = operation.locator(".curl").first.inner_text()
    operation.evaluate(f"each => {TOGGLE}")
