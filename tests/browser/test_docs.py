"""The page /docs in a browser that can reach only the service."""

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
from playwright.sync_api import ConsoleMessage, Error, Locator, Request, sync_playwright

from tests.service import GUIDE, ROOT, url_of

SCREENSHOTS = Path(__file__).parent / "screenshots"
COMMAND = Path(sys.executable).with_name("treaty-guide")
GET_SECTION = "GET /v1/guides/{guide}/sections/{section}"
# The browser's name for this machine: under a loopback name, Swagger UI sends fewer requests to other hosts.
HOST = "guides.test"

get = partial(httpx.get, trust_env=False)  # never through a proxy

READY_S = 30  # seconds until the service has started
POLL_S = 0.05
TIMEOUT_MS = 10_000  # until the page shows an element
CHROMIUM = [
    "--no-sandbox",  # not available to root, the usual user in a container
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
    """Results of a visit to /docs, by operation, such as `GET /v1/guides`."""

    statuses: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    external_requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of the service, started by its own command with the shipped guide."""
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
    """Names of the operations in the OpenAPI document."""
    paths = get(f"{address}/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}


@pytest.fixture(scope="module")
def visit(address: str) -> Visit:
    """A visit during which every operation is opened and executed with the values that the page filled in."""
    visit = Visit()
    origin = address.replace("127.0.0.1", HOST)

    def is_external(url: str) -> bool:
        return not url.startswith(f"{origin}/")

    def note_request(request: Request) -> None:
        if is_external(request.url):
            visit.external_requests.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visit.messages.append(message.text)

    def note_error(error: Error) -> None:
        visit.messages.append(str(error))

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM) as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(TIMEOUT_MS)
        page.on("request", note_request)
        page.on("console", note_message)
        page.on("pageerror", note_error)
        page.route(is_external, lambda route: route.abort())
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
    response = operation.locator(".live-responses-table .response")
    visit.statuses[name] = "none"
    with suppress(Error):
        operation.locator(".opblock-summary-control").click()
        operation.locator("button.execute").click()
        visit.statuses[name] = response.locator(".response-col_status").inner_text()
        visit.bodies[name] = response.locator(".highlight-code code").inner_text()
    if name == GET_SECTION:
        operation.screenshot(path=SCREENSHOTS / "get_section.png")
    operation.locator(".opblock-summary-control").click()


def test_every_operation_of_the_openapi_document_is_shown(visit: Visit, described: set[str]) -> None:
    assert visit.statuses.keys() == described


def test_line_23_every_operation_succeeds_with_the_values_that_the_page_fills_in(visit: Visit) -> None:
    assert visit.statuses
    assert visit.statuses == dict.fromkeys(visit.statuses, "200")


def test_executing_get_section_shows_the_section(visit: Visit, address: str) -> None:
    section = get(f"{address}/v1/guides/{GUIDE}/sections/joint-training-exercises")
    assert json.loads(visit.bodies[GET_SECTION]) == section.json()


def test_line_23_the_page_sends_no_external_request(visit: Visit) -> None:
    """Requests that the page's policy or this test blocks would be recorded, too."""
    assert visit.external_requests == []


def test_line_23_the_console_has_no_error_or_warning(visit: Visit) -> None:
    """Script errors, missing files and violations of the page's policy would be recorded."""
    assert visit.messages == []
