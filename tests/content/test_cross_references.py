"""Cross-references and titles are kept as they were meant, or refused."""

from pathlib import Path

import pytest

from app.content import read_guides
from tests.content.passages import issues, write

ONE_LINE = "A cross-reference is one line; begin each with “> See also”, and leave an empty line below it."
WHOLE_TITLE = "Link the whole title and nothing else, as in “> See also [Another Guide](its-slug)”."


@pytest.mark.parametrize(
    ("words", "title", "guide"),
    [
        ("> See also A Guide to Pens", "A Guide to Pens", None),
        ("> See also [Nowhere](nowhere-and-the-sea)", "Nowhere", "nowhere-and-the-sea"),
        (">See also A *Guide*: Pens", "A Guide: Pens", None),
        ("> *See also* A", "A", None),
        ("> See also &lt;A\\> \\[B](c)", "<A> [B](c)", None),
    ],
)
def test_a_cross_reference_is_read(seeds: Path, words: str, title: str, guide: str | None) -> None:
    (read,) = read_guides(write(seeds, words))
    assert [(reference.title, reference.guide) for reference in read.sections[-1].see_also] == [(title, guide)]


@pytest.mark.parametrize(
    ("words", "line", "message"),
    [
        ("> See also A\n> See also B", 1, ONE_LINE),
        ("> See also A\nSee also B", 1, ONE_LINE),
        ("> See also A\nA passage.", 1, ONE_LINE),
        ("> See also A\n> and B", 1, ONE_LINE),
        ("> See also\n> A", 1, ONE_LINE),
        ("> See also [A](nowhere-and-the-sea) and [B](nowhere-and-the-sea)", 1, WHOLE_TITLE),
        ("> See also [A](nowhere-and-the-sea), 1959", 1, WHOLE_TITLE),
        ("> See also The [A](nowhere-and-the-sea)", 1, WHOLE_TITLE),
        ("> See also [A](nowhere-and-the-sea 'B')", 1, WHOLE_TITLE),
        (
            "> See also [\u00a0A](nowhere-and-the-sea)",
            1,
            "This text begins or ends with U+00A0 NO-BREAK SPACE; remove it.",
        ),
        ("> See also\u00a0A", 1, "This text begins or ends with U+00A0 NO-BREAK SPACE; remove it."),
        ("> See also \u00a0A", 1, "This text begins or ends with U+00A0 NO-BREAK SPACE; remove it."),
        (
            "> See also [\u200b](nowhere-and-the-sea)",
            1,
            "This looks empty, but contains U+200B ZERO WIDTH SPACE; remove that.",
        ),
    ],
)
def test_a_cross_reference_that_would_lose_something_is_refused(
    seeds: Path, words: str, line: int, message: str
) -> None:
    assert (line, message) in issues(seeds, words)


@pytest.mark.parametrize("words", ["> See also", "> see also A", "> See also A\n>\n> See also B", "> - See also A"])
def test_another_quotation_is_refused(seeds: Path, words: str) -> None:
    ((line, message),) = issues(seeds, words)
    assert (line, "This is a quotation" in message) == (1, True)


@pytest.mark.parametrize(
    ("heading", "marks"),
    [("## One ## {#one}", "##"), ("## One # {#one}", "#"), ("### One ### {#one}", "###"), ("## One ##\t{#one}", "##")],
)
def test_marks_before_a_slug_are_refused(seeds: Path, heading: str, marks: str) -> None:
    message = f"The “{marks}” before the slug would become part of the title; remove it."
    assert (1, message) in issues(seeds, f"{heading}\n\nText.")


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("## C# {#c}", "C#"),
        ("## One \\## {#c}", "One ##"),
        ("## One {#c} ##", "One"),
        ("## #1 {#c}", "#1"),
        ("## A \\{#b} {#c}", "A {#b}"),
    ],
)
def test_a_title_keeps_its_characters(seeds: Path, heading: str, title: str) -> None:
    (guide,) = read_guides(write(seeds, f"{heading}\n\nText."))
    assert (guide.sections[-1].title, guide.sections[-1].slug) == (title, "c")


@pytest.mark.parametrize(
    "heading", ["## One \\{#c}", "## One {#c", "## One {#c .note}", "## One {#c d}", "## One {#c} two"]
)
def test_a_heading_without_a_slug_is_refused(seeds: Path, heading: str) -> None:
    messages = [message for line, message in issues(seeds, f"{heading}\n\nText.") if line == 1]
    assert any("has no slug; end it with one, such as “{#its-slug}”." in message for message in messages)
