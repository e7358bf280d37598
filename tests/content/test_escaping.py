"""What `treaty-guide export` writes is read as the same text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.escaping import escape_markdown
from app.content.issues import ValidationIssues
from app.content.markdown import read_guide_text
from tests.content.test_lost_markdown import BLOCKS, DEFINITIONS, EXTENSIONS, HEADINGS, INLINE

FRONT = "---\nslug: a\ntitle: A\nlanguage: en\nsummary: A.\n---\n\n"
MARKS = [
    *"\\`*_[]<>{}~^$|#+-=:%!?&;()@.,\"'/•＃0123456789 aAé条\u200b\u00a0",
    "==",
    "++",
    "$$",
    "{#",
    "](",
    "<!--",
    "- ",
    "&amp;",
    "1. ",
]


def read(text: str) -> tuple[str, str, str, str]:
    """Return a text that was written as a title, a paragraph, a list item and a cross-reference, as it is read."""
    escaped = escape_markdown(text)
    issues = ValidationIssues()
    guide = f"{FRONT}## {escaped} {{#a}}\n\n{escaped}\n\n- {escaped}\n\n> See also {escaped}\n"
    _, _, (section,) = read_guide_text(guide, Path("guide.md"), issues)
    issues.raise_if_errors()
    paragraph, item = section.passages
    return section.title, paragraph.text, item.text, section.see_also[0].title


@pytest.mark.parametrize(
    "text",
    [words for words, _ in (*BLOCKS, *HEADINGS, *INLINE, *EXTENSIONS)]
    + DEFINITIONS
    + ["Two ## and # ##", "\u200b## Title", "C# and C++", "US$5 ($A)", "{YEAR}", "See also A", "  "],
)
def test_every_line_of_markup_can_be_text(text: str) -> None:
    for line in filter(str.strip, text.split("\n")):
        assert read(line.strip().replace("\t", " ")) == (line.strip().replace("\t", " "),) * 4


@given(
    st.lists(st.sampled_from(MARKS), min_size=1, max_size=12)
    .map("".join)
    .map(str.strip)
    .filter(lambda text: any(map(str.isalnum, text)))
)
def test_any_text_that_is_escaped_is_read_as_it_was(text: str) -> None:
    assert read(text) == (text,) * 4


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"]), min_size=1)
    .map(str.strip)
    .filter(lambda text: any(map(str.isalnum, text)))
)
def test_any_characters_that_are_escaped_are_read_as_they_were(text: str) -> None:
    assert read(text) == (text,) * 4


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was signed in 1951: it cost US$5, 50% of it (or 2 + 2 = 4) “in Nowhere”; see Art. 5.1.",
        "Established in {YEAR} - the U.S.-Japan treaty | A/B, what? Yes!",
    ],
)
def test_ordinary_prose_needs_no_escapes(text: str) -> None:
    assert escape_markdown(text) == text
