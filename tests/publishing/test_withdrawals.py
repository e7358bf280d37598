"""Withdrawals, restorations and rollbacks, as clients see them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.errors import InvalidInput, NotFound, Withdrawn
from app.publishing import publishing, roll_back, withdraw
from tests.http.responses import problem
from tests.publishing.test_publishing import reworded
from tests.service import seed, serving

GUIDE, SEA = "treaty-of-nowhere", "nowhere-and-the-sea"
REASON = "Its author asked for it."
LISTS = ("/v1/instruments", "/v1/events", "/v1/terms", "/v1/sources")


def withdraw_guide(store: Path, guide: str = GUIDE, reason: str = REASON) -> None:
    with publishing(store) as (read_model, ledger):
        withdraw(read_model, ledger, guide, reason)


@pytest.fixture
def client(store: Path, seeds: Path) -> Iterator[httpx.Client]:
    """A client of a server with the sample guides, of which a test may withdraw one."""
    seed(store, seeds)
    with serving(store) as client:
        yield client


def test_line_32_addresses_of_a_withdrawn_guide_give_410_with_date_and_reason(
    client: httpx.Client, store: Path
) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    of_guide = f"/v1/guides/{GUIDE}"
    addresses = [
        of_guide,
        f"{of_guide}?format=html",
        f"{of_guide}/source",
        f"{of_guide}/revisions",
        f"{of_guide}/sections/signing",
        f"{of_guide}/sections/no-such-section",
        f"{of_guide}/passages/signing.1?revision={revision}",
        f"{of_guide}/sections/signing/citation?revision={revision}",
        "/v1/terms/pen",
        f"/v1/terms/pen?revision={revision}",
        "/v1/sources/gazette/citation",
        "/v1/instruments/treaty-of-nowhere/articles/1",
        f"/v1/events?guide={GUIDE}",
        f"/v1/search?q=treaty&guide={GUIDE}",
        f"/v1/quotations?text=treaty&guide={GUIDE}",
    ]
    withdraw_guide(store)
    for address in addresses:
        gone = problem(client.get(address))
        assert (gone.status, gone.type) == (410, "/problems/withdrawn"), address
        assert gone.detail.startswith(f"The guide “{GUIDE}” was withdrawn on 20")
        assert gone.detail.endswith(f"Z: {REASON}")
    assert client.get("/problems/withdrawn").status_code == 200
    assert problem(client.get("/v1/terms/no-such-term")).status == 404


def test_a_withdrawn_guide_is_in_no_list(client: httpx.Client, store: Path) -> None:
    assert all(client.get(address).json()["total"] for address in LISTS)
    withdraw_guide(store)
    assert [guide["slug"] for guide in client.get("/v1/guides").json()["items"]] == [SEA]
    assert [client.get(address).json()["total"] for address in LISTS] == [0] * len(LISTS)
    assert [topic["counts"]["guides"] for topic in client.get("/v1/topics").json()["items"]] == [1]
    found = client.get("/v1/search?q=treaty").json()
    assert (found["total"], found["facets"]["guide"]) == (0, [])
    assert client.get("/v1/quotations?text=Fish+pay+nothing.").json()["match"] == "absent"
    assert GUIDE not in client.get("/sitemap.xml").text
    assert client.get("/v1/suggestions?q=tre").json()["items"] == []
    assert client.get(f"/v1/guides/{SEA}/sections").json()["total"] == 1
    withdraw_guide(store, SEA)
    assert client.get("/v1/guides").json()["total"] == 0


@pytest.mark.parametrize("change", [False, True], ids=["as it was", "with other words"])
def test_publishing_restores_a_withdrawn_guide(store: Path, seeds: Path, change: bool) -> None:
    seed(store, seeds)
    withdraw_guide(store, SEA)
    if change:
        reworded(seeds)
    [restored] = [each for each in seed(store, seeds) if each.guide == SEA]
    assert restored.outcome == "restored as revision {}."
    with serving(store) as client:
        assert client.get(f"/v1/guides/{SEA}").json()["revision"] == restored.revision
        assert client.get(f"/v1/guides/{SEA}/revisions").json()["total"] == 1 + change
        harbours = client.get(f"/v1/guides/{SEA}/passages/harbours.1").json()["text"]
        assert harbours == f"Nowhere has {'one' if change else 'no'} harbour."
        assert client.get("/v1/search?q=harbour").json()["total"] == 1


def test_a_guide_can_take_the_facts_of_a_withdrawn_one(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    withdraw_guide(store)
    folder = seeds / "second"
    (seeds / GUIDE).rename(folder)
    guide = folder / "guide.md"
    guide.write_text(guide.read_text().replace(f"slug: {GUIDE}", "slug: second"))
    seed(store, folder)
    with serving(store) as client:
        assert client.get("/v1/terms/pen").json()["guide"] == "second"


def test_a_rollback_makes_an_earlier_revision_current(store: Path, seeds: Path) -> None:
    [old] = seed(store, seeds / SEA)
    reworded(seeds)
    [new] = seed(store, seeds / SEA)
    with publishing(store) as (read_model, ledger):
        rolled_back = roll_back(read_model, ledger, SEA, old.revision)
        again = roll_back(read_model, ledger, SEA, old.revision)
    assert [rolled_back.outcome.name, again.outcome.name] == ["CURRENT_AGAIN", "UNCHANGED"]
    with serving(store) as client:
        assert client.get(f"/v1/guides/{SEA}").json()["revision"] == old.revision
        found = client.get("/v1/search?q=harbour").json()
        assert found["items"][0]["passages"][0]["excerpt"] == "Nowhere has no harbour."
        assert client.get(f"/v1/guides/{SEA}?revision={new.revision}").status_code == 200


def test_only_what_exists_can_be_withdrawn_or_rolled_back(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    with publishing(store) as (read_model, ledger):
        with pytest.raises(NotFound):
            withdraw(read_model, ledger, "nowhere", REASON)
        with pytest.raises(InvalidInput):
            roll_back(read_model, ledger, SEA, "0" * 12)
    withdraw_guide(store)
    for _ in range(2):
        with pytest.raises(Withdrawn, match=REASON):
            withdraw_guide(store)
