"""What happened to the guides."""

from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from app.publishing import publishing, roll_back, withdraw
from tests.http.responses import links, problem
from tests.service import replace_in, seed, serving

NOWHERE = "treaty-of-nowhere"
SEA = "nowhere-and-the-sea"
ATOM = "{http://www.w3.org/2005/Atom}"
History = list[tuple[str, str, str | None, str | None]]
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"


@pytest.fixture
def history(store: Path, seeds: Path) -> History:
    """Everything that happened to the guides of a store: kind, guide, revision and previous revision."""
    first = {each.guide: each.revision for each in seed(store, seeds)}
    replace_in(seeds / NOWHERE, "Fish pay nothing.", "Fish pay a little.")
    second = {each.guide: each.revision for each in seed(store, seeds)}[NOWHERE]
    with publishing(store) as (session, ledger):
        roll_back(session, ledger, NOWHERE, first[NOWHERE], note="Too early.")
        withdraw(session, ledger, SEA, "For a test.")
        withdraw(session, ledger, NOWHERE, "For another test.")
    seed(store, seeds / NOWHERE)
    return [
        ("published", SEA, first[SEA], None),
        ("published", NOWHERE, first[NOWHERE], None),
        ("published", NOWHERE, second, first[NOWHERE]),
        ("rolled_back", NOWHERE, first[NOWHERE], second),
        ("withdrawn", SEA, None, first[SEA]),
        ("withdrawn", NOWHERE, None, first[NOWHERE]),
        ("restored", NOWHERE, second, None),
    ]


def happened(items: list[dict[str, str]]) -> History:
    return [(each["kind"], each["guide"], each["revision"], each["previous"]) for each in items]


def since(client: httpx.Client, cursor: str, limit: int) -> tuple[list[dict[str, str]], str]:
    """Return what happened after a cursor, page by page, and the next cursor."""
    items = []
    address = f"/v1/changes?since={cursor}&limit={limit}"
    while address:
        page = client.get(address).raise_for_status().json()
        items += page["items"]
        address, cursor = page["next"], page["next_cursor"]
    return items, cursor


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_line_33_everything_that_happened_is_listed_once(store: Path, history: History, limit: int) -> None:
    with serving(store) as client:
        items, cursor = since(client, "0", limit)
        assert happened(items) == history
        assert since(client, cursor, limit) == ([], cursor)
        for number, item in enumerate(items):
            assert happened(since(client, str(item["sequence"]), limit)[0]) == history[number + 1 :]


def test_line_33_a_stored_cursor_returns_what_happened_later(store: Path, seeds: Path, history: History) -> None:
    with serving(store) as client:
        cursor = client.get("/v1/changes?limit=2").json()["next_cursor"]
        with publishing(store) as (session, ledger):
            withdraw(session, ledger, NOWHERE, "Again.")
        items, _ = since(client, cursor, 100)
        assert happened(items) == [("withdrawn", NOWHERE, None, history[-1][2])]
        assert items[0]["note"] == "Again."


def test_without_a_cursor_the_newest_comes_first(store: Path, history: History) -> None:
    with serving(store) as client:
        items, cursors, address = [], set(), "/v1/changes?limit=3"
        while address:
            page = client.get(address).json()
            items += page["items"]
            cursors.add(page["next_cursor"])
            address = page["next"]
        assert happened(items) == history[::-1]
        assert cursors == {str(items[0]["sequence"])}
        assert [item["note"] for item in items[1:4]] == ["For another test.", "For a test.", "Too early."]


def test_changes_lead_to_what_changed(store: Path, history: History) -> None:
    with serving(store) as client:
        for item in client.get("/v1/changes?since=0").json()["items"]:
            assert (item["changes_url"] is None) == (item["guide"] == SEA or item["kind"] in {"withdrawn", "restored"})
            if item["changes_url"]:
                page = client.get(item["changes_url"]).json()
                assert (page["since"], page["until"]) == (item["previous"], item["revision"])
                assert page["total"]


@pytest.mark.parametrize("query", ["since=99", "since=x", "since=", "since=-1", "since=00", "since=1&cursor=MQ"])
def test_a_wrong_cursor_is_a_422(sample: httpx.Client, query: str) -> None:
    found = problem(sample.get(f"/v1/changes?{query}"))
    assert found.status == 422
    assert sample.get("/v1/changes?since=999999999999999999").status_code == 422


def test_the_service_document_leads_to_the_changes(sample: httpx.Client) -> None:
    assert sample.get("/").json()["links"]["changes"] == "/v1/changes"


def test_a_feed_has_an_entry_for_each_guide_and_tombstones_for_withdrawn_ones(store: Path, history: History) -> None:
    with serving(store, public_url="https://guides.example") as client:
        response = client.get("/v1/changes", headers={"Accept": "application/atom+xml"})
        assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
        assert response.content == client.get("/v1/changes?format=atom").content
        assert links(client.get("/v1/changes"))
        feed = ET.fromstring(response.text)
        assert feed.findtext(f"{ATOM}id") == "https://guides.example/v1/changes"
        items = client.get("/v1/changes").json()["items"]
        assert feed.findtext(f"{ATOM}updated") == items[0]["at"]
        entries = [element for element in feed if element.tag in {f"{ATOM}entry", f"{TOMBSTONE}deleted-entry"}]
        for item, entry in zip(items, entries, strict=True):
            url = f"https://guides.example/v1/guides/{item['guide']}"
            if item["kind"] == "withdrawn":
                assert (entry.get("ref"), entry.get("when")) == (url, item["at"])
                assert entry.findtext(f"{TOMBSTONE}comment") == item["note"]
            else:
                assert entry.findtext(f"{ATOM}id") == url
                assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated")) == (item["title"], item["at"])
                assert entry.find(f"{ATOM}category").get("term") == item["kind"]  # type: ignore[union-attr]
                assert str(item["revision"]) in (entry.findtext(f"{ATOM}summary") or "")


@pytest.mark.parametrize("format_", ["html", "md", "txt"])
def test_readers_get_what_happened_as_a_page(store: Path, history: History, format_: str) -> None:
    with serving(store) as client:
        page = client.get(f"/v1/changes?format={format_}").text
        assert "A Guide to the Treaty of Nowhere" in page
        assert "For another test." in page
        assert "rolled back" in page.lower()
