"""The page /docs, used as a reader uses it, in a browser that reaches nothing but the service."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, sync_playwright

from tests.service import GUIDE, ROOT, url_of

SCREENSHOTS = Path(__file__).parent / "screenshots"
COMMAND = Path(sys.executable).with_name("treaty-guide")
GET_SECTION = "GET /v1/guides/{guide}/sections/{section}"
# What the browser calls this machine: Swagger UI asks less of other hosts where it sees itself under a loopback name.
HOST = "guides.test"

get = partial(httpx.get, trust_env=False)  # no proxy stands between this machine and itself

READY_S = 30  # how long the service may take to start
POLL_S = 0.05
PATIENCE_MS = 20_000  # how long the page may take to show something
MAX_OPERATION_HEIGHT = 2_500  # CSS pixels, of an expanded operation in a wide window
CHROMIUM = [
    "--no-sandbox",  # which root, the usual user in a container, may not have
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND",
]


@dataclass
class Visit:
    """What a visit to /docs showed. Operations go by method and path, such as `GET /v1/guides`."""

    statuses: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    requests_elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service answers, started by its own command with the guides of the checkout."""
    folder = tmp_path_factory.mktemp("service")
    log = folder / "log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TREATY_GUIDE_")}
    environment["TREATY_GUIDE_DATABASE_URL"] = url_of(folder / "store.db")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    subprocess.run([COMMAND, "seed"], cwd=ROOT, env=environment, check=True)
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)], cwd=ROOT, env=environment, stdout=output, stderr=output
        ) as service,
    ):
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}", service, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            service.terminate()


def _wait_until_ready(address: str, service: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and service.poll() is None:
        with suppress(httpx.TransportError):
            if get(f"{address}/health/ready").is_success:
                return
        time.sleep(POLL_S)
    pytest.fail(f"The service is not ready:\n{log.read_text()}")


@pytest.fixture(scope="module")
def described(address: str) -> set[str]:
    """The operations that the OpenAPI document describes."""
    paths = get(f"{address}/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, with no way to other hosts."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM) as browser,
    ):
        yield browser


def open_docs(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address.replace('127.0.0.1', HOST)}/docs")
    page.locator(".opblock").first.wait_for()
    return page


def scroll_width(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


@pytest.fixture(scope="module")
def visit(address: str, browser: Browser) -> Visit:
    """A visit on which every operation was opened and executed with what the page had filled in."""
    visit = Visit()
    origin = address.replace("127.0.0.1", HOST)

    def is_elsewhere(url: str) -> bool:
        return not url.startswith(f"{origin}/")

    def note_request(request: Request) -> None:
        if is_elsewhere(request.url):
            visit.requests_elsewhere.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visit.complaints.append(message.text)

    def note_error(error: Error) -> None:
        visit.complaints.append(str(error))

    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    page.on("request", note_request)
    page.on("console", note_message)
    page.on("pageerror", note_error)
    page.route(is_elsewhere, lambda route: route.abort())
    page.goto(f"{origin}/docs")
    with suppress(Error):
        page.locator(".opblock").first.wait_for()
    page.screenshot(path=SCREENSHOTS / "docs.png", full_page=True)
    for operation in page.locator(".opblock").all():
        _execute(operation, visit)
    return visit


def _execute(operation: Locator, visit: Visit) -> None:
    method = operation.locator(".opblock-summary-method").inner_text()
    name = f"{method} {operation.locator('.opblock-summary-path').get_attribute('data-path')}"
    answer = operation.locator(".live-responses-table .response")
    visit.statuses[name] = "none"
    with suppress(Error):
        operation.locator(".opblock-summary-control").click()
        operation.locator("button.execute").click()
        visit.statuses[name] = answer.locator(".response-col_status").inner_text()
        visit.bodies[name] = answer.locator(".highlight-code code").inner_text()
    if name == GET_SECTION:
        operation.screenshot(path=SCREENSHOTS / "get_section.png")
    operation.locator(".opblock-summary-control").click()


def test_every_operation_that_the_openapi_document_describes_is_shown(visit: Visit, described: set[str]) -> None:
    assert visit.statuses.keys() == described


def test_line_23_every_operation_succeeds_with_what_the_page_fills_in(visit: Visit) -> None:
    assert visit.statuses
    assert visit.statuses == dict.fromkeys(visit.statuses, "200")


def test_executing_get_section_shows_the_section(visit: Visit, address: str) -> None:
    section = get(f"{address}/v1/guides/{GUIDE}/sections/joint-training-exercises")
    assert json.loads(visit.bodies[GET_SECTION]) == section.json()


def test_line_23_no_request_leaves_this_machine(visit: Visit) -> None:
    """Nor is one attempted that the page's policy or the route in this test then stops."""
    assert visit.requests_elsewhere == []


def test_line_23_the_browser_complains_of_nothing(visit: Visit) -> None:
    """Neither of a script's error, nor of a missing file, nor of something that the page's policy forbids."""
    assert visit.complaints == []


@pytest.mark.parametrize("width", [1440, 390])
def test_expanded_operations_fit_the_window(browser: Browser, address: str, width: int) -> None:
    page = open_docs(browser, address, width)
    page.screenshot(path=SCREENSHOTS / f"docs-{width}.png", full_page=True)
    assert scroll_width(page) <= width
    for operation in page.locator(".opblock").all():
        operation.locator(".opblock-summary-control").click()
        operation.locator(".responses-wrapper").wait_for()
        box = operation.bounding_box()
        path = operation.locator(".opblock-summary-path").get_attribute("data-path")
        assert scroll_width(page) <= width, path
        assert box, path
        assert width < 1000 or box["height"] < MAX_OPERATION_HEIGHT, path
        operation.locator(".opblock-summary-control").click()


def test_an_executed_operation_shows_snippets_in_three_languages(browser: Browser, address: str) -> None:
    page = open_docs(browser, address, 390)
    operation = page.locator(".opblock").first
    operation.locator(".opblock-summary-control").click()
    operation.locator("button.execute").click()
    for language, beginning in (
        ("curl", "curl -X 'GET'"),
        ("JavaScript (fetch)", "const response = await fetch("),
        ("Python (httpx)", "import httpx"),
    ):
        operation.get_by_text(language, exact=True).first.click()
        snippet = operation.locator(".curl").first.inner_text()
        assert snippet.startswith(beginning)
        assert "/v1/guides?limit=20" in snippet
    assert scroll_width(page) <= 390


def test_schemas_show_the_descriptions_of_their_fields(browser: Browser, address: str) -> None:
    page = open_docs(browser, address, 1440)
    assert page.locator(".models .json-schema-2020-12").count() == 0  # the list at the end is collapsed
    operation = page.locator(".opblock").first
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("tab", name="Schema").first.click()
    operation.get_by_text("Language of the text, as a BCP 47 tag.").wait_for()
