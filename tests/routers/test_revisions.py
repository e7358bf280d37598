"""The revisions of a guide."""

from pathlib import Path

from tests.http.responses import problem
from tests.routers.lists import all_items
from tests.service import replace_in, seed, serving

NOWHERE = "/v1/guides/treaty-of-nowhere"


def test_a_revision_of_the_list_is_the_revision_alone(store: Path, seeds: Path) -> None:
    publish_two(store, seeds)
    with serving(store) as client:
        listed = all_items(client, f"{NOWHERE}/revisions?limit=1")
        assert len(listed) == 2
        for revision in listed:
            assert client.get(revision["url"]).json() == revision
            assert client.get(revision["guide_url"]).json()["revision"] == revision["revision"]
            assert revision["slug"] == revision["revision"] == revision["digest"][7:19]


def test_a_revision_counts_what_it_changed(store: Path, seeds: Path) -> None:
    publish_two(store, seeds)
    with serving(store) as client:
        second, first = all_items(client, f"{NOWHERE}/revisions")
        assert second["changes"] == [
            {"kind": "passage", "added": 0, "removed": 0, "changed": 1, "moved": 0},
            {"kind": "term", "added": 0, "removed": 0, "changed": 1, "moved": 0},
        ]
        counts = client.get(f"{NOWHERE}?revision={first['revision']}").json()["counts"]
        added = {count["kind"]: count["added"] for count in first["changes"]}
        assert added["passage"] == counts["passages"]
        for revision in (first, second):
            changes = all_items(client, revision["changes_url"])
            counted = sum(sum(value for key, value in count.items() if key != "kind") for count in revision["changes"])
            assert len(changes) == counted


def test_a_revision_names_the_one_that_was_current_before_it(store: Path, seeds: Path) -> None:
    first, second = publish_two(store, seeds)
    replace_in(seeds / "treaty-of-nowhere", "What signs a treaty.", "What a treaty is signed with.")
    replace_in(seeds / "treaty-of-nowhere", "Fish pay a little.", "Fish pay nothing.")
    assert revision_of(store, seeds) == first  # is current again
    replace_in(seeds / "treaty-of-nowhere", "Fish pay nothing.", "Fish pay all.")
    third = revision_of(store, seeds)
    with serving(store) as client:
        before = {each["revision"]: each["previous"] for each in all_items(client, f"{NOWHERE}/revisions")}
        assert before == {first: None, second: first, third: first}


def test_an_unknown_revision_is_a_404_with_the_most_similar_one(store: Path, seeds: Path) -> None:
    first, _ = publish_two(store, seeds)
    similar = first[:-1] + ("0" if first[-1] != "0" else "1")
    with serving(store) as client:
        found = problem(client.get(f"{NOWHERE}/revisions/{similar}"))
        assert (found.status, first in "".join(found.did_you_mean or [])) == (404, True)


def publish_two(store: Path, seeds: Path) -> tuple[str, str]:
    first = revision_of(store, seeds)
    replace_in(seeds / "treaty-of-nowhere", "What a treaty is signed with.", "What signs a treaty.")
    replace_in(seeds / "treaty-of-nowhere", "Fish pay nothing.", "Fish pay a little.")
    return first, revision_of(store, seeds)


def revision_of(store: Path, seeds: Path) -> str:
    return next(each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere")
