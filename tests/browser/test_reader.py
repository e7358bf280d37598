"""The example front end in examples/reader, served from another origin than the API."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.reader import FILES, SHOWN, Reader, open_reader, serving_files
from tests.browser.visit import NARROW, SCREENSHOTS, WIDE
from tests.service import GUIDE, SEEDS, seed, serving

NARROWEST = 320
HEIGHT = 900
WINDOW = ViewportSize(width=WIDE, height=HEIGHT)
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
EDITIONS = ("corrected", "original")
HISTORY = f"#/{GUIDE}/history"


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving_files() as origin:
        yield origin


@pytest.fixture
def reader(browser: Browser, origin: str, client: httpx.Client) -> Iterator[Reader]:
    """The contents of the shipped guide in a wide window."""
    with browser.new_context(viewport=WINDOW, reduced_motion="reduce") as context:
        yield open_reader(context, origin, client)


@dataclass
class Visit:
    """All sections in both editions: what the API says, and what the page shows. Keys are section and edition."""

    sections: dict[tuple[str, str], Any] = field(default_factory=dict)
    shown: dict[tuple[str, str], Any] = field(default_factory=dict)
    requests: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    end_notes: dict[tuple[str, str], bool] = field(default_factory=dict)  # whether all are below the text
    page_widths: dict[tuple[str, str, int], int] = field(default_factory=dict)
    console_messages: list[str] = field(default_factory=list)
    requests_elsewhere: list[str] = field(default_factory=list)


def take_screenshots(reader: Reader, width: int) -> None:
    for scheme in SCHEMES:
        reader.page.emulate_media(color_scheme=scheme)
        reader.page.screenshot(path=SCREENSHOTS / f"reader-{width}-{scheme}.png", full_page=True)


@pytest.fixture(scope="module")
def visit(browser: Browser, origin: str, client: httpx.Client) -> Visit:
    visit = Visit()
    with browser.new_context(viewport=WINDOW, reduced_motion="reduce") as context:
        reader = open_reader(context, origin, client)
        for edition in EDITIONS:
            listed = client.get(f"/v1/guides/{GUIDE}/sections?limit=100&edition={edition}").json()["items"]
            for section in listed:
                key = section["slug"], edition
                address = f"#/{GUIDE}/{section['slug']}?edition={edition}"
                visit.sections[key] = section
                visit.requests[key] = reader.requests_during(lambda address=address: reader.go(address))
                for width in (NARROWEST, NARROW, WIDE):
                    reader.page.set_viewport_size({"width": width, "height": HEIGHT})
                    if key == ("history", "corrected"):
                        take_screenshots(reader, width)
                    visit.page_widths[*key, width] = reader.page.evaluate("document.documentElement.scrollWidth")
                    if width == NARROW:
                        visit.end_notes[key] = reader.page.evaluate(
                            "() => [...document.querySelectorAll('.notes li[data-note]')].every(note =>"
                            " note.getBoundingClientRect().top > document.querySelector('.text')"
                            ".getBoundingClientRect().bottom)"
                        )
                visit.shown[key] = reader.page.evaluate(SHOWN)
        visit.console_messages = reader.console_messages
        visit.requests_elsewhere = reader.requests_elsewhere
    return visit


def test_a_section_takes_one_request(visit: Visit) -> None:
    assert len(visit.requests) == 2 * 18
    assert {key: len(requests) for key, requests in visit.requests.items()} == dict.fromkeys(visit.requests, 1)


def test_passages_read_as_the_edition_does(visit: Visit) -> None:
    for key, section in visit.sections.items():
        shown = {passage["id"]: passage["text"] for passage in visit.shown[key]["passages"]}
        assert shown == {passage["id"]: passage["text"] for passage in section["passages"]}


def test_texts_are_cut_by_code_points_wherever_a_span_starts_or_ends(reader: Reader) -> None:
    pieces = reader.page.evaluate(
        """async () => {
          const { cut } = await import("./passages.js");
          const spans = [[2, 6, "a"], [4, 8, "b"], [0, 1, "c"]].map(([start, end, name]) => ({ start, end, name }));
          return cut("𠮷𠮷abcdef!", spans).map(({ text, spans }) => [text, spans.map(({ name }) => name)]);
        }"""
    )
    assert pieces == [["𠮷", ["c"]], ["𠮷", []], ["ab", ["a"]], ["cd", ["a", "b"]], ["ef", ["b"]], ["!", []]]


def test_every_span_of_every_note_is_marked_in_both_editions(visit: Visit) -> None:
    spans = 0
    for key, section in visit.sections.items():
        for passage, shown in zip(section["passages"], visit.shown[key]["passages"], strict=True):
            expected: dict[str, str] = {}
            for each in passage["corrections"]:
                words = passage["text"][each["start"] : each["end"]]
                expected[each["slug"]] = expected.get(each["slug"], "") + words
                spans += 1
            assert shown["notes"] == expected, passage["id"]
    assert spans == 2 * 96


def test_every_note_stands_beside_its_first_span_in_both_editions(visit: Visit) -> None:
    for key, section in visit.sections.items():
        shown = visit.shown[key]
        assert [note["slug"] for note in shown["notes"]] == [each["slug"] for each in section["corrections"]]
        free = 0.0
        for note in shown["notes"]:
            assert note["left"] > shown["right"]
            assert note["top"] >= free
            assert note["top"] == pytest.approx(max(note["span"], free), abs=16), (key, note)
            free = note["bottom"]
    assert sum(len(shown["notes"]) for shown in visit.shown.values()) == 2 * 81


def test_every_mention_is_marked_in_both_editions(visit: Visit) -> None:
    mentions = 0
    for key, section in visit.sections.items():
        for passage, shown in zip(section["passages"], visit.shown[key]["passages"], strict=True):
            expected = [
                [each["kind"], each["slug"], passage["text"][each["start"] : each["end"]]]
                for each in passage["mentions"]
            ]
            assert shown["mentions"] == expected
            mentions += len(expected)
    assert mentions == 2 * 44


def test_notes_follow_the_text_in_a_narrow_window(visit: Visit) -> None:
    assert visit.end_notes == dict.fromkeys(visit.sections, True)


def test_no_section_scrolls_horizontally(visit: Visit) -> None:
    assert len(visit.page_widths) == 3 * 2 * 18
    assert {place: width for place, width in visit.page_widths.items() if width > place[2]} == {}


def test_the_browser_reports_no_error_and_no_request_leaves_this_machine(visit: Visit) -> None:
    assert visit.console_messages == []
    assert visit.requests_elsewhere == []


def test_an_applied_correction_shows_what_it_deletes_and_inserts(reader: Reader, client: httpx.Client) -> None:
    correction = client.get(f"/v1/guides/{GUIDE}/corrections/signed-1951-conflation").json()
    reader.go(HISTORY)
    assert reader.page.locator(".text del").all_text_contents() == [correction["quote"]]
    assert "".join(reader.page.locator(".text ins").all_text_contents()) == correction["replacement"]
    reader.page.get_by_role("link", name="Original").click()
    reader.page.locator(".text mark.applied").first.wait_for()
    assert "".join(reader.page.locator(".text mark.applied").all_text_contents()) == correction["quote"]
    assert reader.page.locator(":is(ins, del)").count() == 0


def test_a_reference_opens_its_note_and_leads_back_without_a_request(reader: Reader) -> None:
    reader.go(HISTORY)

    def follow_the_reference_and_return() -> None:
        reader.page.get_by_label("Note 2").first.press("Enter")
        note = reader.page.locator("details[open]")
        note.get_by_text("Sources").wait_for()
        assert note.evaluate("note => note === document.activeElement")
        note.locator("[role=doc-backlink]").press("Enter")
        reader.page.locator("[id='history.1']:focus").wait_for()

    assert reader.requests_during(follow_the_reference_and_return) == []


def test_a_mention_of_a_term_shows_its_definition(reader: Reader, client: httpx.Client) -> None:
    sections = client.get(f"/v1/guides/{GUIDE}/sections?limit=100").json()["items"]
    section, mention = next(
        (section["slug"], mention)
        for section in sections
        for passage in section["passages"]
        for mention in passage["mentions"]
        if mention["kind"] == "term"
    )
    reader.go(f"#/{GUIDE}/{section}")

    def read_the_definition() -> None:
        link = reader.page.locator(f".mention[data-slug={mention['slug']}]").first
        tip = reader.page.get_by_role("dialog", name="Explanation")
        link.hover()
        tip.get_by_text(mention["definition"]).wait_for()
        reader.page.keyboard.press("Escape")
        tip.wait_for(state="hidden")
        link.press("Enter")
        tip.get_by_text(mention["definition"]).wait_for()

    assert reader.requests_during(read_the_definition) == []


def test_a_passage_is_cited_with_one_request(reader: Reader, client: httpx.Client) -> None:
    reader.go(f"{HISTORY}?edition=original")
    address = f"/v1/guides/{GUIDE}/passages/history.1/citation?edition=original&format="
    cite = reader.page.locator(".passage .cite").first

    def open_citation() -> None:
        cite.click()
        reader.page.locator("#citation:open").wait_for()

    assert reader.requests_during(open_citation) == [f"{address}text"]
    reader.page.get_by_text(client.get(f"{address}text").text).wait_for()
    for name, format_, suffix in (("BibTeX", "bibtex", "bib"), ("RIS", "ris", "ris")):
        with reader.page.expect_download() as download:
            reader.page.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == f"history.1.{suffix}"
        assert Path(download.value.path()).read_bytes() == client.get(f"{address}{format_}").content
    reader.page.keyboard.press("Escape")
    reader.page.locator("#citation").wait_for(state="hidden")


def test_a_pause_in_typing_makes_one_request_for_suggestions(reader: Reader) -> None:
    box = reader.page.get_by_role("combobox", name="Search the guides")
    options = reader.page.get_by_role("option")

    def complete() -> None:
        reader.page.keyboard.press("/")
        reader.page.keyboard.type("history of")
        options.first.wait_for()

    assert reader.requests_during(complete) == ["/v1/suggestions?q=history+of"]
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")

    def choose() -> None:
        box.press("Enter")
        reader.page.locator("article h1").wait_for()

    assert reader.requests_during(choose) == [f"/v1/guides/{GUIDE}/sections/history?edition=corrected"]


def test_suggestions_of_every_kind_lead_somewhere(reader: Reader, client: httpx.Client) -> None:
    box = reader.page.get_by_role("combobox", name="Search the guides")
    box.fill("trea")
    reader.page.get_by_role("option").first.wait_for()
    kinds = set(reader.page.locator("[role=option] .kind").all_text_contents())
    assert kinds >= {"topic", "section", "instrument", "article", "event"}
    for address in reader.page.get_by_role("option").evaluate_all("all => all.map(each => each.dataset.href)"):
        if address.startswith("#"):
            reader.go(address)
            assert reader.page.locator(".problem").count() == 0
        else:
            assert client.get(address).status_code == 200


def test_a_search_takes_one_request_and_leads_to_a_passage(reader: Reader, client: httpx.Client) -> None:
    box = reader.page.get_by_role("combobox", name="Search the guides")
    box.fill("market access")

    def search() -> None:
        box.press("Enter")
        reader.page.locator(".results").wait_for()

    assert [path for path in reader.requests_during(search) if "suggestions" not in path] == [
        "/v1/search?q=market+access"
    ]
    results = client.get("/v1/search?q=market+access").json()
    assert reader.page.locator(".results h2").all_text_contents() == [each["title"] for each in results["items"]]
    assert "market" in reader.page.locator(".results mark").first.inner_text().lower()
    passage = results["items"][0]["passages"][0]["id"]
    reader.page.locator(".results li").first.locator("p a").first.click()
    reader.page.locator(f"[id='{passage}']:focus").wait_for()


def test_an_unknown_section_names_its_nearest_neighbours(reader: Reader) -> None:
    reader.go(f"#/{GUIDE}/histroy")
    reader.page.get_by_role("link", name="history").click()
    reader.page.get_by_role("heading", name="History of the US-Japan Security Treaty").wait_for()


def test_every_section_is_reached_from_the_contents_and_by_next(reader: Reader, client: httpx.Client) -> None:
    slugs = [section["slug"] for section in client.get(f"/v1/guides/{GUIDE}/sections?limit=100").json()["items"]]
    links = reader.page.locator(".contents a")
    assert links.evaluate_all("all => all.map(each => each.getAttribute('href'))") == [
        f"#/{GUIDE}/{slug}" for slug in slugs
    ]
    links.first.click()
    for slug in slugs[1:]:
        reader.page.locator("a[rel=next]").click()
        reader.page.wait_for_url(f"**#/{GUIDE}/{slug}")
        reader.page.locator(f".passage p[id='{slug}.1']").wait_for()
    assert reader.page.locator("a[rel=next]").count() == 0


def test_what_was_read_can_be_read_again_without_a_network(browser: Browser, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    seed(store, SEEDS)
    with browser.new_context() as context:
        with serving(store) as client, serving_files() as origin:
            reader = open_reader(context, origin, client, HISTORY)
            reader.page.evaluate("async () => { await navigator.serviceWorker.ready }")
        context.new_cdp_session(reader.page).send("Network.clearBrowserCache")
        reader.page.reload()
        reader.page.get_by_role("heading", name="History of the US-Japan Security Treaty").wait_for()
        reader.page.get_by_text("You are offline.").wait_for()
        reader.page.locator(".notes li[style*=top]").first.wait_for()
        reader.go(f"#/{GUIDE}/conclusion")
        reader.page.get_by_role("heading", name="cannot be reached").wait_for()


def test_html_in_a_guide_stays_text(browser: Browser, origin: str, sample: httpx.Client) -> None:
    with browser.new_context() as context:
        reader = open_reader(context, origin, sample, "#/treaty-of-nowhere/signing")
        assert "<script>alert(1)</script>" in reader.page.locator(".text").inner_text()
        reader.go("#/treaty-of-nowhere/deposit")
        assert "javascript:alert(1)" in reader.page.locator(".text").inner_text()
        reader.go("#/search?q=minded")
        assert "<script>alert(1)</script>" in reader.page.locator(".results").inner_text()
        assert reader.page.locator("body script, a[href^=javascript]").count() == 0
        assert reader.console_messages == []


def test_markup_is_never_made_of_text() -> None:
    for file in FILES.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|_html\b", file.read_text())


def test_the_service_worker_keeps_every_file() -> None:
    listed = re.findall(r'"([\w.]+\.\w+)"', (FILES / "sw.js").read_text().partition("async function")[0])
    assert sorted(listed) == sorted(file.name for file in FILES.iterdir() if file.name not in {"index.html", "sw.js"})
