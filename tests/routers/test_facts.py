"""Instruments and their articles, events, terms and sources: the treaty behind the guide."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.routers.test_sections import every
from tests.service import GUIDE, seed, serving

COUNTS = {"/v1/instruments": 39, "/v1/events": 54, "/v1/terms": 32, "/v1/sources": 157}


def slugs(client: httpx.Client, address: str) -> list[str]:
    return [item["slug"] for item in every(client, address)]


@pytest.mark.parametrize(("address", "count"), list(COUNTS.items()))
def test_a_fact_is_the_same_alone_and_in_its_list(client: httpx.Client, address: str, count: int) -> None:
    items = every(client, f"{address}?limit=9")
    assert len(items) == count
    for item in items:
        assert item["url"] == f"{address}/{item['slug']}"
        assert client.get(item["url"]).json() == item


def test_an_article_is_the_same_alone_and_in_its_instrument(client: httpx.Client) -> None:
    treaty = client.get("/v1/instruments/treaty-1960").json()
    assert [article["number"] for article in treaty["articles"]] == [
        *["Preamble", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    ]
    for article in treaty["articles"]:
        assert article["instrument"]["url"] == treaty["url"]
        assert client.get(article["url"]).json() == article
    assert treaty["articles"][5]["url"] == "/v1/instruments/treaty-1960/articles/5"


def test_an_instrument_and_an_article_have_all_their_fields(sample: httpx.Client) -> None:
    notes = sample.get("/v1/instruments/pen-notes").json()
    memoir = {
        "slug": "memoir",
        "title": "My Life with Pens",
        "pinpoint": None,
        "url": "/v1/sources/memoir",
        "link": None,
    }
    assert notes == {
        "slug": "pen-notes",
        "guide": "treaty-of-nowhere",
        "url": "/v1/instruments/pen-notes",
        "short_name": "Notes on pens",
        "official_title": "Exchange of Notes on Pens",
        "title_ja": None,
        "popular_name_ja": None,
        "legal_character": "exchange_of_notes",
        "legal_note": "Never ratified.",
        "parties": ["Nowhere", "The Pen Guild"],
        "date_signed": None,
        "place_signed": None,
        "date_in_force": None,
        "date_ended": None,
        "status": "never in force",
        "identifiers": [],
        "description": "A series of notes.",
        "link": None,
        "members": [
            {
                "date_signed": "1959-08",
                "date_in_force": None,
                "date": None,
                "event": None,
                "sources": [memoir],
                "confidence": "unchecked",
            },
            {
                "date_signed": None,
                "date_in_force": None,
                "date": "1960",
                "event": "The pens were counted.",
                "sources": [memoir],
                "confidence": "checked",
            },
        ],
        "articles": [],
        "sections": [
            {"slug": "signing", "title": "The Signing", "url": "/v1/guides/treaty-of-nowhere/sections/signing"}
        ],
        "sources": [memoir],
        "confidence": "unchecked",
        "as_of": "2020-01-01",
        "review_by": "2999-12-31",
        "revision": notes["revision"],
    }
    tea = sample.get("/v1/instruments/treaty-of-nowhere/articles/2").json()
    assert (tea["number"], tea["note"], tea["sources"], tea["confidence"]) == (
        "II",
        "Not in the first draft.",
        [memoir],
        "partly_checked",
    )


@pytest.mark.parametrize(
    ("day", "included", "not_included"),
    [
        ("1955-01-01", ["security-treaty-1951", "mda-agreement-1954"], ["treaty-1960", "sofa-1960"]),
        ("1965-01-01", ["treaty-1960", "mda-agreement-1954"], ["security-treaty-1951"]),
        ("1952-04-27", [], ["security-treaty-1951"]),
        ("1952-04-28", ["security-treaty-1951"], []),
        ("1960-06-22", ["security-treaty-1951"], ["treaty-1960"]),
        ("1960-06-23", ["treaty-1960"], ["security-treaty-1951"]),
        ("2000-01-01", [], ["guidelines-1978", "joint-declaration-1996"]),  # never in force
    ],
)
def test_an_instrument_is_in_force_until_the_day_before_it_ended(
    client: httpx.Client, day: str, included: list[str], not_included: list[str]
) -> None:
    found = slugs(client, f"/v1/instruments?in_force_on={day}")
    assert set(included) <= set(found)
    assert not set(not_included) & set(found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("events", ["pens-bought", "signing", "counting", "entry-into-force"]),
        ("events?since=1960", ["counting", "entry-into-force"]),
        ("events?since=1960-02-29", ["counting", "entry-into-force"]),
        ("events?since=1960-03", []),
        ("events?since=1959-07-02", ["pens-bought", "counting", "entry-into-force"]),
        ("events?until=1959-07-01", ["pens-bought", "signing"]),
        ("events?until=1959-06", ["pens-bought"]),
        ("events?until=1958", []),
        ("events?since=1959-07-01&until=1960-02-01", ["pens-bought", "signing", "counting"]),
        ("events?category=domestic", ["pens-bought", "counting"]),
        ("events?section=fish", ["counting"]),
        ("events?topic=origins", ["pens-bought", "signing", "counting"]),
        ("events?section=signing&category=treaty&topic=trade", ["signing"]),
        ("events?guide=nowhere-and-the-sea", []),
        ("instruments?legal_character=treaty", ["treaty-of-nowhere"]),
        ("instruments?section=ratification", ["treaty-of-nowhere"]),
        ("instruments?topic=trade", ["treaty-of-nowhere", "pen-notes"]),
        ("instruments?section=fish", []),
        ("instruments?in_force_on=1960-02-29", ["treaty-of-nowhere"]),
        ("instruments?in_force_on=1970-01-01", []),
        ("terms", ["nowhere-treaty-organization", "pen"]),
        ("terms?section=opening", ["nowhere-treaty-organization"]),
        ("terms?guide=treaty-of-nowhere&topic=trade", ["nowhere-treaty-organization", "pen"]),
        ("sources?guide=treaty-of-nowhere", ["gazette", "memoir"]),
        ("sources?guide=nowhere-and-the-sea", []),
    ],
)
def test_facts_are_filtered(sample: httpx.Client, query: str, found: list[str]) -> None:
    assert slugs(sample, f"/v1/{query}") == found


def test_an_event_known_to_the_year_matches_when_its_year_overlaps(client: httpx.Client) -> None:
    by_year = [event for event in every(client, "/v1/events") if event["date"] == "1986"]
    assert by_year
    for query in ("since=1986-12-31", "until=1986-01-01", "since=1986&until=1986", "since=1986-05&until=1986-05-31"):
        assert by_year[0] in every(client, f"/v1/events?{query}")
    for query in ("since=1987", "until=1985"):
        assert by_year[0] not in every(client, f"/v1/events?{query}")


def test_the_timeline_is_oldest_first(client: httpx.Client) -> None:
    dates = [event["date"] for event in every(client, "/v1/events")]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1][:2]) == ("1951-09-08", "20")


@pytest.mark.parametrize(
    ("address", "parameter", "near"),
    [
        ("instruments?section=sining", "section", ["signing"]),
        ("instruments?topic=orgins", "topic", ["origins"]),
        ("events?guide=treaty-of-nowere", "guide", ["treaty-of-nowhere"]),
        ("terms?section=sining", "section", ["signing"]),
        ("terms?guide=treaty-of-nowere", "guide", ["treaty-of-nowhere"]),
        ("sources?guide=treaty-of-nowere", "guide", ["treaty-of-nowhere"]),
        ("events?category=fun", "category", None),
        ("events?since=soon", "since", None),
        ("events?since=1959-02-29", "since", None),
        ("events?since=1960&until=1959", "since", None),
        ("events?until=0000", "until", None),
        ("instruments?legal_character=magic", "legal_character", None),
        ("instruments?in_force_on=1960-02-30", "in_force_on", None),
        ("instruments?in_force_on=1960", "in_force_on", None),
        ("instruments?in_force_on=0", "in_force_on", None),
        ("instruments?in_force_on=1955-01-01T00:00:00", "in_force_on", None),
    ],
)
def test_an_invalid_filter_gives_422_not_an_empty_page(
    sample: httpx.Client, address: str, parameter: str, near: list[str] | None
) -> None:
    answer = sample.get(f"/v1/{address}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == parameter
    assert (answer.json()["did_you_mean"] or [])[:1] == (near or [])


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("instruments/treaty-of-nowere", "treaty-of-nowhere"),
        ("instruments/treaty-of-nowere/articles/2", "treaty-of-nowhere"),
        ("instruments/treaty-of-nowhere/articles/pramble", "preamble"),
        ("events/sining", "signing"),
        ("terms/pens", "pen"),
        ("sources/gazete", "gazette"),
    ],
)
def test_an_unknown_fact_gives_404_with_the_nearest_slugs(sample: httpx.Client, address: str, near: str) -> None:
    answer = sample.get(f"/v1/{address}")
    assert answer.status_code == 404
    assert answer.json()["did_you_mean"][0] == near


def test_sections_topics_and_sources_link_back_to_the_facts(client: httpx.Client) -> None:
    back: dict[str, set[str]] = {}
    for kind in ("instruments", "events", "terms"):
        for fact in every(client, f"/v1/{kind}"):
            for section in fact["sections"]:
                back.setdefault(f"{kind} {section['url']}", set()).add(fact["url"])
            for article in fact.get("articles", []):
                for section in article["sections"]:
                    back.setdefault(f"articles {section['url']}", set()).add(article["url"])
    for section in every(client, f"/v1/guides/{GUIDE}/sections"):
        for kind in ("instruments", "articles", "events", "terms"):
            assert {link["url"] for link in section[kind]} == back.get(f"{kind} {section['url']}", set())
    for topic in every(client, "/v1/topics"):
        for kind in ("instruments", "events", "terms"):
            assert len(every(client, topic[f"{kind}_url"])) == topic["counts"][kind]
    for source in every(client, "/v1/sources"):
        for citing in source["cited_by"]:
            assert source["slug"] in {cited["slug"] for cited in client.get(citing["url"]).json()["sources"]}


def test_a_section_links_the_articles_that_it_is_about(client: httpx.Client) -> None:
    section = client.get(f"/v1/guides/{GUIDE}/sections/key-provisions").json()
    (link,) = [link for link in section["articles"] if link["slug"] == "5"]
    assert client.get(link["url"]).json()["title"] == "Response to armed attack"
    assert [event["date"] for event in section["events"]] == sorted(event["date"] for event in section["events"])


def test_every_fact_has_a_confidence(client: httpx.Client) -> None:
    def facts() -> list[dict[str, Any]]:
        instruments = every(client, "/v1/instruments")
        parts = [part for each in instruments for part in (*each["articles"], *each["members"])]
        return [*instruments, *parts, *every(client, "/v1/events"), *every(client, "/v1/terms")]

    assert {fact["confidence"] for fact in facts()} == {"checked", "partly_checked", "unchecked"}
    assert {source["checked"] for source in every(client, "/v1/sources")} == {True, False}


@pytest.fixture
def republished(store: Path, seeds: Path) -> Iterator[tuple[httpx.Client, str]]:
    """Serve a guide that was published again with one fact of each kind changed, and return its old revision too."""
    _, old = seed(store, seeds)
    for name, was, now in [
        ("corrections", "slug: tuesday", "slug: wednesday"),
        ("corrections", "1 July 1959", "2 July 1959"),
        ("instruments", "slug: pen-notes", "slug: pencil-notes"),
        ("events", "slug: counting", "slug: recount"),
        ("terms", "slug: pen\n", "slug: pencil\n"),
        ("sources", "title: My Life with Pens", "title: My Life with Pencils"),
    ]:
        path = seeds / f"treaty-of-nowhere/{name}.yaml"
        path.write_text(path.read_text().replace(was, now))
    seed(store, seeds)
    with serving(store) as client:
        yield client, old.revision


def test_only_current_facts_are_listed_and_counted(republished: tuple[httpx.Client, str]) -> None:
    client, _ = republished
    assert slugs(client, "/v1/instruments") == ["treaty-of-nowhere", "pencil-notes"]
    assert slugs(client, "/v1/events") == ["pens-bought", "signing", "recount", "entry-into-force"]
    assert slugs(client, "/v1/terms") == ["nowhere-treaty-organization", "pencil"]
    assert [source["title"] for source in every(client, "/v1/sources")][1:] == ["My Life with Pencils"]
    assert client.get("/v1/terms/pen").status_code == 404
    counts = client.get("/v1/topics/trade").json()["counts"]
    assert (counts["instruments"], counts["events"], counts["terms"]) == (2, 3, 2)
    assert client.get("/v1/quotations?text=2 July 1959").json()["match"] == "exact"
    assert client.get("/v1/quotations?text=1 July 1959").json()["match"] == "absent"


def test_a_pinned_revision_has_its_own_corrections(republished: tuple[httpx.Client, str]) -> None:
    client, old = republished
    address = "/v1/guides/treaty-of-nowhere"
    assert slugs(client, f"{address}/corrections") == ["wednesday", "nobody", "tea"]
    assert slugs(client, f"{address}/corrections?revision={old}") == ["tuesday", "nobody", "tea"]
    assert client.get(f"{address}/corrections/tuesday").status_code == 404
    assert client.get(f"{address}/corrections/tuesday?revision={old}").json()["revision"] == old
    section = client.get(f"{address}/sections/signing?revision={old}").json()
    assert "1 July 1959" in section["passages"][0]["text"]
    assert [event["slug"] for event in section["events"]] == ["pens-bought", "signing", "counting"]


def test_corrections_of_two_guides_may_have_the_same_slug(store: Path, seeds: Path) -> None:
    (seeds / "nowhere-and-the-sea/corrections.yaml").write_text(
        "- {slug: tea, section: harbours, kind: unsourced, severity: minor, status: note, quote: no harbour,"
        " explanation: One is planned., sources: [{slug: log}]}"
    )
    (seeds / "nowhere-and-the-sea/sources.yaml").write_text("- {slug: log, type: book, title: A Log, checked: true}")
    seed(store, seeds)
    with serving(store) as client:
        for guide, quote in {"treaty-of-nowhere": "tea", "nowhere-and-the-sea": "no harbour"}.items():
            assert client.get(f"/v1/guides/{guide}/corrections/tea").json()["quote"] == quote


def test_a_fact_may_move_from_one_guide_to_another(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    (seeds / "treaty-of-nowhere/terms.yaml").unlink()
    term = "- {slug: pen, term: pen, definition: It floats., sources: [log], confidence: checked}"
    (seeds / "nowhere-and-the-sea/terms.yaml").write_text(term)
    (seeds / "nowhere-and-the-sea/sources.yaml").write_text("- {slug: log, type: book, title: A Log, checked: true}")
    seed(store, seeds)
    with serving(store) as client:
        assert client.get("/v1/terms/pen").json()["guide"] == "nowhere-and-the-sea"


def test_lists_within_a_fact_have_the_order_of_their_file(sample: httpx.Client) -> None:
    treaty = sample.get("/v1/instruments/treaty-of-nowhere").json()
    assert [section["slug"] for section in treaty["sections"]] == ["signing", "ratification"]
    assert [article["slug"] for article in treaty["articles"]] == ["preamble", "2", "3"]
    signing = sample.get("/v1/guides/treaty-of-nowhere/sections/signing").json()
    assert [event["slug"] for event in signing["events"]] == ["pens-bought", "signing", "counting"]
    assert [link["slug"] for link in signing["instruments"]] == ["treaty-of-nowhere", "pen-notes"]


def test_a_source_lists_the_statements_that_cite_it(sample: httpx.Client) -> None:
    assert sample.get("/v1/sources/gazette").json()["cited_by"][0] == {
        "kind": "correction",
        "slug": "tuesday",
        "label": "on a Tuesday",
        "pinpoint": "p. 3",
        "url": "/v1/guides/treaty-of-nowhere/corrections/tuesday",
    }
    memoir = sample.get("/v1/sources/memoir").json()["cited_by"]
    assert [(citing["kind"], citing["slug"]) for citing in memoir] == [
        ("correction", "tuesday"),
        ("correction", "nobody"),
        ("correction", "tea"),
        ("instrument", "pen-notes"),
        ("article", "2"),
        ("article", "3"),
        ("event", "pens-bought"),
        ("event", "counting"),
        ("term", "pen"),
        ("term", "nowhere-treaty-organization"),
    ]


def test_a_source_has_its_type_and_authors(sample: httpx.Client) -> None:
    gazette, memoir = every(sample, "/v1/sources")
    assert (gazette["type"], memoir["type"]) == ("article-newspaper", "book")
    assert gazette["authors"] == [{"family": None, "given": None, "literal": "The Nowhere News Agency"}]
    assert memoir["authors"] == [{"family": "Nib", "given": "Nora", "literal": None}]


def test_a_fact_that_may_change_says_as_of_when(sample: httpx.Client) -> None:
    treaty = sample.get("/v1/instruments/treaty-of-nowhere").json()
    assert treaty["popular_name_ja"] == "無条約"
    for fact in (treaty, *treaty["articles"], *every(sample, "/v1/events"), *every(sample, "/v1/terms")):
        assert (fact["as_of"], fact["review_by"]) == (None, None)
