"""A file or folder whose content would be ignored is reported."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.content import read_guides
from tests.content.test_guides import reported

FOLDER = "nowhere-and-the-sea"
RENAME = "A file of this name is ignored; rename it to guide.md."


@pytest.mark.parametrize("name", ["Guide.md", "GUIDE.MD", "guide.markdown", "guide.MD", "guide.txt", "guide.md.txt"])
def test_a_guide_of_another_name_is_reported(seeds: Path, name: str) -> None:
    (seeds / FOLDER / "guide.md").rename(seeds / FOLDER / name)
    assert f"{FOLDER}/{name}:1: {RENAME}" in reported(seeds)
    assert f"{name}:1: {RENAME}" in [message.removeprefix(f"{FOLDER}/") for message in reported(seeds / FOLDER)]


@pytest.mark.parametrize("name", ["empty", "drafts", "Treaty"])
def test_a_folder_without_a_guide_is_reported(seeds: Path, name: str) -> None:
    (seeds / name).mkdir()
    assert reported(seeds) == [f"{name}:1: This folder has no guide.md; add it, or remove the folder."]
    (seeds / name / "notes.txt").write_text("Notes.")
    assert reported(seeds) == [f"{name}:1: This folder has no guide.md; add it, or remove the folder."]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Source.txt", "A file of this name is ignored; did you mean “source.txt”?"),
        ("SOURCE.TXT", "A file of this name is ignored; did you mean “source.txt”?"),
        ("Terms.yaml", "A file of this name is ignored; did you mean “terms.yaml”?"),
        ("terms.YAML", "A file of this name is ignored; did you mean “terms.yaml”?"),
        ("event.yml", "A file of this name is ignored; did you mean “events.yaml”?"),
        ("Guide.md", "A file of this name is ignored; did you mean “guide.md”?"),
    ],
)
def test_a_file_of_a_guide_with_another_name_is_reported(seeds: Path, name: str, message: str) -> None:
    (seeds / FOLDER / name).write_text("")
    assert reported(seeds) == [f"{FOLDER}/{name}:1: {message}"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Topics.yaml", "A file of this name is ignored; did you mean “topics.yaml”?"),
        ("topics.yml", "A file of this name is ignored; did you mean “topics.yaml”?"),
        ("topic.yaml", "A file of this name is ignored; did you mean “topics.yaml”?"),
        ("events.yaml", "This file is ignored here; move it to the folder of its guide."),
        ("source.txt", "This file is ignored here; move it to the folder of its guide."),
    ],
)
def test_a_file_beside_the_guides_is_reported(seeds: Path, name: str, message: str) -> None:
    (seeds / name).write_text("")
    assert reported(seeds) == [f"{name}:1: {message}"]


def test_a_guide_inside_the_folder_of_another_is_reported(seeds: Path) -> None:
    (seeds / "treaty-of-nowhere").rename(seeds / FOLDER / "treaty-of-nowhere")
    message = "This folder is ignored here; move it next to the folder of this guide."
    assert f"{FOLDER}/treaty-of-nowhere:1: {message}" in reported(seeds)


@pytest.mark.parametrize(
    "make",
    [
        lambda seeds: (seeds / ".git").mkdir(),
        lambda seeds: (seeds / "README.md").write_text("A note for editors."),
        lambda seeds: (seeds / FOLDER / "README.md").write_text("A note for editors."),
        lambda seeds: (seeds / FOLDER / "scans").mkdir(),
    ],
)
def test_other_files_are_left_alone(seeds: Path, make: Callable[[Path], object]) -> None:
    make(seeds)
    assert len(read_guides(seeds)) == 2
