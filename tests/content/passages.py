"""Check words as the end of a guide."""

from pathlib import Path

from app.content import read_guides
from app.errors import ContentError
from tests.service import SAMPLE

FOLDER = "nowhere-and-the-sea"
GUIDE = (SAMPLE / FOLDER / "guide.md").read_text()
FIRST_LINE = GUIDE.count("\n") + 2  # of the words


def write(seeds: Path, words: str) -> Path:
    """Write words, after an empty line, to the end of a sample guide in a copy of the seeds; return its folder."""
    folder = seeds / FOLDER
    (folder / "guide.md").write_bytes(f"{GUIDE}\n{words}\n".encode())
    return folder


def issues(seeds: Path, words: str) -> list[tuple[int, str]]:
    """Return the line of each issue, counted from 1 in these words, and its message."""
    try:
        read_guides(write(seeds, words))
    except ContentError as error:
        return [(issue.line - FIRST_LINE + 1, issue.message) for issue in error.issues]
    return []


def passages(seeds: Path, words: str) -> list[str]:
    """Return the text of the passages that these words become."""
    (guide,) = read_guides(write(seeds, words))
    return [passage.text for section in guide.sections for passage in section.passages][1:]
