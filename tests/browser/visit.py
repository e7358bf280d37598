"""Visit /docs once: expand and execute every operation, and record what the page shows."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request

# The host in the browser: under a loopback name, Swagger UI would check less of other hosts.
HOST = "guides.test"
SCREENSHOTS = Path(__file__).parent / "screenshots"
WIDE, NARROW, HEIGHT = 1440, 390, 900  # of the window, in CSS pixels
TIMEOUT_MS = 20_000
GET_SECTION = "GET /v1/guides/{guide}/sections/{section}"
SNIPPET_LANGUAGES = ("curl", "JavaScript (fetch)", "Python (httpx)")

# JavaScript expressions and functions of the element of an operation.
PAGE_WIDTH = "document.documentElement.scrollWidth"
NAME = """each => each.querySelector(".opblock-summary-method").innerText + " "
    + each.querySelector(".opblock-summary-path").dataset.path"""
TOGGLE = 'each => each.querySelector(".opblock-summary-control").click()'
HEADER_LISTS = 'each => [...each.querySelectorAll(".headers__title")].filter(title => title.checkVisibility()).length'


@dataclass
class Visit:
    """What the page showed. Operations are named by method and path, such as `GET /v1/guides`."""

    page_widths: dict[tuple[str, int], int] = field(default_factory=dict)  # by stage and width of the window
    heights: dict[str, float] = field(default_factory=dict)  # of operations by stage, in a wide window
    header_lists: dict[str, int] = field(default_factory=dict)
    listed_schemas: int | None = None
    schemas: dict[str, str] = field(default_factory=dict)
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
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            visit.page_widths["collapsed", width] = page.evaluate(PAGE_WIDTH)
            page.screenshot(path=SCREENSHOTS / f"docs-{width}.png", full_page=True)
        for operation in page.locator(".opblock").all():
            use(operation, visit)
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


def use(operation: Locator, visit: Visit) -> None:
    """Expand an operation, show its schema, execute it and collapse it, because open operations slow the page down."""
    name = operation.evaluate(NAME)
    visit.statuses[name] = "none"
    operation.evaluate(TOGGLE)
    with suppress(Error):
        operation.locator(".responses-wrapper").wait_for()
        visit.header_lists[name] = operation.evaluate(HEADER_LISTS)
        measure(operation, visit, f"expanded: {name}")
        if (tab := operation.get_by_role("tab", name="Schema").first).is_visible():
            tab.click()
            visit.schemas[name] = operation.locator(".model-box").first.inner_text()
            measure(operation, visit, f"with schema: {name}")
        execute(operation, name, visit)
        measure(operation, visit, f"executed: {name}")
    operation.evaluate(TOGGLE)


def execute(operation: Locator, name: str, visit: Visit) -> None:
    """Execute an operation and record its response."""
    operation.locator("button.execute").click()
    response = operation.locator(".live-responses-table .response")
    visit.statuses[name] = response.locator(".response-col_status").inner_text()
    if (body := response.locator(".highlight-code code")).count():  # not of a file, which has a link instead
        visit.bodies[name] = body.inner_text()
    if name == GET_SECTION:
        operation.screenshot(path=SCREENSHOTS / "get_section.png")
        for language in SNIPPET_LANGUAGES:
            operation.get_by_text(language, exact=True).first.click()
            visit.snippets[language] = operation.locator(".curl").first.inner_text()


def measure(operation: Locator, visit: Visit, stage: str) -> None:
    """Record the width of the page in both windows, and the height of the operation in the wide one."""
    page = operation.page
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        visit.page_widths[stage, width] = page.evaluate(PAGE_WIDTH)
    visit.heights[stage] = operation.evaluate("each => each.getBoundingClientRect().height")
