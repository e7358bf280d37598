"""Web pages of facts, sources and search results."""

from collections import Counter
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import httpx
import pytest

from app import schemas
from app.representations.context import RenderContext
from app.representations.html import render
from app.urls import URLs
from tests.representations.pages import page, parse
from tests.service import GUIDE

GUIDE_URL = f"/v1/guides/{GUIDE}"
SVG = "{http://www.w3.org/2000/svg}"
PAGES = (
    "/v1/instruments",
    "/v1/instruments?legal_character=exchange_of_notes&section=signing",
    "/v1/instruments/treaty-of-nowhere",
    "/v1/instruments/pen-notes",
    "/v1/instruments/treaty-of-nowhere/articles/2",
    "/v1/instruments/treaty-of-nowhere/articles/preamble",
    "/v1/events",
    "/v1/events?since=1960&limit=1",
    "/v1/events?until=1900",
    "/v1/events/signing",
    "/v1/terms",
    "/v1/terms?limit=1",
    "/v1/terms/pen",
    "/v1/terms/nowhere-treaty-organization",
    "/v1/sources",
    "/v1/sources?guide=treaty-of-nowhere&limit=1",
    "/v1/sources/gazette",
    "/v1/sources/memoir",
    "/v1/search?q=treaty",
    "/v1/search?q=signed&kind=event&guide=treaty-of-nowhere",
    "/v1/search?q=zzzz",
)


def text(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def links(element: Element | None) -> dict[str, str]:
    """Return the URL of each link by its text."""
    assert element is not None
    return {text(link): link.attrib["href"] for link in element.iter("a")}


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


@pytest.mark.parametrize("url", PAGES)
def test_every_page_of_facts_is_valid_html(sample: httpx.Client, url: str) -> None:
    document = page(sample, url)
    ids = [element.attrib["id"] for element in document.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert len(document.findall(".//h1")) == 1
    assert text(document.find(".//main"))


def test_only_web_addresses_become_links(client: httpx.Client) -> None:
    source = schemas.Source.model_validate(client.get("/v1/sources/treaty-1960").json())
    context = RenderContext("/v1/sources/treaty-1960", (), URLs(), URLs(), None, (), "Sources/get_source")
    assert source.link in links(parse(render(source, context))).values()
    harmful = source.model_copy(update={"link": "javascript:alert(1)"})
    assert "javascript:" not in render(harmful, context)


@pytest.mark.parametrize("url", ["/v1/events?limit=100", "/v1/events?category=political&since=1960", "/v1/events"])
def test_the_timeline_shows_every_event_as_a_picture_and_as_a_list(client: httpx.Client, url: str) -> None:
    events = client.get(url).json()["items"]
    document = page(client, url)
    listed = [
        (text(item.find(".//bdi")), item.find(".//time").attrib["datetime"])  # type: ignore[union-attr]
        for item in document.findall(".//ol[@class='chronicle']/li")
    ]
    assert listed == [(event["title"], event["date"]) for event in events]
    pictures = document.findall(f".//figure/{SVG}svg")
    assert len(pictures) == 2
    for picture in pictures:
        assert picture.attrib["role"] == "img"
        assert text(picture.find(f"{SVG}title")) == "Timeline"
        assert text(picture.find(f"{SVG}desc")).startswith(f"{len(events)} events from ")
        marks = {}
        for mark in picture.findall(f"{SVG}g/{SVG}g"):
            marks[int(text(mark.find(f"{SVG}text")))] = text(mark.find(f"{SVG}title")).partition(": ")[2]
        assert marks == {number: event["title"] for number, event in enumerate(events, start=1)}


def test_dates_are_as_precise_as_they_are_known(sample: httpx.Client) -> None:
    document = page(sample, "/v1/events")
    times = {time.attrib["datetime"]: text(time) for time in document.iter("time")}
    assert times["1959"] == "1959"
    assert times["1960-02"] == "February 1960"
    assert times["1960-02-29"] == "29 February 1960"
    inexact = document.findall(f".//{SVG}svg[1]//{SVG}g[@class='inexact']/{SVG}title")
    assert [text(title).partition(":")[0] for title in inexact] == ["1959", "February 1960"]


def test_a_timeline_without_events_says_so(sample: httpx.Client) -> None:
    document = page(sample, "/v1/events?until=1900")
    assert document.find(f".//{SVG}svg") is None
    assert "No events match." in text(document.find(".//main"))


def test_a_timeline_can_have_one_event(sample: httpx.Client) -> None:
    document = page(sample, "/v1/events?since=1960&category=treaty")
    assert len(document.findall(".//ol[@class='chronicle']/li")) == 1
    assert text(document.find(f".//{SVG}desc")).startswith("1 event, 29 February 1960")


def test_choosing_a_kind_of_events_keeps_the_other_filters(client: httpx.Client) -> None:
    document = page(client, "/v1/events?since=1951&until=1999&category=treaty&limit=5&section=history")
    choices = document.find(".//nav[@aria-label='Kinds of events']")
    assert query(links(choices)["Politics"]) == {
        "since": "1951", "until": "1999", "category": "political", "limit": "5", "section": "history",
    }  # fmt: skip
    assert "category" not in query(links(choices)["All"])
    assert text(choices.find(".//a[@aria-current]")) == "Treaties"  # type: ignore[union-attr]
    filters = document.find(".//ul[@aria-label='Filters']")
    assert [text(item) for item in filters.iter("li")] == [  # type: ignore[union-attr]
        "Since 1951 Remove", "Until 1999 Remove", "Section history Remove",
    ]  # fmt: skip


def test_a_filter_can_be_removed(client: httpx.Client) -> None:
    filters = page(client, "/v1/terms?section=history&guide=us-japan-security-treaty").find(
        ".//ul[@aria-label='Filters']"
    )
    assert filters is not None
    remaining = [query(link.attrib["href"]) for link in filters.iter("a")]
    assert remaining == [{"guide": "us-japan-security-treaty"}, {"section": "history"}]


def test_an_instrument_shows_its_articles_with_the_sections_that_discuss_them(client: httpx.Client) -> None:
    instrument = client.get("/v1/instruments/treaty-1960").json()
    document = page(client, "/v1/instruments/treaty-1960")
    for article in instrument["articles"]:
        shown = document.find(f".//section[@id='article-{article['slug']}']")
        assert article["summary"] in text(shown)
        assert article["url"] in links(shown).values()
        assert {section["url"] for section in article["sections"]} <= set(links(shown).values())
    assert "Article V: Response to armed attack" in links(document)
    assert "Preamble: Shared aims" in links(document)


def test_an_instrument_shows_all_that_is_known_of_it(sample: httpx.Client) -> None:
    properties = page(sample, "/v1/instruments/treaty-of-nowhere").findall(".//dl[@class='properties']/div")
    shown = {text(item.find("dt")): [text(value) for value in item.findall("dd")] for item in properties}
    assert shown == {
        "Official title": ["Treaty between Nowhere and Itself"],
        "Japanese title": ["どこにもない条約"],
        "Usual Japanese name": ["無条約"],
        "Legal character": ["Treaty"],
        "Parties": ["Nowhere"],
        "Signed or made": ["1 July 1959, Nowhere"],
        "In force from": ["29 February 1960"],
        "No longer in force from": ["1 January 1970"],
        "Status": ["ended"],
        "Identifiers": ["1 NTS 1"],
        "Text": ["Read it on the web"],
    }


def test_a_series_shows_its_members_and_how_far_each_was_checked(sample: httpx.Client) -> None:
    members = page(sample, "/v1/instruments/pen-notes").findall(".//ol[@class='members']/li")
    assert [text(member) for member in members] == [
        "Signed August 1959 Unchecked. Sources: My Life with Pens",
        "1960: The pens were counted. Checked. Sources: My Life with Pens",
    ]


def test_a_fact_says_how_far_it_was_checked_and_when_it_was_true(sample: httpx.Client) -> None:
    checked = page(sample, "/v1/instruments/pen-notes").find(".//p[@class='aside unchecked']")
    assert text(checked) == (
        "Not checked yet: no detail was compared with the sources. As of 1 January 2020."
        " To be reviewed by 31 December 2999."
    )


@pytest.mark.parametrize(
    ("url", "japanese"),
    [
        ("/v1/instruments/treaty-of-nowhere", ["どこにもない条約", "無条約"]),
        ("/v1/terms/pen", ["ペン"]),
        ("/v1/terms", ["ペン"]),
    ],
)
def test_japanese_is_marked_as_japanese(sample: httpx.Client, url: str, japanese: list[str]) -> None:
    document = page(sample, url)
    assert [text(element) for element in document.findall(".//*[@lang='ja']")] == japanese
    romanised = [text(element) for element in document.findall(".//*[@lang='ja-Latn']")]
    assert romanised == ["pen"] * ("terms" in url)


def test_letters_lead_to_the_terms_of_the_page(client: httpx.Client) -> None:
    document = page(client, "/v1/terms?limit=100")
    letters = links(document.find(".//nav[@aria-label='Letters']"))
    titles = [term["title"] for term in client.get("/v1/terms?limit=100").json()["items"]]
    assert list(letters) == sorted({title[0].upper() for title in titles})
    for letter, target in letters.items():
        heading = document.find(f".//h2[@id='{target.removeprefix('#')}']")
        assert text(heading) == letter


def test_a_page_with_some_terms_leads_to_all_of_them(client: httpx.Client) -> None:
    document = page(client, "/v1/terms?limit=2&section=history")
    everything = next(url for name, url in links(document).items() if name.startswith("All "))
    complete = page(client, everything)
    assert query(everything) == {"limit": "100", "section": "history"}
    assert not [name for name in links(complete) if name.startswith("All ") or name == "Next page"]
    assert "Next page" in links(document)


def test_a_source_lists_what_cites_it_with_the_place(client: httpx.Client) -> None:
    source = client.get("/v1/sources/treaty-1960").json()
    document = page(client, "/v1/sources/treaty-1960")
    assert {cited["url"] for cited in source["cited_by"]} <= set(links(document).values())
    assert "“Established in {YEAR}” (date of signature)" in text(document.find(".//main"))
    assert "Not checked completely" in text(document.find(".//main"))


@pytest.mark.parametrize("url", ["/v1/sources/treaty-1960", "/v1/sources?limit=5", "/v1/instruments/treaty-1960"])
def test_references_can_be_downloaded(client: httpx.Client, url: str) -> None:
    downloads = links(page(client, url).find(".//details[@class='cite']"))
    types = {name: client.get(target).headers["Content-Type"].partition(";")[0] for name, target in downloads.items()}
    assert types == {
        "BibTeX": "application/x-bibtex",
        "RIS": "application/x-research-info-systems",
        "CSL-JSON": "application/vnd.citationstyles.csl+json",
        "Citation text": "text/plain",
    }


def test_results_highlight_the_words_and_lead_to_the_passage(client: httpx.Client) -> None:
    results = client.get("/v1/search?q=joint+exercises&kind=section").json()["items"]
    document = page(client, "/v1/search?q=joint+exercises&kind=section")
    shown = document.findall(".//article")
    assert [text(result.find("h2")) for result in shown] == [result["title"] for result in results]
    assert {text(mark).lower() for mark in shown[0].iter("mark")} >= {"joint", "exercises"}
    for result, article in zip(results, shown, strict=True):
        passages = [f"{result['url']}#{passage['id']}" for passage in result["passages"]]
        assert [link.attrib["href"] for link in article.findall(".//li/a")] == passages


def test_facets_set_a_filter_and_say_how_many_results_follow(client: httpx.Client) -> None:
    facet = client.get("/v1/search?q=treaty&kind=event").json()["facets"]["topic"][0]
    aside = page(client, "/v1/search?q=treaty&kind=event").find(".//aside")
    url = links(aside)[facet["title"]]
    assert query(url) == {"q": "treaty", "kind": "event", "topic": facet["slug"]}
    narrowed = page(client, url)
    assert f"{facet['count']} " in text(narrowed.find(".//p[@class='aside total']"))
    assert text(narrowed.find(".//aside//a[@aria-current]")) == facet["title"]
    assert query(links(narrowed.find(".//aside"))["All"]) == {"q": "treaty", "kind": "event"}


def test_the_kinds_of_results_are_links_with_their_numbers(client: httpx.Client) -> None:
    kinds = links(page(client, "/v1/search?q=okinawa&kind=event").find(".//nav[@aria-label='Kinds of results']"))
    counts = {
        f"{kind['title']} {kind['count']}": {"q": "okinawa", "kind": kind["slug"]}
        for kind in client.get("/v1/search?q=okinawa&kind=event").json()["facets"]["kind"]
        if kind["count"]
    }
    assert {name: query(url) for name, url in kinds.items()} == {"All": {"q": "okinawa"}, **counts}


def test_all_results_are_of_every_kind_and_as_many_as_the_kinds_count(client: httpx.Client) -> None:
    document = page(client, "/v1/search?q=treaty&limit=100")
    (chosen,) = document.findall(".//nav[@aria-label='Kinds of results']//a[@aria-current='true']")
    assert text(chosen) == "All"
    shown = [text(card.find("p")) for card in document.findall(".//article")]
    following = next(url for name, url in links(document).items() if name == "Next page")
    shown += [text(card.find("p")) for card in page(client, following).findall(".//article")]
    counts = {kind: text(link.find("small")) for kind, link in kinds_of_results(document).items()}
    assert {f"{kind}s": str(number) for kind, number in Counter(shown).items()} == counts
    assert f"100 of {len(shown)} results on this page" in text(document.find(".//main"))


def kinds_of_results(document: Element) -> dict[str, Element]:
    found = document.findall(".//nav[@aria-label='Kinds of results']//a")
    return {(link.text or "").strip(): link for link in found if link.find("small") is not None}


def test_the_passages_of_results_name_the_corrections_to_their_words(client: httpx.Client) -> None:
    address = "/v1/search?q=economic+security&kind=section"
    document = page(client, address)
    passages = [passage for result in client.get(address).json()["items"] for passage in result["passages"]]
    items = document.findall(".//ul[@class='passages']/li")
    assert any(passage["corrections"] for passage in passages)
    for passage, item in zip(passages, items, strict=True):
        slugs = [correction["slug"] for correction in passage["corrections"]]
        assert [text(link) for link in item.findall("p/a")] == slugs
        assert [link.get("href") for link in item.findall("p/a")] == [
            f"{GUIDE_URL}/corrections/{slug}" for slug in slugs
        ]


def test_a_search_without_results_helps(client: httpx.Client) -> None:
    document = page(client, "/v1/search?q=secuirty&topic=history-and-origins")
    suggestion = document.find(".//p[@class='suggestion']")
    assert text(suggestion) == "Did you mean security?"
    assert query(links(suggestion)["security"]) == {"q": "security", "topic": "history-and-origins"}
    assert query(links(document)["Search everything"]) == {"q": "secuirty"}
    assert "Nothing found" in text(document)


def test_a_hostile_query_stays_a_query(client: httpx.Client) -> None:
    document = page(client, "/v1/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert document.find(".//input[@name='q']").attrib["value"] == '"><script>alert(1)</script>'  # type: ignore[union-attr]
    assert text(document.find(".//h1")) == 'Search: "><script>alert(1)</script>'


@pytest.mark.parametrize("url", [url for url in PAGES if url.count("/") > 2])
def test_every_fact_leads_back_to_its_list_and_its_guide(sample: httpx.Client, url: str) -> None:
    document = page(sample, url)
    parents = links(document.find(".//nav[@aria-label='Breadcrumb']"))
    assert parents
    assert all(url.startswith(urlsplit(parent).path) for parent in parents.values())
    assert "/v1/guides/treaty-of-nowhere" in links(document).values()


def test_a_list_loses_its_revision_with_its_guide(sample: httpx.Client) -> None:
    revision = sample.get("/v1/guides/treaty-of-nowhere").json()["revision"]
    document = page(sample, f"/v1/terms?guide=treaty-of-nowhere&revision={revision}&section=signing")
    filters = document.find(".//ul[@aria-label='Filters']")
    assert filters is not None
    remaining = [query(link.attrib["href"]) for link in filters.iter("a")]
    assert {"section": "signing"} in remaining
    assert {"guide": "treaty-of-nowhere", "section": "signing"} in remaining


@pytest.mark.parametrize("url", ["/v1/terms/pen", "/v1/sources/gazette", "/v1/events/signing"])
def test_links_keep_the_requested_revision(sample: httpx.Client, url: str) -> None:
    revision = sample.get("/v1/guides/treaty-of-nowhere").json()["revision"]
    main = page(sample, f"{url}?revision={revision}").find(".//main")
    inside = [target for target in links(main).values() if target.startswith("/v1/")]
    assert inside
    assert {query(target).get("revision") for target in inside} == {revision}
    assert {sample.get(target).status_code for target in inside} == {200}
