"""Guides, topics, and the service document."""

import hashlib
import re
import tomllib
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.service import GUIDE, ROOT, SAMPLE, SEEDS, copy_of, seed, serving

GUIDE_URL = f"/v1/guides/{GUIDE}"


def test_the_source_is_served_byte_for_byte(client: httpx.Client) -> None:
    response = client.get(f"{GUIDE_URL}/source")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert hashlib.sha256(response.content).hexdigest() == (
        "a9dcda2085502fe9e79a1014e0d3e40362a6e910d8060d5d13a7bd71ccddcef6"
    )
    assert response.content == (SEEDS / GUIDE / "source.txt").read_bytes()


def test_a_guide_without_a_source_has_no_link_to_one(sample: httpx.Client) -> None:
    assert sample.get("/v1/guides/nowhere-and-the-sea").json()["links"]["source"] is None
    assert sample.get("/v1/guides/nowhere-and-the-sea/source").status_code == 404


def test_the_contents_are_nested_like_the_sections(sample: httpx.Client) -> None:
    def outline(entries: list[dict[str, object]]) -> list[object]:
        return [(entry["slug"], entry["number"], outline(entry["children"])) for entry in entries]  # type: ignore[arg-type]

    guide = sample.get("/v1/guides/treaty-of-nowhere").json()
    assert outline(guide["contents"]) == [
        ("opening", None, []),
        ("signing", "1", [("ratification", "1.1", [("deposit", "1.1.1", [])]), ("entry-into-force", "1.2", [])]),
        ("tariffs", "2", [("fish", "2.1", [])]),
    ]
    assert guide["counts"] == {
        "sections": 7,
        "passages": 9,
        "topics": 2,
        "corrections": 3,
        "instruments": 2,
        "events": 4,
        "terms": 2,
        "sources": 2,
    }
    for kind, address in guide["links"].items():
        if kind in guide["counts"]:
            assert sample.get(address).json()["total"] == guide["counts"][kind]
    assert guide["licence"] == "CC0-1.0"


def test_a_guide_of_the_list_is_the_guide_alone(sample: httpx.Client) -> None:
    page = sample.get("/v1/guides").json()
    assert [guide["slug"] for guide in page["items"]] == ["nowhere-and-the-sea", "treaty-of-nowhere"]
    for guide in page["items"]:
        assert sample.get(guide["url"]).json() == guide


def test_the_guides_come_in_pages(sample: httpx.Client) -> None:
    first = sample.get("/v1/guides?limit=1").json()
    assert (first["total"], len(first["items"])) == (2, 1)
    assert sample.get(first["next"]).json()["items"][0]["slug"] == "treaty-of-nowhere"


def test_the_topics_are_those_of_the_guides_in_their_shared_order(client: httpx.Client, sample: httpx.Client) -> None:
    topics = client.get("/v1/topics").json()
    assert topics["total"] == 11
    assert topics["items"][0]["title"] == "History and origins"
    assert [(topic["slug"], topic["counts"]) for topic in sample.get("/v1/topics").json()["items"]] == [
        ("origins", {"guides": 1, "sections": 3, "passages": 6, "instruments": 2, "events": 3, "terms": 2}),
        ("trade", {"guides": 2, "sections": 3, "passages": 5, "instruments": 2, "events": 3, "terms": 2}),
    ]


def test_the_topics_keep_their_order_whichever_guide_is_published_last(store: Path, seeds: Path) -> None:
    (seeds / "nowhere-and-the-sea/guide.md").write_text(
        (seeds / "nowhere-and-the-sea/guide.md").read_text().replace("[trade]", "[unused, trade]")
    )
    for folder in ("treaty-of-nowhere", "nowhere-and-the-sea"):
        seed(store, seeds / folder)
        with serving(store) as client:
            slugs = [topic["slug"] for topic in client.get("/v1/topics").json()["items"]]
        assert slugs == [slug for slug in ("origins", "trade", "unused") if slug in slugs]


def test_a_topic_of_the_list_is_the_topic_alone(client: httpx.Client) -> None:
    for topic in client.get("/v1/topics").json()["items"]:
        assert client.get(topic["url"]).json() == topic
        assert client.get(topic["sections_url"]).json()["total"] == topic["counts"]["sections"]


def test_the_sections_of_a_topic_come_from_all_guides(sample: httpx.Client) -> None:
    page = sample.get("/v1/topics/trade/sections").json()
    assert [(section["guide"], section["slug"]) for section in page["items"]] == [
        ("nowhere-and-the-sea", "harbours"),
        ("treaty-of-nowhere", "signing"),
        ("treaty-of-nowhere", "tariffs"),
    ]
    assert page["items"][1] == sample.get("/v1/guides/treaty-of-nowhere/sections/signing").json()


def test_only_the_current_revision_counts_for_a_topic(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("topics")
    seed(folder / "store.db", SAMPLE)
    seeds = copy_of(SAMPLE, folder / "seeds")
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("harbours: [trade]", "harbours: [origins]"))
    seed(folder / "store.db", seeds)
    with serving(folder / "store.db") as client:
        slugs = [section["slug"] for section in client.get("/v1/topics/trade/sections").json()["items"]]
    assert slugs == ["signing", "tariffs"]


def test_the_service_document_leads_everywhere(client: httpx.Client) -> None:
    service = client.get("/").json()
    lists = {"guides", "topics", "instruments", "events", "terms", "sources"}
    assert set(service["links"]) == lists | {"changes", "docs", "openapi", "health"}
    for address in service["links"].values():
        assert client.get(address).status_code == 200


VARIABLES = {
    "q": "treaty",
    "text": "the treaty",
    "guide": GUIDE,
    "section": "history",
    "passage": "history.1",
    "instrument": "treaty-1960",
    "article": "5",
}


def expand(template: str, variables: dict[str, str]) -> str:
    """Expand a URI template of level 1 (RFC 6570)."""
    return re.sub(r"{(\w+)}", lambda variable: quote(variables[variable[1]], safe=""), template)


def test_every_template_of_the_service_document_expands_to_a_resource(client: httpx.Client) -> None:
    templates = client.get("/").json()["templates"]
    assert set(templates) == {"search", "suggestions", "quotation", "guide", "section", "passage", "article"}
    expanded = {name: client.get(expand(template, VARIABLES)) for name, template in templates.items()}
    assert {name: response.status_code for name, response in expanded.items()} == dict.fromkeys(templates, 200)
    resources = {name: response.json() for name, response in expanded.items()}
    assert resources["search"]["items"]
    assert resources["suggestions"]["items"]
    assert resources["quotation"]["text"] == "the treaty"
    for name in ("guide", "section", "article"):
        assert resources[name]["slug"] == VARIABLES[name]
    assert resources["passage"]["id"] == VARIABLES["passage"]


def test_the_service_document_says_which_licence_covers_what(client: httpx.Client) -> None:
    licences = client.get("/").json()["licences"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {name: licence["spdx_id"] for name, licence in licences.items()} == {
        "software": project["license"],
        "guide_texts": None,
        "corrections_and_facts": "CC0-1.0",
    }
    assert all("licence" in guide for guide in client.get(licences["guide_texts"]["url"]).json()["items"])


def test_links_stand_under_the_public_address_when_there_is_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = tmp_path_factory.mktemp("public") / "store.db"
    seed(store, SAMPLE)
    with serving(store, public_url="https://treaties.example.org/") as client:
        page = client.get("/v1/guides?limit=1", headers={"Host": "evil.example"})
        assert page.json()["next"].startswith("https://treaties.example.org/v1/guides?cursor=")
        assert page.json()["items"][0]["url"] == "https://treaties.example.org/v1/guides/nowhere-and-the-sea"
        assert client.get("/nope").json()["type"] == "https://treaties.example.org/problems/not-found"
        assert client.get("/openapi.json").json()["servers"][0]["url"] == "https://treaties.example.org"
        assert (
            "connect-src 'self' https://treaties.example.org;" in client.get("/docs").headers["content-security-policy"]
        )
        assert "evil" not in page.text + str(page.headers)
