"""`treaty-guide seed` reports changes, and removes everything of a kind only on request."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.large import write_guides
from tests.cli.conftest import Run
from tests.service import seed, serving

GUIDE = "treaty-of-nowhere"


def changes(output: str) -> list[str]:
    """Return the lines that report changes."""
    return [line for line in output.splitlines() if " before (" in line]


def test_a_first_publication_and_an_unchanged_guide_report_no_changes(run: Run, store: Path, seeds: Path) -> None:
    assert changes(run(store, "seed", str(seeds)).stdout) == []
    assert changes(run(store, "seed", str(seeds)).stdout) == []


def test_additions_and_removals_are_reported_by_kind(run: Run, store: Path, seeds: Path) -> None:
    seed(store, seeds)
    (seeds / GUIDE / "source.txt").unlink()
    for name, old, new in [
        ("guide.md", "Fish pay nothing.", "Fish pay nothing.\n\nOn Fridays they do.\n\nA little."),
        ("corrections.yaml", "slug: tea", "slug: coffee"),
        ("events.yaml", "- slug: counting", "- slug: recounting"),
    ]:
        path = seeds / GUIDE / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    terms = seeds / GUIDE / "terms.yaml"
    terms.write_text(terms.read_text().partition("- slug: nowhere")[0])
    assert changes(run(store, "seed", "--yes", str(seeds)).stdout) == [
        f"{GUIDE}: as many corrections as before (1 added, 1 removed).",
        f"{GUIDE}: as many events as before (1 added, 1 removed).",
        f"{GUIDE}: 2 more passages than before (2 added, 0 removed).",
        f"{GUIDE}: 1 fewer source document than before (0 added, 1 removed).",
        f"{GUIDE}: 1 fewer term than before (0 added, 1 removed).",
    ]


def test_what_has_a_former_slug_is_reported_as_renamed(run: Run, store: Path, seeds: Path) -> None:
    seed(store, seeds)
    for name, old, new in [
        ("guide.md", "{#fish}", '{#herrings formerly="fish"}'),
        ("events.yaml", "[signing, fish]", "[signing, herrings]"),
        ("instruments.yaml", "- slug: treaty-of-nowhere", "- slug: nowhere-treaty\n  formerly: [treaty-of-nowhere]"),
        ("articles.yaml", "- instrument: treaty-of-nowhere", "- instrument: nowhere-treaty"),
        ("articles.yaml", "- slug: preamble", "- slug: opening\n      formerly: [preamble]"),
        ("terms.yaml", "- slug: nowhere", "- slug: nowhere-land"),
    ]:
        path = seeds / GUIDE / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    assert changes(run(store, "seed", str(seeds)).stdout) == [
        f"{GUIDE}: as many articles as before (0 added, 0 removed, 3 renamed).",
        f"{GUIDE}: as many instruments as before (0 added, 0 removed, 1 renamed).",
        f"{GUIDE}: as many passages as before (0 added, 0 removed, 1 renamed).",
        f"{GUIDE}: as many sections as before (0 added, 0 removed, 1 renamed).",
        f"{GUIDE}: as many terms as before (1 added, 1 removed).",
    ]


def remove_file(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def remove_topics(folder: Path) -> None:
    guide = folder / "guide.md"
    guide.write_text(re.sub(r"topics:\n(  .*\n)+", "topics: {}\n", guide.read_text()))


@pytest.mark.parametrize(
    ("remove", "lost", "change"),
    [
        (remove_file("corrections.yaml"), "all 3 corrections", "3 fewer corrections than before (0 added, 3 removed)."),
        (remove_file("articles.yaml"), "all 3 articles", "3 fewer articles than before (0 added, 3 removed)."),
        (
            remove_file("source.txt"),
            "the only source document",
            "1 fewer source document than before (0 added, 1 removed).",
        ),
        (remove_topics, "all 2 topics", "2 fewer topics than before (0 added, 2 removed)."),
    ],
    ids=["corrections", "articles", "source document", "topics"],
)
def test_everything_of_a_kind_is_removed_only_with_yes(
    run: Run, store: Path, seeds: Path, remove: Callable[[Path], None], lost: str, change: str
) -> None:
    (_, published) = seed(store, seeds)
    remove(seeds / GUIDE)
    done = run(store, "seed", str(seeds))
    assert done.returncode == 1
    assert done.stderr == (
        f"This would remove {lost} of “{GUIDE}”; nothing was published. Restore the seed files, or run"
        " `treaty-guide seed --yes` if it is intended.\n"
    )
    with serving(store) as client:
        assert client.get(f"/v1/guides/{GUIDE}").json()["revision"] == published.revision
    done = run(store, "seed", "--yes", str(seeds))
    assert done.returncode == 0
    assert changes(done.stdout) == [f"{GUIDE}: {change}"]


def test_removed_corrections_come_back_with_the_earlier_revision(run: Run, store: Path, seeds: Path) -> None:
    seed(store, seeds)
    path = seeds / GUIDE / "corrections.yaml"
    text = path.read_text()
    path.unlink()
    run(store, "seed", "--yes", str(seeds))
    path.write_text(text)
    done = run(store, "seed", str(seeds))
    assert "published before, is current again." in done.stdout
    assert changes(done.stdout) == [f"{GUIDE}: 3 more corrections than before (3 added, 0 removed)."]


def test_a_guide_without_a_folder_is_reported_as_still_served(run: Run, store: Path, seeds: Path) -> None:
    seed(store, seeds)
    shutil.rmtree(seeds / "nowhere-and-the-sea")
    guide = seeds / GUIDE / "guide.md"
    guide.write_text(guide.read_text().replace("](nowhere-and-the-sea)", "](treaty-of-nowhere)"))
    line = (
        f"nowhere-and-the-sea: still served, though it has no folder in {seeds}; to withdraw it, run"
        " `treaty-guide withdraw nowhere-and-the-sea --reason TEXT`.\n"
    )
    assert run(store, "seed", str(seeds)).stdout.endswith(line)
    assert "still served" not in run(store, "seed", str(seeds / GUIDE)).stdout


def test_few_of_many_guides_without_a_folder_are_named(run: Run, store: Path, tmp_path: Path) -> None:
    write_guides(tmp_path / "many", 8, sections=1)
    write_guides(tmp_path / "one", 1, sections=1)
    run(store, "seed", str(tmp_path / "many"))
    lines = run(store, "seed", str(tmp_path / "one")).stdout.splitlines()
    named = [line.partition(":")[0] for line in lines if ": still served" in line]
    assert named == [f"guide-{n}" for n in range(1, 6)]
    assert lines[-1] == "So are 2 more guides."
