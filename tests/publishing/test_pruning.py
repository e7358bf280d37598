"""Pruning keeps the revisions that anyone may still need."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.ledger.entries import Entry, FormerName, Kind, prune, read_entries
from app.publishing import catch_up, publishing, rebuilding
from app.publishing.pruning import prunable
from tests.http.responses import problem
from tests.publishing.test_publishing import reworded
from tests.service import seed, serving

NOW = datetime(2026, 11, 27, tzinfo=UTC)
SEA = "nowhere-and-the-sea"


def history(*entries: tuple[int, Kind, str, str | None]) -> list[Entry]:
    """Return entries with an age in days, a kind, a guide and a digest."""
    return [
        Entry(
            sequence=number,
            at=NOW - timedelta(days=days),
            kind=kind,
            guide=guide,
            title=guide.upper(),
            digest=digest,
            note=None,
            former_names=(FormerName("guide", "a", guide),) if kind == "renamed" else (),
        )
        for number, (days, kind, guide, digest) in enumerate(entries, start=1)
    ]


def removed(entries: list[Entry], keep: int, *, include_recent: bool = False) -> dict[str, str]:
    found = prunable(entries, keep, NOW, include_recent=include_recent)
    return {guide: "".join(digests) for (guide, _), digests in found.items()}


THREE = history((900, "published", "a", "1"), (500, "published", "a", "2"), (300, "published", "a", "3"))


def test_a_revision_that_was_current_within_a_year_stays() -> None:
    assert removed(THREE, 1) == {"a": "1"}
    assert removed(THREE, 1, include_recent=True) == {"a": "12"}
    assert removed(THREE, 2, include_recent=True) == {"a": "1"}
    assert removed(THREE, 3, include_recent=True) == {}


def test_the_current_revision_stays_even_if_it_is_old() -> None:
    rolled_back = history((900, "published", "a", "1"), (800, "published", "a", "2"), (700, "rolled_back", "a", "1"))
    assert removed(rolled_back, 1) == {"a": "2"}


def test_guides_are_counted_apart_and_pruned_revisions_not_at_all() -> None:
    assert removed(history(*((900, "published", guide, guide) for guide in "abc")), 1) == {}
    pruned = history((900, "published", "a", "1"), (500, "published", "a", "2"), (0, "pruned", "a", "1"))
    assert removed(pruned, 1, include_recent=True) == {}


def test_revisions_of_a_renamed_guide_count_for_its_new_name() -> None:
    renamed = history((900, "published", "a", "1"), (800, "published", "a", "2"), (700, "renamed", "b", "3"))
    assert removed(renamed, 1) == {"b": "12"}


def test_the_last_revision_of_a_withdrawn_guide_stays() -> None:
    withdrawn = history((900, "published", "a", "1"), (800, "published", "a", "2"), (700, "withdrawn", "a", None))
    assert removed(withdrawn, 1) == {"a": "1"}


def test_what_a_pruned_revision_changed_names_the_oldest_that_is_left(store: Path, seeds: Path) -> None:
    [first] = seed(store, seeds / SEA)
    for old, new in (("no harbour", "one harbour"), ("one harbour", "two harbours")):
        reworded(seeds, old, new)
        [last] = seed(store, seeds / SEA)
    with publishing(store) as (_, ledger):
        [(_, digests)] = prunable(read_entries(ledger), 1, datetime.now(UTC), include_recent=True).items()
    with rebuilding(store) as (read_model, ledger):
        prune(ledger, SEA, "", digests)
        catch_up(read_model, ledger)
    with serving(store) as client:
        assert client.get(f"/v1/guides/{SEA}/revisions").json()["total"] == 1
        assert client.get(f"/v1/guides/{SEA}/sections/harbours").json()["revision"] == last.revision
        assert problem(client.get(f"/v1/guides/{SEA}?revision={first.revision}")).status == 422
