"""`formerly` of guides, sections and facts, in seed files."""

from pathlib import Path

import pytest

from app.content import read_guides
from app.errors import ContentError
from app.ledger.entries import FormerName
from app.publishing.former_names import former_names

GUIDE = "treaty-of-nowhere"
ENTRIES = {
    "corrections.yaml": "- slug: tea\n",
    "events.yaml": "- slug: counting\n",
    "terms.yaml": "- slug: pen\n",
    "sources.yaml": "- slug: gazette\n",
    "instruments.yaml": "- slug: treaty-of-nowhere\n",
    "articles.yaml": "- slug: '2'\n    ",
}


def edit(seeds: Path, name: str, old: str, new: str) -> None:
    path = seeds / GUIDE / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def former(seeds: Path, name: str, slug: str) -> None:
    """Give an entry of a file a former slug."""
    edit(seeds, name, ENTRIES[name], f"{ENTRIES[name]}  formerly: [{slug}]\n{' ' * 4 * (name == 'articles.yaml')}")


def issues(seeds: Path) -> list[str]:
    with pytest.raises(ContentError) as found:
        read_guides(seeds)
    return [str(issue).removeprefix(f"{seeds}/{GUIDE}/") for issue in found.value.issues]


def test_former_slugs_are_read_from_every_file(seeds: Path) -> None:
    edit(seeds, "guide.md", f"slug: {GUIDE}\n", f"slug: {GUIDE}\nformerly: [nowhere]\n")
    edit(seeds, "guide.md", "{#signing}", '{#signing formerly="ceremony  oath"}')
    edit(seeds, "guide.md", "{#opening .supplied}", '{#opening .supplied formerly="start"}')
    for name in ENTRIES:
        former(seeds, name, "old")
    guide = next(guide for guide in read_guides(seeds) if guide.slug == GUIDE)
    assert list(former_names(guide)) == [
        FormerName("guide", "nowhere", GUIDE),
        FormerName("section", "start", "opening"),
        FormerName("section", "ceremony", "signing"),
        FormerName("section", "oath", "signing"),
        FormerName("correction", "old", "tea"),
        FormerName("instrument", "old", "treaty-of-nowhere"),
        FormerName("event", "old", "counting"),
        FormerName("term", "old", "pen"),
        FormerName("source", "old", "gazette"),
        FormerName("article", "treaty-of-nowhere/old", "treaty-of-nowhere/2"),
    ]


def test_a_former_slug_of_a_fact_cannot_be_in_use(seeds: Path) -> None:
    former(seeds, "events.yaml", "signing")
    former(seeds, "articles.yaml", "'3'")
    in_use = "is in use; remove it here, or give that entry another one."
    assert issues(seeds) == [f"articles.yaml:11: The slug “3” {in_use}", f"events.yaml:23: The slug “signing” {in_use}"]


def test_two_facts_cannot_have_had_the_same_slug(seeds: Path) -> None:
    former(seeds, "terms.yaml", "old, old")
    assert issues(seeds) == ["terms.yaml:2: The slug “old” is listed as a former one twice; remove one of them."]


@pytest.mark.parametrize(
    ("attributes", "issue"),
    [
        ('formerly="fish"', "The slug “fish” is in use; remove it here, or give that section another one."),
        ('formerly="a a"', "The slug “a” is listed as a former one twice; remove one of them."),
        (
            'formerly="Old"',
            "“Old” is not a slug; use lower-case letters, digits and single hyphens, 100 characters at most.",
        ),
        (
            "formerly=old",
            'Write former slugs at the end, in quotation marks, as in “{#its-slug formerly="old-slug"}”.',
        ),
    ],
)
def test_former_slugs_of_sections_are_checked(seeds: Path, attributes: str, issue: str) -> None:
    edit(seeds, "guide.md", "{#tariffs}", f"{{#tariffs {attributes}}}")
    assert f"guide.md:45: {issue}" in issues(seeds)


def test_a_guide_that_is_still_here_is_not_a_former_one(seeds: Path) -> None:
    edit(seeds, "guide.md", f"slug: {GUIDE}\n", f"slug: {GUIDE}\nformerly: [nowhere-and-the-sea]\n")
    assert issues(seeds) == [
        "guide.md:3: The guide “nowhere-and-the-sea” is still here; remove its folder, or this entry."
    ]
