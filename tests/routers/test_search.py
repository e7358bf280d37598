"""Search results: ranking, excerpts, facets and pages."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from app import schemas
from app.content import read_guides
from app.search.excerpts import MAX_EXCERPT_LENGTH
from tests.routers.lists import all_items
from tests.routers.searches import counted, found, search
from tests.service import GUIDE, SEEDS


def corrected_passages() -> Iterator[tuple[str, str]]:
    """Each passage of the shipped guide in its corrected edition, with its section."""
    (guide,) = read_guides(SEEDS)
    for section in guide.sections:
        for passage in section.passages:
            yield section.slug, passage.corrected or passage.text


@pytest.mark.parametrize(
    "query", ["joint exercises", "year", "Article V", "secur*", "secuirty traety", "of", "-a", "安保"]
)
@pytest.mark.parametrize("limit", [1, 100])
def test_the_json_of_a_search_is_that_of_its_model(client: httpx.Client, query: str, limit: int) -> None:
    response = client.get("/v1/search", params={"q": query, "limit": limit}).raise_for_status()
    assert response.text == schemas.SearchPage.model_validate_json(response.text).model_dump_json()


def test_three_rare_words_of_a_passage_find_its_section_first(client: httpx.Client) -> None:
    passages = [(section, re.findall("[a-z]+", passage.lower())) for section, passage in corrected_passages()]
    places = Counter(word for _, words in passages for word in set(words))
    ranks = []
    for section, words in passages:
        rarest = sorted(dict.fromkeys(words), key=lambda word: places[word])[:3]
        ranks.append(found(client, " ".join(rarest)).index(section))
    assert len(ranks) == 62
    assert max(ranks) < 3
    assert ranks.count(0) >= 0.9 * len(ranks)


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("exercise", "exercises"),
        ("cooperating", "cooperation"),
        ("defence", "defense"),
        ("modernisation", "modernization"),
        ("ALLIANCE", "alliance"),
        ("Évolution", "evolution"),
        ("“joint training”", '"joint training"'),
        ("US", "U.S."),
    ],
)
def test_endings_spelling_case_accents_and_typography_make_no_difference(
    client: httpx.Client, query: str, written: str
) -> None:
    assert set(found(client, query)) == set(found(client, written)) != set()


def test_a_title_weighs_more_than_a_passage(client: httpx.Client) -> None:
    for word, section in {
        "history": "history",
        "significance": "significance",
        "dimensions": "economic-and-trade-dimensions",
        "exercises": "joint-training-exercises",
    }.items():
        assert found(client, word)[0] == section
    assert (
        search(client, "exercises", kind="section")["items"][0]["title_html"] == "Joint Training <mark>Exercises</mark>"
    )


def test_explanations_of_corrections_are_not_searched_as_sections(client: httpx.Client) -> None:
    results = search(client, "Senkaku", kind="section")
    assert results["total"] == 0
    assert counted(results["facets"]["kind"])["event"] > 0


def test_the_corrected_edition_is_searched(sample: httpx.Client) -> None:
    corrections = all_items(sample, "/v1/guides/treaty-of-nowhere/corrections?status=applied")
    assert corrections
    for correction in corrections:
        replacement = re.findall(r"\w+", correction["replacement"])
        passage = sample.get(f"/v1/guides/treaty-of-nowhere/passages/{correction['passage']}").json()
        assert all(word in passage["text"] for word in replacement)
        assert correction["passage"].split(".")[0] in found(sample, " ".join(replacement))


def test_the_passages_of_a_section_are_those_that_have_the_words(client: httpx.Client) -> None:
    for item in search(client, "interoperability", kind="section", limit="100")["items"]:
        passages = client.get(item["url"]).json()["passages"]
        having = {passage["id"] for passage in passages if "interoperability" in passage["text"].lower()}
        assert {passage["id"] for passage in item["passages"]} == having
        for passage in item["passages"]:
            assert client.get(passage["url"]).json()["id"] == passage["id"]


def test_the_passage_with_most_of_the_words_comes_first(client: httpx.Client) -> None:
    for item in search(client, "joint training exercises", kind="section", limit="100")["items"]:
        marked = [len(set(re.findall("<mark>(.*?)</mark>", p["excerpt_html"].lower()))) for p in item["passages"]]
        assert marked[0] == max(marked)


def test_an_excerpt_is_plain_text_with_marks_and_safe_html(client: httpx.Client, sample: httpx.Client) -> None:
    all_results = [search(client, "treaty security"), search(sample, "script alert & wednesday")]
    excerpts = [passage for results in all_results for item in results["items"] for passage in item["passages"]]
    for excerpt in excerpts:
        text, html = excerpt["excerpt"], excerpt["excerpt_html"]
        assert unescape(re.sub("</?mark>", "", html)) == text
        assert set(re.findall("<[^>]*>", html)) == {"<mark>", "</mark>"}
        marked = [text[mark["start"] : mark["end"]] for mark in excerpt["marks"]]
        assert marked == [unescape(each) for each in re.findall("<mark>(.*?)</mark>", html)]
    assert any("&lt;<mark>script</mark>&gt;" in excerpt["excerpt_html"] for excerpt in excerpts)


def test_an_excerpt_says_where_it_is_cut(client: httpx.Client) -> None:
    texts = {
        passage["id"]: passage["text"]
        for section in all_items(client, f"/v1/guides/{GUIDE}/sections")
        for passage in section["passages"]
    }
    cut = 0
    for item in search(client, "security", limit="100")["items"]:
        for passage in item["passages"]:
            excerpt, text = passage["excerpt"], texts[passage["id"]]
            assert excerpt.strip("…") in text
            assert len(excerpt) <= MAX_EXCERPT_LENGTH + len("……")
            assert excerpt.startswith("…") != text.startswith(excerpt.strip("…"))
            assert excerpt.endswith("…") != text.endswith(excerpt.strip("…"))
            cut += excerpt != text
    assert cut > 10


def test_each_facet_counts_the_results_of_choosing_it(client: httpx.Client) -> None:
    for kind, topic in itertools.product(
        ("all", "section", "correction", "instrument", "article", "event", "term"),
        (None, "military-cooperation-and-exercises"),
    ):
        filters = {"kind": kind} | ({"topic": topic} if topic else {})
        results = search(client, "security", **filters)
        assert results["facets"]["topic"]
        for facet in ("guide", "topic", "kind"):
            for slug, count in counted(results["facets"][facet]).items():
                assert search(client, "security", **{**filters, facet: slug})["total"] == count, (filters, facet, slug)


def test_results_are_those_of_the_guide_and_the_topic(sample: httpx.Client) -> None:
    assert found(sample, "nowhere", guide="nowhere-and-the-sea") == ["harbours"]
    topics = {"origins": {"opening"}, "trade": {"harbours"}}
    for topic, sections in topics.items():
        assert set(found(sample, "nowhere", topic=topic)) == sections


@pytest.mark.parametrize(
    ("kind", "q", "names"),
    [
        ("term", "安保", ["Anpo", "Anpo protests"]),
        ("term", "toso", ["Anpo protests"]),
        ("term", "SDF", ["Self-Defense Forces"]),
        ("instrument", "安全保障条約", None),
        ("instrument", "armed attack", None),
        ("event", "1951", None),
    ],
)
def test_terms_instruments_and_events_are_found_too(
    client: httpx.Client, kind: str, q: str, names: list[str] | None
) -> None:
    results = search(client, q, kind=kind)
    assert results["total"] == counted(results["facets"]["kind"])[kind] > 0
    for item in results["items"]:
        assert item["kind"] == kind
        assert item["section"] is None
        assert item["passages"] == []
        assert client.get(item["url"]).status_code == 200
    assert names is None or [item["title"] for item in results["items"]] == names


def test_results_come_in_pages_each_once_and_best_first(client: httpx.Client) -> None:
    items = all_items(client, "/v1/search?q=treaty&limit=5")
    assert len(items) == search(client, "treaty")["total"] > 10
    assert len({item["url"] for item in items}) == len(items)
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)
    partial = all_items(client, "/v1/search?q=treaty+xyzzy&limit=5")
    assert {item["url"] for item in partial} == {item["url"] for item in items}
