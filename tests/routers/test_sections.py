"""Sections and passages: the words of the guide, and the place of each in it."""

import hashlib
import itertools
from typing import Any

import httpx
import pytest

from app.representations.source_text import BULLET, SEE_ALSO
from tests.routers.lists import all_items
from tests.service import GUIDE, SEEDS

GUIDE_URL = f"/v1/guides/{GUIDE}"


def blocks(section: dict[str, Any]) -> list[str]:
    """Return the text blocks of a section: heading, passages and cross-references, in order."""
    said = [] if section["title_supplied"] else [section["title"]]
    references: dict[str | None, list[str]] = {None: [], **{passage["id"]: [] for passage in section["passages"]}}
    for reference in section["see_also"]:
        references[reference["after"]].append(SEE_ALSO + reference["title"])
    said += references[None]
    for passage in section["passages"]:
        said.append((BULLET if passage["kind"] == "list_item" else "") + passage["text"])
        said += references[passage["id"]]
    return said


def test_the_parts_of_the_guide_re_joined_are_the_source_document(client: httpx.Client) -> None:
    title = client.get(GUIDE_URL).json()["title"]
    sections = all_items(client, f"{GUIDE_URL}/sections?limit=7&edition=original")
    joined = "\n\n".join([title, *itertools.chain.from_iterable(map(blocks, sections))])
    assert joined == (SEEDS / GUIDE / "source.txt").read_text()


def test_there_are_eighteen_sections_each_in_its_place(client: httpx.Client) -> None:
    sections = all_items(client, f"{GUIDE_URL}/sections")
    assert len(sections) == 18
    for before, after in itertools.pairwise(sections):
        assert before["next"] == {key: after[key] for key in ("slug", "title", "url")}
        assert after["previous"] == {key: before[key] for key in ("slug", "title", "url")}
    assert sections[0]["previous"] is None
    assert sections[-1]["next"] is None
    by_slug = {section["slug"]: section for section in sections}
    for section in sections:
        assert section["level"] == (1 if section["parent"] is None else 2)
        for child in section["children"]:
            assert by_slug[child["slug"]]["parent"]["slug"] == section["slug"]
    assert {s["slug"]: [c["slug"] for c in s["children"]] for s in sections if s["children"]} == {
        "evolution-of-military-cooperation": [
            "joint-training-exercises",
            "technology-sharing-and-defense-modernization",
        ],
        "challenges-and-criticisms": ["domestic-opposition", "external-pressures-and-negotiations"],
        "economic-and-trade-dimensions": ["interconnected-interests", "trade-implications"],
    }


def test_a_section_alone_is_the_section_of_the_list(client: httpx.Client) -> None:
    for section in all_items(client, f"{GUIDE_URL}/sections"):
        assert client.get(section["url"]).json() == section


def test_a_passage_alone_is_the_passage_of_its_section(client: httpx.Client) -> None:
    for section in all_items(client, f"{GUIDE_URL}/sections"):
        for n, passage in enumerate(section["passages"], start=1):
            assert passage["id"] == f"{section['slug']}.{n}"
            assert client.get(passage["url"]).json() == passage


def test_the_digest_of_a_passage_is_of_its_text(client: httpx.Client) -> None:
    passage = client.get(f"{GUIDE_URL}/passages/history.1").json()
    assert passage["digest"] == f"sha256:{hashlib.sha256(passage['text'].encode()).hexdigest()}"


def test_a_list_item_has_no_bullet(client: httpx.Client) -> None:
    passage = client.get(f"{GUIDE_URL}/passages/trade-implications.5").json()
    assert passage["kind"] == "list_item"
    assert passage["text"].startswith("Market access: ")


def test_the_three_cross_references_are_not_prose(client: httpx.Client) -> None:
    sections = all_items(client, f"{GUIDE_URL}/sections")
    assert [(s["slug"], s["see_also"][0]) for s in sections if s["see_also"]] == [
        (
            "evolution-of-military-cooperation",
            {
                "title": "Post-Conflict Reconstruction: Rebuilding Nations for a Sustainable Future",
                "guide": None,
                "url": None,
                "after": "evolution-of-military-cooperation.2",
            },
        ),
        (
            "domestic-opposition",
            {
                "title": "Preserving Cultural Heritage: A Guide to Effective Protection",
                "guide": None,
                "url": None,
                "after": "domestic-opposition.4",
            },
        ),
        (
            "interconnected-interests",
            {
                "title": "Understanding the Significance of PESCO Military Cooperation",
                "guide": None,
                "url": None,
                "after": "interconnected-interests.4",
            },
        ),
    ]
    assert not any("See also" in passage["text"] for section in sections for passage in section["passages"])


def test_a_cross_reference_to_a_guide_held_here_is_a_link(sample: httpx.Client) -> None:
    opening = sample.get("/v1/guides/treaty-of-nowhere/sections/opening").json()
    assert opening["see_also"] == [
        {
            "title": "Nowhere and the Sea",
            "guide": "nowhere-and-the-sea",
            "url": "/v1/guides/nowhere-and-the-sea",
            "after": None,
        }
    ]
    assert sample.get(opening["see_also"][0]["url"]).json()["title"] == "Nowhere and the Sea"


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("topic=origins", ["opening", "signing", "ratification"]),
        ("parent=none", ["opening", "signing", "tariffs"]),
        ("parent=signing", ["ratification", "entry-into-force"]),
        ("parent=signing&topic=origins", ["ratification"]),
        ("parent=fish", []),
        ("topic=trade&parent=ratification", []),
    ],
)
def test_sections_are_filtered_by_topic_and_parent(sample: httpx.Client, query: str, slugs: list[str]) -> None:
    page = sample.get(f"/v1/guides/treaty-of-nowhere/sections?{query}").json()
    assert [section["slug"] for section in page["items"]] == slugs
    assert page["total"] == len(slugs)


@pytest.mark.parametrize(
    ("query", "near"),
    [("topic=orgins", ["origins"]), ("parent=sining", ["signing"]), ("topic=orgins&parent=none", ["origins"])],
)
def test_an_unknown_filter_value_is_not_an_empty_page(sample: httpx.Client, query: str, near: list[str]) -> None:
    response = sample.get(f"/v1/guides/treaty-of-nowhere/sections?{query}")
    assert response.status_code == 422
    assert response.json()["did_you_mean"][:1] == near
    assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_pages_lead_to_each_other_and_keep_the_filters(sample: httpx.Client) -> None:
    first = sample.get("/v1/guides/treaty-of-nowhere/sections?parent=none&limit=2")
    second = sample.get(first.json()["next"])
    assert [item["slug"] for page in (first, second) for item in page.json()["items"]] == [
        "opening",
        "signing",
        "tariffs",
    ]
    assert second.json()["next"] is None
    assert sample.get(second.json()["previous"]).json() == first.json()
    assert second.links["first"]["url"] == second.links["prev"]["url"] == second.json()["previous"]
    assert first.links["next"]["url"] == first.json()["next"]


@pytest.mark.parametrize("cursor", ["MA", "LTE", "OTk", "zz", "MDE", "MQM", "٣"])
def test_a_cursor_that_no_page_gave_is_refused(sample: httpx.Client, cursor: str) -> None:
    response = sample.get("/v1/guides/treaty-of-nowhere/sections", params={"cursor": cursor})
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "cursor"
