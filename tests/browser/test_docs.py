"""The page /docs in a browser that reaches nothing but the service."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

import json
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser.visit import GET_SECTION, HOST, Visit, visit_docs
from tests.service import GUIDE, SEEDS, seed, serving_process

MAX_OPERATION_HEIGHT = 2_500  # CSS pixels, of an expanded operation in a wide window


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Serve the shipped guide in a process of its own."""
    store = tmp_path_factory.mktemp("service") / "store.db"
    seed(store, SEEDS)
    with serving_process(store, "--no-access-log") as (client, _):
        yield client


@pytest.fixture(scope="module")
def visit(service: httpx.Client, browser: Browser) -> Visit:
    """Visit /docs once, for all tests."""
    return visit_docs(browser, str(service.base_url).rstrip("/").replace("127.0.0.1", HOST))


def test_every_operation_of_the_openapi_document_is_shown(visit: Visit, service: httpx.Client) -> None:
    paths = service.get("/openapi.json").json()["paths"]
    described = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    assert visit.statuses.keys() == described


def test_line_23_every_operation_succeeds_with_the_prefilled_values(visit: Visit) -> None:
    assert visit.statuses
    assert visit.statuses == dict.fromkeys(visit.statuses, "200")


def test_executing_get_section_shows_the_section(visit: Visit, service: httpx.Client) -> None:
    section = service.get(f"/v1/guides/{GUIDE}/sections/joint-training-exercises")
    assert json.loads(visit.bodies[GET_SECTION]) == section.json()


def test_line_23_no_request_leaves_this_machine(visit: Visit) -> None:
    """Requests that the page's policy or this test stopped count, too."""
    assert visit.requests_elsewhere == []


def test_line_23_the_browser_reports_no_error_or_warning(visit: Visit) -> None:
    """Missing files and what the page's policy forbids are reported as errors."""
    assert visit.console_messages == []


def test_the_page_never_scrolls_horizontally(visit: Visit) -> None:
    stages = {stage for stage, _ in visit.page_widths}
    assert stages >= {"collapsed", *(f"executed: {name}" for name in visit.statuses)}
    assert {place: shown for place, shown in visit.page_widths.items() if shown > place[1]} == {}


def test_an_expanded_operation_is_short_enough(visit: Visit) -> None:
    heights = {stage: height for stage, height in visit.heights.items() if not stage.startswith("executed")}
    assert heights
    assert {stage: height for stage, height in heights.items() if height >= MAX_OPERATION_HEIGHT} == {}


def test_only_the_headers_of_a_success_are_shown(visit: Visit) -> None:
    assert visit.header_lists
    assert visit.header_lists == dict.fromkeys(visit.header_lists, 1)


def test_schemas_show_the_descriptions_of_their_fields(visit: Visit) -> None:
    assert "Language of the text, as a BCP 47 tag." in visit.schemas["GET /v1/guides"]


def test_the_list_of_schemas_is_collapsed(visit: Visit) -> None:
    assert visit.listed_schemas == 0


def test_an_executed_operation_shows_snippets_in_three_languages(visit: Visit) -> None:
    assert visit.snippets["curl"].startswith("curl -X 'GET'")
    assert visit.snippets["JavaScript (fetch)"].startswith("const response = await fetch(")
    assert visit.snippets["Python (httpx)"].startswith("import httpx")
    assert all("/sections/joint-training-exercises" in snippet for snippet in visit.snippets.values())
