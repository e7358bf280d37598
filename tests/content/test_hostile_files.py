"""Files that would crash, block or silently change a publication are refused."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content import read_guides, seed_files
from app.errors import ContentError
from app.limits import MAX_EMPHASIS_DEPTH, MAX_EMPHASIS_MARKS, MAX_YAML_DEPTH
from tests.content.test_guides import reported

FOLDER = "nowhere-and-the-sea"
ALL_FILES = ["topics.yaml", f"{FOLDER}/guide.md", f"{FOLDER}/source.txt", f"{FOLDER}/corrections.yaml"]

NOT_ALLOWED = "aliases and tags, such as “*name” and “!!name”, are not allowed"
LAUGHS = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))


def in_front_matter(seeds: Path, key: str) -> None:
    path = seeds / FOLDER / "guide.md"
    path.write_text(path.read_text().replace("language: en\n", f"language: en\n{key}\n"))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("[" * 100_000, 1, f"it has more than {MAX_YAML_DEPTH} levels"),
        ("- a\n- " + "{a: " * 100_000, 2, f"it has more than {MAX_YAML_DEPTH} levels"),
        ("".join("  " * level + "a:\n" for level in range(1000)), MAX_YAML_DEPTH + 1, "it has more than"),
        ("l0: &l0 [lol]\n" + LAUGHS, 2, NOT_ALLOWED),
        ("- &a\n  b: *a\n", 2, NOT_ALLOWED),
        ("- !!python/object/apply:os.getcwd []\n", 1, NOT_ALLOWED),
        ("- a\n- !!timestamp a\n", 2, NOT_ALLOWED),
        ("- slug: a\n  slug: b\n", 2, None),
    ],
)
@pytest.mark.parametrize("name", ["topics.yaml", f"{FOLDER}/terms.yaml"])
def test_yaml_that_would_crash_or_never_end_is_reported(
    seeds: Path, name: str, text: str, line: int, problem: str | None
) -> None:
    (seeds / name).write_text(text)
    message = f"This is not valid YAML ({problem}" if problem else "The key “slug” is used twice"
    assert any(issue.startswith(f"{name}:{line}: {message}") for issue in reported(seeds)), reported(seeds)


@pytest.mark.parametrize("key", ["topics: " + "[" * 100_000, "summary: &a [*a]"])
def test_front_matter_that_would_crash_is_reported(seeds: Path, key: str) -> None:
    in_front_matter(seeds, key)
    (message,) = reported(seeds)
    assert message.startswith(f"{FOLDER}/guide.md:5: This is not valid YAML (")


def test_yaml_of_the_maximum_depth_is_read(seeds: Path) -> None:
    (seeds / FOLDER / "terms.yaml").write_text("[" * MAX_YAML_DEPTH + "]" * MAX_YAML_DEPTH)
    assert all("not valid YAML" not in message for message in reported(seeds))


@pytest.mark.parametrize(
    "words",
    [
        "*a " * 1000 + "b" + "*" * 1000,
        "*" * 1000 + "a" + "*" * 1000,
        "*a " * (MAX_EMPHASIS_DEPTH + 1) + "b" + "*" * (MAX_EMPHASIS_DEPTH + 1),
        "_a*" * MAX_EMPHASIS_MARKS,
    ],
)
def test_emphasis_that_would_crash_or_never_end_is_reported(seeds: Path, words: str) -> None:
    path = seeds / FOLDER / "guide.md"
    lines = path.read_text().count("\n")
    path.write_text(f"{path.read_text()}\n{words}\n")
    (message,) = reported(seeds)
    assert message.startswith(f"{FOLDER}/guide.md:{lines + 2}: This has more than {MAX_EMPHASIS_MARKS} “*” and “_”")


@pytest.mark.parametrize(
    "words", ["*a " * MAX_EMPHASIS_DEPTH + "b" + "*" * MAX_EMPHASIS_DEPTH, "*a* " * 1000, "[" * 10_000]
)
def test_much_markup_is_read(seeds: Path, words: str) -> None:
    path = seeds / FOLDER / "guide.md"
    path.write_text(f"{path.read_text()}\n{words}\n")
    (guide,) = read_guides(seeds / FOLDER)
    assert guide.sections[-1].passages[-1].text == words.replace("*", "").strip()


@pytest.mark.parametrize("words", ["> " * 10_000 + "a", "- " * 10_000 + "a", "# {#" * 10_000, "## " + "{#" * 10_000])
def test_deeply_nested_markdown_is_reported(seeds: Path, words: str) -> None:
    path = seeds / FOLDER / "guide.md"
    path.write_text(f"{path.read_text()}\n{words}\n")
    assert reported(seeds)[0].startswith(f"{FOLDER}/guide.md:")


def link(path: Path) -> None:
    path.symlink_to(Path(__file__))


def dangling_link(path: Path) -> None:
    path.symlink_to("nothing")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def unix_socket(path: Path) -> None:
    os.chdir(path.parent)  # the path of a socket is at most 107 bytes long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (link, "it is a symbolic link"),
        (dangling_link, "it is a symbolic link"),
        (pipe, "it is not a regular file"),
        (folder, "it is not a regular file"),
        (unix_socket, "it is not a regular file"),
    ],
)
@pytest.mark.parametrize("name", ALL_FILES)
def test_only_regular_files_are_read(
    seeds: Path, monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[Path], None], problem: str
) -> None:
    monkeypatch.chdir(seeds)  # and back
    (seeds / name).unlink(missing_ok=True)
    make(seeds / name)
    assert any(message.startswith(f"{name}:1: This file is unreadable ({problem}); ") for message in reported(seeds))


@pytest.mark.parametrize("target", ["treaty-of-nowhere", "nowhere-at-all"])
def test_a_folder_that_is_a_symbolic_link_is_refused(seeds: Path, target: str) -> None:
    (seeds / "another").symlink_to(target)
    assert reported(seeds) == ["another:1: This is a symbolic link; put the file or folder itself here."]
    assert read_guides(seeds / FOLDER)


def test_a_folder_of_facts_without_a_guide_is_refused(seeds: Path) -> None:
    (seeds / "treaty-of-nowhere/guide.md").unlink()
    assert "treaty-of-nowhere:1: This folder has no guide.md; add it, or remove the folder." in reported(seeds)


@pytest.mark.parametrize(("name", "limit"), [("guide.md", "MAX_TEXT_BYTES"), ("terms.yaml", "MAX_YAML_BYTES")])
def test_a_file_that_is_too_large_is_refused(seeds: Path, name: str, limit: str) -> None:
    with (seeds / FOLDER / name).open("ab") as file:
        file.truncate(getattr(seed_files, limit) + 1)
    assert any(
        message.startswith(f"{FOLDER}/{name}:1: This file is unreadable (it is too") for message in reported(seeds)
    )


@pytest.mark.parametrize("name", ALL_FILES)
def test_a_nul_byte_is_reported_with_its_line(seeds: Path, name: str) -> None:
    path = seeds / name
    before = path.read_bytes() if path.exists() else b""
    path.write_bytes(before + b"\n\0\n")
    line = before.count(b"\n") + 2
    assert f"{name}:{line}: This line contains a NUL character; remove it." in reported(seeds)


def test_an_escaped_nul_is_reported_with_its_line(seeds: Path) -> None:
    in_front_matter(seeds, 'licence: "a\\0b"')
    assert reported(seeds) == [f"{FOLDER}/guide.md:5: This contains a NUL character; remove it."]


@pytest.mark.parametrize("name", ALL_FILES)
def test_an_empty_file_is_reported(seeds: Path, name: str) -> None:
    (seeds / name).write_bytes(b"")
    assert any(message.startswith(f"{name}:1: ") or "source.txt ends before" in message for message in reported(seeds))


def test_a_byte_order_mark_is_not_part_of_yaml(seeds: Path) -> None:
    path = seeds / "topics.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_guides(seeds)) == 2


def test_a_path_that_is_not_a_folder_is_reported(seeds: Path) -> None:
    with pytest.raises(ContentError, match="There is no guide here"):
        read_guides(seeds / "topics.yaml")
