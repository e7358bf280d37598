"""The changes between two revisions of a guide."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.publishing import Publication
from tests.http.responses import problem
from tests.routers.lists import all_items
from tests.service import SAMPLE, copy_of, replace_in, seed, serving

NOWHERE = "/v1/guides/treaty-of-nowhere"
EDITS = {
    "The treaty was signed": "A new paragraph.\n\nThe treaty was signed",
    "Fish pay nothing.": "Fish pay a little.",
    "1960年に": "1952年に",
    "Tariffs": "Customs",
    "What a treaty is signed with.": "What signs a treaty.",
    "slug: pens-bought": "slug: pens-sold",
    "My Life with Pens": "My Life with Quills",
    "Tea follows every signing.": "Tea follows most signings.",
    "It was coffee for some.": "It was coffee for most.",
}


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, str, str]]:
    """A client of a server with two revisions of a guide, and the names of these."""
    folder = tmp_path_factory.mktemp("edited")
    seeds = copy_of(SAMPLE, folder / "seeds")
    first = revision_of(seed(folder / "store.db", seeds))
    for before, after in EDITS.items():
        replace_in(seeds / "treaty-of-nowhere", before, after)
    second = revision_of(seed(folder / "store.db", seeds))
    with serving(folder / "store.db") as client:
        yield client, first, second


def revision_of(publications: list[Publication]) -> str:
    return next(each.revision for each in publications if each.guide == "treaty-of-nowhere")


def named(changes: list[Any]) -> list[tuple[str, str, str]]:
    return [(each["kind"], each["change"], each["slug"] or each["id"]) for each in changes]


def test_every_difference_between_two_revisions_is_listed(edited: tuple[httpx.Client, str, str]) -> None:
    client, _, _ = edited
    assert named(all_items(client, f"{NOWHERE}/changes?limit=3")) == [
        ("section", "changed", "tariffs"),
        ("passage", "added", "signing.1"),
        ("passage", "moved", "signing.2"),
        ("passage", "moved", "signing.3"),
        ("passage", "moved", "signing.4"),
        ("passage", "moved", "signing.5"),
        ("passage", "changed", "entry-into-force.1"),
        ("passage", "changed", "fish.1"),
        ("correction", "changed", "tea"),
        ("article", "changed", "2"),
        ("event", "added", "pens-sold"),
        ("event", "removed", "pens-bought"),
        ("term", "changed", "pen"),
        ("source", "changed", "memoir"),
    ]


def test_a_change_has_the_resource_before_and_after(edited: tuple[httpx.Client, str, str]) -> None:
    client, first, second = edited
    for change in all_items(client, f"{NOWHERE}/changes?until={second}"):
        assert (change["before"] is None) == (change["change"] == "added")
        assert (change["after"] is None) == (change["change"] == "removed")
        for revision, resource in ((first, change["before"]), (second, change["after"])):
            if resource:
                assert httpx.URL(resource["url"]).params["revision"] == revision
                assert client.get(resource["url"]).json() == resource
        assert change["url"] == (change["after"] or change["before"])["url"]


def test_links_lead_to_the_current_revision_by_default(edited: tuple[httpx.Client, str, str]) -> None:
    client, _, _ = edited
    for change in all_items(client, f"{NOWHERE}/changes"):
        assert ("?" in change["url"]) == (change["change"] == "removed")
        assert client.get(change["url"]).status_code == 200


def test_passages_have_their_words_before_and_after(edited: tuple[httpx.Client, str, str]) -> None:
    client, _, _ = edited
    changes = {each["id"]: each for each in all_items(client, f"{NOWHERE}/changes") if each["kind"] == "passage"}
    assert [(each["op"], each["text"]) for each in changes["fish.1"]["words"]] == [
        ("equal", "Fish pay "),
        ("delete", "nothing"),
        ("insert", "a little"),
        ("equal", "."),
    ]
    assert [(each["op"], each["text"]) for each in changes["entry-into-force.1"]["words"]] == [
        ("equal", "条約は "),
        ("delete", "1960"),
        ("insert", "1952"),
        ("equal", "年に発効した。"),
    ]
    assert changes["signing.1"]["words"] == [{"op": "insert", "text": "A new paragraph."}]
    assert [each["op"] for each in changes["signing.2"]["words"]] == ["equal"]
    assert (changes["signing.2"]["before"]["id"], changes["signing.2"]["after"]["id"]) == ("signing.1", "signing.2")


def test_an_older_until_gives_the_changes_that_lead_back(edited: tuple[httpx.Client, str, str]) -> None:
    client, first, second = edited
    forth = all_items(client, f"{NOWHERE}/changes?since={first}&until={second}")
    back = all_items(client, f"{NOWHERE}/changes?since={second}&until={first}")
    opposite = {"added": "removed", "removed": "added"}

    def sides(changes: list[Any]) -> list[tuple[Any, ...]]:
        resources = ((each["kind"], each["change"], each["before"], each["after"]) for each in changes)
        return sorted(resources, key=str)

    assert sides(back) == sides(
        [
            each
            | {"before": each["after"], "after": each["before"], "change": opposite.get(each["change"], each["change"])}
            for each in forth
        ]
    )


def test_a_revision_does_not_differ_from_itself(edited: tuple[httpx.Client, str, str]) -> None:
    client, first, second = edited
    for revision in (first, second):
        page = client.get(f"{NOWHERE}/changes?since={revision}&until={revision}").json()
        assert (page["items"], page["total"], page["since"], page["until"]) == ([], 0, revision, revision)


def test_the_first_revision_added_everything(edited: tuple[httpx.Client, str, str]) -> None:
    client, first, _ = edited
    page = client.get(f"{NOWHERE}/changes?until={first}&limit=100").json()
    assert (page["since"], {each["change"] for each in page["items"]}) == (None, {"added"})
    passages = [each["after"] for each in page["items"] if each["kind"] == "passage"]
    assert passages == all_items(client, f"{NOWHERE}/passages?revision={first}")


@pytest.mark.parametrize("parameter", ["since", "until"])
def test_an_unknown_revision_is_a_422_with_the_most_similar_one(
    edited: tuple[httpx.Client, str, str], parameter: str
) -> None:
    client, first, _ = edited
    similar = first[:-1] + ("0" if first[-1] != "0" else "1")
    found = problem(client.get(f"{NOWHERE}/changes?{parameter}={similar}"))
    assert (found.status, found.errors and found.errors[0].parameter) == (422, parameter)
    assert first in (found.did_you_mean or [])
    assert client.get(f"{NOWHERE}/changes?{parameter}=xyz").status_code == 422
    assert client.get(f"/v1/guides/treaty-of-somewhere/changes?{parameter}={first}").status_code == 404


@pytest.mark.parametrize("parameter", ["edition=original", "revision={}"])
def test_neither_an_edition_nor_a_revision_selects_changes(
    edited: tuple[httpx.Client, str, str], parameter: str
) -> None:
    client, first, _ = edited
    for address in ("/changes", "/revisions", f"/revisions/{first}"):
        assert client.get(f"{NOWHERE}{address}?{parameter.format(first)}").status_code == 422


def test_web_pages_mark_deleted_and_inserted_words(edited: tuple[httpx.Client, str, str]) -> None:
    client, _, _ = edited
    page = client.get(f"{NOWHERE}/changes?format=html").text
    hidden = r'<span class="visually-hidden">[^<]*</span>'
    assert "Fish pay <del>nothing</del><ins>a little</ins>." in re.sub(hidden, "", page)
    assert "What <ins>signs </ins>a treaty<del> is signed with</del>." in re.sub(hidden, "", page)
    assert len(re.findall(f"<del>{hidden}[^<]*{hidden}</del>", page)) == page.count("<del>") > 5
    assert "<script>alert" not in page


@pytest.mark.parametrize("format_", ["md", "txt"])
def test_documents_mark_deleted_and_inserted_words(edited: tuple[httpx.Client, str, str], format_: str) -> None:
    client, _, _ = edited
    document = client.get(f"{NOWHERE}/changes?format={format_}").text
    assert "pay [-nothing-]{+a little+}." in " ".join(document.split())
    assert "definition: What {+signs +}a treaty[- is signed with-]." in document


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({"quote: tea": "quote: there was tea"}, [("correction", "changed", "tea")]),
        (
            {"on Wednesday, 1 July 1959,": "on Thursday, 2 July 1959,"},
            [("passage", "changed", "signing.1"), ("correction", "changed", "tuesday")],
        ),
        (
            {"A Guide to the Treaty of Nowhere": "A Guide to Nothing"},
            [("guide", "changed", "treaty-of-nowhere")],
        ),
        ({"tariffs: [trade]": "tariffs: [origins]"}, [("section", "changed", "tariffs")]),
        (
            {
                "See also A Guide to Pens": "See also A Guide to Quills",
                "See also  A Guide to Pens": "See also  A Guide to Quills",
            },
            [("section", "changed", "signing")],
        ),
        ({"sections: [opening, signing]": "sections: [opening]"}, [("term", "changed", "nowhere-treaty-organization")]),
        ({"pinpoint: p. 3": "pinpoint: p. 4"}, [("correction", "changed", "tuesday")]),
    ],
)
def test_one_edit_is_one_change(
    store: Path, seeds: Path, edits: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    seed(store, seeds)
    for before, after in edits.items():
        replace_in(seeds / "treaty-of-nowhere", before, after)
    seed(store, seeds)
    with serving(store) as client:
        assert named(all_items(client, f"{NOWHERE}/changes")) == expected


def test_a_section_in_another_place_is_moved(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    for name, part in (("guide.md", "### Entry into force {#entry-into-force}"), ("source.txt", "Entry into force")):
        path = seeds / "treaty-of-nowhere" / name
        text = path.read_text()
        start = text.index(f"\n{part}\n")
        end = text.index("発効した。\n", start) + len("発効した。\n")
        moved = text[start:end]
        rest = text[:start] + text[end:]
        ratification = rest.index("\n### Ratification" if name == "guide.md" else "\nRatification\n")
        path.write_text(rest[:ratification] + moved + rest[ratification:])
    seed(store, seeds)
    with serving(store) as client:
        assert named(all_items(client, f"{NOWHERE}/changes")) == [("section", "moved", "entry-into-force")]


def rename(seeds: Path, *edits: tuple[str, str]) -> None:
    for before, after in edits:
        replace_in(seeds / "treaty-of-nowhere", before, after)


RENAMED_FISH = (
    ("{#fish}", '{#fishes formerly="fish"}'),
    ("signing, fish]", "signing, fishes]"),
)


def test_a_renamed_section_is_one_change_with_its_former_slug(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    rename(seeds, *RENAMED_FISH)
    seed(store, seeds)
    with serving(store) as client:
        changes = all_items(client, f"{NOWHERE}/changes")
        assert named(changes) == [("section", "moved", "fishes"), ("passage", "moved", "fishes.1")]
        assert (changes[0]["before"]["slug"], changes[0]["after"]["slug"]) == ("fish", "fishes")
        [revision] = client.get(f"{NOWHERE}/revisions?limit=1").json()["items"]
        assert {each["kind"]: each["moved"] for each in revision["changes"]} == {"section": 1, "passage": 1}
        page = client.get(f"{NOWHERE}/changes?format=html").text
        before = changes[0]["before"]["url"]
        assert "<h2>Renamed: section" in page
        assert f', formerly <a href="{before}">fish</a>' in page
        assert client.get(before).json()["slug"] == "fish"
        for format_ in ("md", "txt"):
            document = client.get(f"{NOWHERE}/changes?format={format_}").text
            assert "(section, renamed, formerly fish)" in " ".join(document.split())


def test_a_renamed_section_with_another_title_and_text_is_changed(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    rename(seeds, *RENAMED_FISH, ("### Fish {", "### Fishes {"), ("\nFish\n", "\nFishes\n"))
    rename(seeds, ("Fish pay nothing.", "Fish pay a little."))
    seed(store, seeds)
    with serving(store) as client:
        changes = all_items(client, f"{NOWHERE}/changes")
        assert named(changes)[:2] == [("section", "changed", "fishes"), ("passage", "changed", "fishes.1")]
        assert [each["before"].get("slug") or each["before"]["id"] for each in changes[:2]] == ["fish", "fish.1"]
        assert "<h2>Changed: section" in client.get(f"{NOWHERE}/changes?format=html").text


def test_renames_are_followed_over_several_revisions_and_back(store: Path, seeds: Path) -> None:
    first = revision_of(seed(store, seeds))
    rename(seeds, *RENAMED_FISH)
    seed(store, seeds)
    rename(seeds, ('{#fishes formerly="fish"}', '{#shoal formerly="fishes"}'), ("signing, fishes]", "signing, shoal]"))
    third = revision_of(seed(store, seeds))
    with serving(store) as client:
        for since, until, old, new in ((first, third, "fish", "shoal"), (third, first, "shoal", "fish")):
            changes = all_items(client, f"{NOWHERE}/changes?since={since}&until={until}")
            assert named(changes) == [("section", "moved", new), ("passage", "moved", f"{new}.1")]
            assert (changes[0]["before"]["slug"], changes[1]["before"]["id"]) == (old, f"{old}.1")


def test_a_section_that_replaces_another_one_is_not_renamed(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    rename(seeds, ("{#fish}", "{#fishes}"), ("signing, fish]", "signing, fishes]"))
    second = revision_of(seed(store, seeds))
    rename(seeds, ("{#fishes}", '{#fishes formerly="fish"}'))
    seed(store, seeds)
    with serving(store) as client:
        page = f"{NOWHERE}/changes?until={second}"
        assert named(all_items(client, page)) == [
            ("section", "removed", "fish"),
            ("section", "added", "fishes"),
            ("passage", "moved", "fishes.1"),
            ("event", "changed", "counting"),
        ]


def test_renamed_facts_are_one_change_each_and_change_nothing_else(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    rename(
        seeds,
        ("- slug: pen\n", "- slug: quill\n  formerly: [pen]\n"),
        ("- slug: tea\n", "- slug: coffee\n  formerly: [tea]\n"),
        ("- slug: pens-bought\n", "- slug: bought\n  formerly: [pens-bought]\n"),
        ("- slug: memoir\n", "- slug: life\n  formerly: [memoir]\n"),
        ("sources: [memoir]", "sources: [life]"),
        ("slug: memoir", "slug: life"),
        ("- slug: treaty-of-nowhere\n", "- slug: nowhere\n  formerly: [treaty-of-nowhere]\n"),
        ("instrument: treaty-of-nowhere\n", "instrument: nowhere\n"),
        ("- slug: '3'\n", "- slug: '4'\n      formerly: ['3']\n"),
    )
    seed(store, seeds)
    with serving(store) as client:
        changes = all_items(client, f"{NOWHERE}/changes")
        slugs = [(each["kind"], each["change"], each["before"]["slug"], each["slug"]) for each in changes]
        assert slugs == [
            ("correction", "moved", "tea", "coffee"),
            ("instrument", "moved", "treaty-of-nowhere", "nowhere"),
            ("article", "moved", "preamble", "preamble"),
            ("article", "moved", "2", "2"),
            ("article", "moved", "3", "4"),
            ("event", "moved", "pens-bought", "bought"),
            ("term", "moved", "pen", "quill"),
            ("source", "moved", "memoir", "life"),
        ]
        for change in changes:
            assert client.get(change["before"]["url"]).json() == change["before"]
