"""The web pages in a browser: accessible, self-contained, and complete without scripts and on paper."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pypdf import PdfReader

from app.content.escaping import escape_markdown
from tests.browser.pages import FOCUSABLE, FOCUSED, HEIGHT, KINDS, PAGE_WIDTH, Visit, open_page, visit_page
from tests.service import GUIDE, replace_in, seed, serving

GUIDE_URL = f"/v1/guides/{GUIDE}"
SECTION = f"{GUIDE_URL}/sections/history"
WINDOW = ViewportSize(width=1440, height=HEIGHT)


@pytest.fixture(scope="module")
def origin(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/")


@pytest.fixture(scope="module")
def visits(browser: Browser, origin: str) -> dict[str, Visit]:
    return {kind: visit_page(browser, origin, kind) for kind in KINDS}


def test_every_kind_of_page_is_there(visits: dict[str, Visit]) -> None:
    assert {kind: visit.status for kind, visit in visits.items()} == dict.fromkeys(KINDS, 200)


def test_axe_finds_no_violation_in_light_and_dark_at_any_width(visits: dict[str, Visit]) -> None:
    found = {
        f"{kind}, {width} px, {scheme}": violations
        for kind, visit in visits.items()
        for (width, scheme), violations in visit.violations.items()
        if violations
    }
    assert found == {}


def test_no_page_is_wider_than_the_window(visits: dict[str, Visit]) -> None:
    found = [
        (kind, window, page)
        for kind, visit in visits.items()
        for window, page in visit.page_widths.items()
        if page > window
    ]
    assert found == []


def test_no_page_asks_another_host(visits: dict[str, Visit]) -> None:
    assert [url for visit in visits.values() for url in visit.requests_elsewhere] == []


def test_no_page_writes_to_the_console(visits: dict[str, Visit]) -> None:
    assert [message for visit in visits.values() for message in visit.console_messages] == []


@pytest.mark.parametrize("kind", ["front-page", "section", "search", "timeline", "term"])
@pytest.mark.parametrize("width", [320, 1440])
def test_tab_reaches_everything_in_the_order_of_the_page_and_shows_where_it_is(
    browser: Browser, origin: str, kind: str, width: int
) -> None:
    with open_page(browser, Visit(0), origin, viewport=ViewportSize(width=width, height=HEIGHT)) as page:
        page.goto(KINDS[kind])
        expected = page.evaluate(FOCUSABLE)
        reached, invisible = [], []
        for _ in expected:
            page.keyboard.press("Tab")
            place, is_visible = page.evaluate(FOCUSED)
            reached.append(place)
            if not is_visible:
                invisible.append(expected[place])
    assert reached == list(range(len(expected)))
    assert invisible == []


def text_of(page: Page) -> str:
    return words(page.locator("main").inner_text())


def words(text: str) -> str:
    """Return a text without white space, and without ligatures, both of which a printer sets anew."""
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFKC", text))


def test_a_section_is_complete_without_scripts(browser: Browser, origin: str, client: httpx.Client) -> None:
    section = client.get(SECTION).json()
    with open_page(browser, Visit(0), origin, java_script_enabled=False, viewport=WINDOW) as page:
        page.goto(SECTION)
        for passage in section["passages"]:
            assert page.locator(f"[id='{passage['id']}']").is_visible()
        shown = text_of(page)
        notes = words(page.locator("main").text_content() or "")
    assert words(section["title"]) in shown
    for correction in section["corrections"]:
        assert words(correction["explanation"]) in notes


def test_a_link_to_quoted_words_shades_their_passage(browser: Browser, origin: str, client: httpx.Client) -> None:
    # The words are in a marked element, which browsers take for the target.
    quoted = client.get("/v1/quotations", params={"text": "promoting market access"}).json()["places"][0]
    background = "element => getComputedStyle(element).backgroundColor"
    with open_page(browser, Visit(0), origin) as page:
        page.goto(quoted["text_fragment"])
        passage = page.locator(f"[id='{quoted['passage']}']")
        assert passage.evaluate(background) != "rgba(0, 0, 0, 0)"
        assert passage.locator(".noted").evaluate(background) == "rgba(0, 0, 0, 0)"


def test_the_number_of_a_collapsed_note_opens_it_without_scripts(browser: Browser, origin: str) -> None:
    with open_page(browser, Visit(0), origin, java_script_enabled=False, viewport=WINDOW) as page:
        page.goto(GUIDE_URL)
        number = page.locator(".noteref").first
        note = page.locator(f"[id='{(number.get_attribute('href') or '').removeprefix('#')}']")
        assert not note.is_visible()
        number.click()
        assert note.is_visible()
        assert page.locator("details[open]").count() == 1


def test_the_whole_guide_is_there_without_scripts(browser: Browser, origin: str, client: httpx.Client) -> None:
    ids = [passage["id"] for passage in all_items(client, f"{GUIDE_URL}/passages?limit=100")]
    with open_page(browser, Visit(0), origin, java_script_enabled=False, viewport=WINDOW) as page:
        page.goto(GUIDE_URL)
        found = page.locator("main [id]").evaluate_all("all => all.map(({ id }) => id)")
        assert [id_ for id_ in found if id_ in set(ids)] == ids
        assert all(page.locator(f"[id='{id_}']").is_visible() for id_ in ids)


# Words that a page would obey, or that do not fit it.
HOSTILE = f"{'w' * 10_000} \u202e<script>alert(1)</script><img src=x onerror=alert(1)>&amp {{{{ 7 * 7 }}}}"
HOSTILE_PAGES = (
    "/",
    "/v1/guides/treaty-of-nowhere",
    "/v1/guides/treaty-of-nowhere/sections/fish",
    "/v1/guides/treaty-of-nowhere/passages/fish.1",
    "/v1/guides/treaty-of-nowhere/corrections",
    "/v1/instruments",
    "/v1/instruments/treaty-of-nowhere",
    "/v1/events",
    "/v1/terms",
    "/v1/sources",
    "/v1/search?q=script",
)


@pytest.fixture
def hostile(seeds: Path, store: Path) -> Iterator[str]:
    """The origin of a service whose guide has hostile words, and a title of 500 characters without a space."""
    folder = seeds / "treaty-of-nowhere"
    replace_in(folder, "A Guide to the Treaty of Nowhere", "T" * 500)
    guide = folder / "guide.md"
    guide.write_text(guide.read_text(encoding="utf-8").replace("Fish pay nothing.", escape_markdown(HOSTILE)))
    replace_in(folder, "Fish pay nothing.", HOSTILE)
    for text in ("The treaty itself.", "The treaty is signed.", "Everybody who signed.", "My Life with Pens"):
        replace_in(folder, text, json.dumps(HOSTILE))
    seed(store, seeds)
    with serving(store) as client:
        yield str(client.base_url).rstrip("/")


@pytest.mark.parametrize("width", [320, 1440])
def test_a_hostile_guide_is_text_that_fits_the_window(browser: Browser, hostile: str, width: int) -> None:
    visit = Visit(0)
    with open_page(browser, visit, hostile, viewport=ViewportSize(width=width, height=HEIGHT)) as page:
        widths = {}
        for path in HOSTILE_PAGES:
            response = page.goto(path)
            assert response is not None
            assert response.status == 200
            widths[path] = page.evaluate(PAGE_WIDTH)
            assert page.locator("script:not([src], [type='application/ld+json']), img").count() == 0
        page.goto("/v1/guides/treaty-of-nowhere/sections/fish")
        assert words(HOSTILE) in text_of(page)
    assert widths == dict.fromkeys(HOSTILE_PAGES, width)
    assert (visit.console_messages, visit.requests_elsewhere) == ([], [])


def all_items(client: httpx.Client, path: str | None) -> list[Any]:
    items: list[Any] = []
    while path:
        page = client.get(path).json()
        items, path = items + page["items"], page["next"]
    return items


def printed(browser: Browser, origin: str, path: str) -> str:
    """Return the words of a page that is printed to PDF."""
    with open_page(browser, Visit(0), origin) as page:
        page.goto(path)
        pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return words("".join(sheet.extract_text() for sheet in pdf.pages))


def test_a_printed_section_has_its_notes(browser: Browser, origin: str, client: httpx.Client) -> None:
    section = client.get(f"{SECTION}?edition=original").json()
    text = printed(browser, origin, f"{SECTION}?edition=original")
    assert words(section["title"]) in text
    for correction in section["corrections"]:
        assert words(correction["explanation"])[:60] in text


def test_a_printed_guide_has_every_section(browser: Browser, origin: str, client: httpx.Client) -> None:
    text = printed(browser, origin, GUIDE_URL)
    for section in all_items(client, f"{GUIDE_URL}/sections"):
        assert words(section["title"]) in text
        for passage in section["passages"]:
            assert words(passage["text"])[:30] in text
