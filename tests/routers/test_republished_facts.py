"""Facts and corrections that a later publication changes or moves."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.routers.lists import all_items, slugs
from tests.service import seed, serving


@pytest.fixture
def republished(store: Path, seeds: Path) -> Iterator[tuple[httpx.Client, str]]:
    """Serve a guide with one fact of each kind changed; yield a client and the old revision."""
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
    assert [source["title"] for source in all_items(client, "/v1/sources")][1:] == ["My Life with Pencils"]
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
