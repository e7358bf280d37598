"""The tools: what they return, how a long result continues, and what their errors say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.mcp.json_rpc import call, error, rpc
from tests.service import GUIDE, replace_in, seed, serving

LOCAL = "http://127.0.0.1:8000"

# What readers of the guide ask, and a word of the answer.
QUESTIONS = {
    "When was the treaty signed?": "1960",
    "Article V": "armed attack",
    "Does the treaty oblige Japan to defend the United States?": "Japan",
    "status of forces agreement jurisdiction": "forces",
    "host nation support": "support",
    "Anpo protests": "protest",
    "Okinawa bases": "Okinawa",
    "joint exercises Keen Sword": "Keen Sword",
    "日米安全保障条約": "Treaty",
    "8 September 1951": "1951",
}


def pages(client: httpx.Client, tool: str, **arguments: Any) -> Iterator[Any]:
    """Yield a result and those that continue it."""
    while True:
        result = call(client, tool, **arguments)
        yield result
        assert result["notice"] or not result["next_cursor"]
        if result["next_cursor"] is None:
            return
        arguments["cursor"] = result["next_cursor"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_leads_to_a_text_with_the_answer(client: httpx.Client, question: str) -> None:
    found = call(client, "search", query=question)
    assert found["results"]
    texts = []
    for result in found["results"][:3]:
        assert {"id", "title", "url"} <= result.keys()
        assert result["url"] == f"{LOCAL}/v1/{result['id']}"
        document = call(client, "fetch", id=result["id"])
        assert {"id", "title", "text", "url", "metadata"} <= document.keys()
        assert (document["id"], document["url"]) == (result["id"], result["url"])
        assert client.get(document["url"].removeprefix(LOCAL)).status_code == 200
        texts.append(document["text"])
    assert QUESTIONS[question].lower() in "\n".join(texts).lower()


def test_search_finds_what_the_api_finds(client: httpx.Client) -> None:
    served = client.get("/v1/search?q=forces&limit=100").json()
    assert 20 < served["total"] < 100
    found = [result for page in pages(client, "search", query="forces") for result in page["results"]]
    assert [result["url"].removeprefix(LOCAL) for result in found] == [item["url"] for item in served["items"]]
    for result, item in zip(found, served["items"], strict=True):
        passage = item["passages"][0] if item["passages"] else item
        assert [each["id"].rpartition("/")[2] for each in result["corrections"]] == [
            each["slug"] for each in passage["corrections"]
        ]
    narrow = call(client, "search", query="treaty", kind="event", guide=GUIDE)
    assert {result["kind"] for result in narrow["results"]} == {"event"}


def test_a_search_without_results_says_what_to_try(client: httpx.Client) -> None:
    found = call(client, "search", query="tretay")
    assert found["results"] == []
    assert "Did you mean “treaty”?" in found["notice"]


def test_line_36_every_section_can_be_read_passage_by_passage_with_its_corrections(client: httpx.Client) -> None:
    for section in client.get(f"/v1/guides/{GUIDE}/sections?limit=100").json()["items"]:
        texts = [page["text"] for page in pages(client, "fetch", id=f"guides/{GUIDE}/sections/{section['slug']}")]
        assert texts[0].startswith("# ")
        for passage in section["passages"]:
            (text,) = [text for text in texts if f"[{passage['id']}] " in text]
            for correction in passage["corrections"]:
                assert f"[^{correction['slug']}]: " in text


def test_a_guide_is_read_section_by_section(client: httpx.Client) -> None:
    documents = list(pages(client, "fetch", id=f"guides/{GUIDE}"))
    assert "## Contents" in documents[0]["text"]
    assert "Fetch a section" in documents[0]["notice"]
    text = "\n\n".join(document["text"] for document in documents)
    passages = client.get(f"/v1/guides/{GUIDE}/passages?limit=100").json()["items"]
    places = [text.index(f"[{passage['id']}] ") for passage in passages]
    assert places == sorted(places)


def test_all_corrections_of_a_guide_can_be_read(client: httpx.Client) -> None:
    text = "\n\n".join(page["text"] for page in pages(client, "fetch", id=f"guides/{GUIDE}/corrections"))
    items = client.get(f"/v1/guides/{GUIDE}/corrections?limit=100").json()["items"]
    assert [item["slug"] for item in items if f"/corrections/{item['slug']}" not in text] == []


def test_the_authors_words_and_earlier_revisions_can_be_read(client: httpx.Client) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    id_ = f"guides/{GUIDE}/passages/history.1?edition=original&revision={revision}"
    document = call(client, "fetch", id=id_)
    assert "was signed in 1951" in document["text"]
    assert document["metadata"]["edition"] == "original"
    assert document["url"] == f"{LOCAL}/v1/{id_}"
    assert "was signed in 1951" not in call(client, "fetch", id=f"guides/{GUIDE}/passages/history.1")["text"]


@pytest.mark.parametrize(
    "form", ["{id}", "/v1/{id}", LOCAL + "/v1/{id}", LOCAL + "/v1/{id}?format=json", "/v1/{id}#history.1"]
)
def test_an_id_may_be_a_url(client: httpx.Client, form: str) -> None:
    id_ = f"guides/{GUIDE}/sections/history"
    assert call(client, "fetch", id=form.format(id=id_))["id"] == id_


def test_contents_list_the_guides_and_then_the_sections_with_their_lengths(client: httpx.Client) -> None:
    (guide,) = call(client, "contents")["entries"]
    assert (guide["id"], guide["words"]) == (f"guides/{GUIDE}", 3_104)
    entries = call(client, "contents", guide=GUIDE)["entries"]
    sections = client.get(f"/v1/guides/{GUIDE}/sections?limit=100").json()["items"]
    assert [(entry["url"], entry["level"]) for entry in entries] == [
        (LOCAL + section["url"], section["level"]) for section in sections
    ]
    assert sum(entry["words"] for entry in entries) == 3_104


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("instrument", {}),
        ("instrument", {"in_force_on": "1955-01-01", "legal_character": "treaty"}),
        ("event", {}),
        ("event", {"since": "1951", "until": "1960-06", "category": "treaty"}),
        ("event", {"topic": "history-and-origins"}),
        ("term", {"section": "history", "guide": GUIDE}),
        ("term", {}),
    ],
)
def test_facts_are_those_of_the_api(client: httpx.Client, kind: str, filters: dict[str, str]) -> None:
    served = client.get(f"/v1/{kind}s", params={"limit": 100, **filters}).json()
    found = list(pages(client, "facts", kind=kind, **filters))
    items = [item for page in found for item in page["items"]]
    assert [item["url"].removeprefix(LOCAL) for item in items] == [item["url"] for item in served["items"]]
    assert {page["total"] for page in found} == {served["total"]} != {0}


def test_facts_of_an_earlier_revision_stay_and_lead_to_each_other(store: Path, seeds: Path) -> None:
    (former,) = [each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere"]
    replace_in(seeds / "treaty-of-nowhere", "What a treaty is signed with", "What treaties are signed with")
    seed(store, seeds)
    with serving(store) as client:
        pinned = call(client, "facts", kind="term", guide="treaty-of-nowhere", revision=former)["items"]
        current = call(client, "facts", kind="term", guide="treaty-of-nowhere")["items"]
        assert [item["id"].partition("?")[0] for item in pinned] == [item["id"] for item in current]
        assert pinned != current
        for item in pinned:
            document = call(client, "fetch", id=item["id"])
            assert document["metadata"]["revision"] == former
            assert item["text"] in document["text"]


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("search", {}, "query: This argument is needed."),
        ("search", {"query": " "}, "query"),
        ("search", {"query": "a" * 201}, "200"),
        ("search", {"query": "treaty", "guide": "us-japan"}, f"Did you mean: {GUIDE}?"),
        ("search", {"query": "treaty", "cursor": "x"}, "cursor: Use the next_cursor"),
        ("search", {"query": "treaty", "limit": 5}, "It has: query, kind, guide, topic, cursor."),
        ("search", {"query": "treaty", **dict.fromkeys(map(str, range(1_000)), 1)}, "4: This tool has no such"),
        ("search", {"query": "treaty", "k" * 100_000: 1}, "kkk…: This tool has no such argument."),
        ("search", {"query": "treaty", "cursor": "1000"}, "cursor: Use the next_cursor"),
        ("fetch", {"id": "nothing"}, "Take an id"),
        ("fetch", {"id": "http://[/v1/terms/anpo"}, "Take an id"),
        ("fetch", {"id": f"guides/{GUIDE}/sections/histroy"}, "Did you mean: history"),
        ("fetch", {"id": f"guides/{GUIDE}/sections/history?edition=old"}, "edition"),
        ("fetch", {"id": f"guides/{GUIDE}", "cursor": "nothing"}, "no section"),
        ("fetch", {"id": f"guides/{GUIDE}/corrections", "cursor": "9" * 100}, "cursor"),
        ("fetch", {"id": "terms/anpo", "cursor": "x"}, "without a cursor"),
        ("fetch", {"id": f"guides/{GUIDE}/sections/history", "cursor": ".100-00000000"}, "the text has changed"),
        ("fetch", {"id": f"guides/{GUIDE}/corrections", "cursor": "1000"}, "cursor: Use the next_cursor"),
        ("contents", {"guide": "nowhere"}, "There is no guide"),
        ("contents", {"guide": GUIDE, "cursor": "1000"}, "cursor: Use the next_cursor"),
        ("facts", {"kind": "treaty"}, "'instrument', 'event' or 'term'"),
        ("facts", {"kind": "term", "since": "1960"}, "Only the kind `event` has this filter."),
        ("facts", {"kind": "event", "since": "1960-02-30"}, "since"),
        ("facts", {"kind": "event", "since": "1961", "until": "1960"}, "after `until`"),
        ("facts", {"kind": "term", "topic": "nothing"}, "There is no topic"),
        ("facts", {"kind": "term", "cursor": "1000"}, "cursor: Use the next_cursor"),
        ("facts", {"kind": "term", "revision": "0123456789ab"}, "give the `guide` as well"),
        ("facts", {"kind": "term", "guide": GUIDE, "revision": "0123456789ab"}, "revision"),
        ("facts", {"kind": "term", "guide": "us-japan"}, f"Did you mean: {GUIDE}?"),
        ("verify_quotations", {"quotes": []}, "quotes"),
        ("verify_quotations", {"quotes": ["a"] * 21}, "20"),
        ("verify_quotations", {"quotes": ["treaty", "“”"]}, "quotes: Number 2: A quotation needs"),
        ("verify_quotations", {"quotes": ["a" * 2_001]}, "2000"),
        ("verify_quotations", {"quotes": ["treaty", 1]}, "quotes: Number 2: Input should be a valid string."),
        ("verify_quotations", {"quotes": [1] * 20}, "quotes: Number 5: Input should be a valid string."),
    ],
)
def test_errors_say_what_to_do(client: httpx.Client, tool: str, arguments: dict[str, Any], message: str) -> None:
    found = error(client, tool, **arguments)
    assert message in found
    assert len(found) < 500


def test_a_former_id_leads_to_what_was_renamed(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    replace_in(seeds / "treaty-of-nowhere", "- slug: pen\n", "- slug: quill\n  formerly: [pen]\n")
    seed(store, seeds)
    with serving(store) as client:
        assert call(client, "fetch", id="terms/pen")["id"] == "terms/quill"
        assert "There is no term" in error(client, "fetch", id="terms/ink")
        assert "nothing with this id" in error(client, "fetch", id="terms/pen/terms/pen")


def test_null_and_empty_arguments_are_as_good_as_none(client: httpx.Client) -> None:
    assert call(client, "contents", guide="", cursor=None) == call(client, "contents")


def test_line_36_a_long_passage_is_cut_between_words(store: Path, seeds: Path) -> None:
    long = " ".join(f"word{number}" for number in range(5_000))
    replace_in(seeds / "treaty-of-nowhere", "Afterwards", long)
    seed(store, seeds)
    with serving(store) as client:
        section = next(
            item
            for item in client.get("/v1/guides/treaty-of-nowhere/sections").json()["items"]
            if any(long in passage["text"] for passage in item["passages"])
        )
        found = list(pages(client, "fetch", id=section["url"]))
    assert len(found) > 3
    words = " ".join(page["text"] for page in found).split()
    start = next(n for n, word in enumerate(words) if word.endswith("word0"))
    assert words[start + 1 : start + 5_000] == long.split()[1:]


def test_long_titles_and_odd_characters_do_not_make_results_longer(store: Path, seeds: Path) -> None:
    replace_in(seeds / "treaty-of-nowhere", "short_name: ", f"short_name: {'Q' * 20_000} ")
    replace_in(seeds / "treaty-of-nowhere", "summary: A", f"summary: {'“x” ' * 9_000}A")
    seed(store, seeds)
    with serving(store) as client:
        assert list(pages(client, "facts", kind="instrument"))
        assert call(client, "search", query="treaty")["results"]
        assert len(list(pages(client, "fetch", id="guides/treaty-of-nowhere"))) > 3
        assert list(pages(client, "contents"))


def test_results_are_the_same_for_a_repeated_call(client: httpx.Client) -> None:
    arguments = {"name": "fetch", "arguments": {"id": f"guides/{GUIDE}/sections/history"}}
    assert rpc(client, "tools/call", **arguments) == rpc(client, "tools/call", **arguments)
