"""Every character of an accepted guide is published, or is syntax that a guide keeps."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from app.content import Section
from app.content.issues import ValidationIssues
from app.content.markdown import read_guide_text

FRONT = "---\nslug: a\ntitle: A\nlanguage: en\nsummary: A.\n---\n\n"
OPENING = "## Opening {#opening}\n\nA text.\n\n"

# Syntax that is kept: a slug, the lead of a cross-reference with its link, and single marks.
KEPT = re.compile(r"\{#[a-z0-9-]+(?: \.supplied)?\}|^>[ ]?See also |\]\([a-z-]+\)$", re.MULTILINE)
MARKS = set("#*_\\-+>[")
SPACES = str.maketrans("", "", " \n\t")

WORDS = [
    "treaty", "Article 5", "No. 5", "1951", "条約", "U.S.", "é", "well-known", "(sic)", "[1]", "a_b", "2 * 3", "x^2",
    "{YEAR}", "50%", "$5", "a|b",
]  # fmt: skip
INLINE = [
    "*{}*", "**{}**", "_{}_", "`{}`", "~~{}~~", "~{}~", "=={}==", "^{}^", "${}$", "[{}](url)",
    "[{}](https://x.org 'T')", "[{}][ref]", "![{}](p.png)", "[^{}]", "^[{}]", "<b>{}</b>", "<!-- {} -->",
    "<https://{}>", "\\*{}\\*", "\\<{}>", "&lt;{}&gt;", "&amp;{}", "&nbsp;{}", "[[{}]]", "{{#{}}}", "{{.{}}}", ":{}:",
    "{}  \n{}", "{}\\\n{}", "{}\n{}", "{}\t{}", "\xa0{}", "{}\u200b", "\u3000{}", "{}\u2028{}", "{{>>{}<<}}",
    "%%{}%%", "\\{}{{}}", "*{}", "{}**", "__{}", "<{}>",
]  # fmt: skip
BLOCKS = [
    "{}", "{}", "{}", "- {}", "- {}\n- {}", "* {}\n\n* {}", "+ {}", "- {}\n  {}", "- {}\n{}", "1. {}", "1) {}",
    "2. {}", "- [ ] {}", "- [x] {}", "> {}", "> See also {}", "> See also {}\n> See also {}", "> See also {}\n{}",
    "> See also [{}](nowhere)", "## {} {{#one}}", "### {} {{#two .supplied}}", "## {} ## {{#three}}",
    "## {} {{#four}} ##", "##{} {{#five}}", "## {}", "{}\n===", "{}\n---", "---\n{}\n---", "{}\n: {}",
    "{} | {}\n--- | ---\n{} | {}", "| {} | {} |", "[^1]: {}", "[ref]: {}", "[ref]: https://x.org '{}'", "    {}",
    "```\n{}\n```", "~~~ {}", "<!-- {} -->", "<div>\n{}\n</div>", "***", "!!! {}", "::: {}", "+++\n{}\n+++",
    "$$\n{}\n$$", "\\begin{{a}}\n{}\n\\end{{a}}", "*[{}]: {}", ":{}: {}", "% {}", "-{}", "-\xa0{}", "\u200b", "• {}",
]  # fmt: skip


def filled(templates: list[str], words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Fill the places of a template with words."""

    def fill(template: str) -> st.SearchStrategy[str]:
        places = template.replace("{{", "").replace("}}", "").count("{}")
        return st.tuples(*[words] * places).map(lambda parts: template.format(*parts))

    return st.sampled_from(templates).flatmap(fill)


word = st.sampled_from(WORDS)
inline = st.lists(st.one_of(word, word, word, filled(INLINE, word)), min_size=1, max_size=4).map(" ".join)
blocks = st.lists(filled(BLOCKS, inline), min_size=1, max_size=3)
documents = st.builds(lambda parts, join: join.join(parts), blocks, st.sampled_from(["\n\n", "\n\n", "\n"]))
characters = st.lists(
    st.sampled_from([*"#*_\\-+>[]()<>{}|:~=^$`!%&;. \n\tab1é条\u00a0\u200b", "\n\n", "- ", "## "]), max_size=20
)


def read(body: str) -> list[Section] | None:
    """Return the sections of a guide, or None if it is refused."""
    issues = ValidationIssues()
    _, _, sections = read_guide_text(FRONT + OPENING + body, Path("guide.md"), issues)
    return None if issues._issues else sections


def published(sections: list[Section]) -> str:
    """Return all titles and texts in order, without spaces."""
    parts: list[str] = []
    for section in sections:
        parts.append(section.title)
        for after in range(len(section.passages) + 1):
            parts += [passage.text for passage in section.passages[after - 1 : after]] if after else []
            parts += [reference.title for reference in section.see_also if reference.after == after]
    return "".join(parts).translate(SPACES)


def check(body: str) -> bool:
    """Return whether a guide is accepted, once it is known that nothing is lost of it."""
    sections = read(body)
    if sections is None:
        return False
    written = html.unescape(KEPT.sub("", OPENING + body)).translate(SPACES)
    text = published(sections)
    rest = iter(written)
    assert all(character in rest for character in text), "something was added or moved"
    lost = Counter(written) - Counter(text)
    assert lost.keys() <= MARKS, f"lost: {lost}"
    assert all(passage.text.strip() == passage.text != "" for section in sections for passage in section.passages)
    return True


@pytest.mark.parametrize("template", [*BLOCKS, *INLINE])
def test_nothing_is_lost_of_one_construct(template: str) -> None:
    check(template.format(*"bcde"))
    check(f"- f\n\n{template.format(*'bcde')}\n\ng")


@given(documents)
def test_nothing_is_lost_of_markdown(body: str) -> None:
    event(f"accepted: {check(body)}")


@given(characters.map("".join))
def test_nothing_is_lost_of_characters(body: str) -> None:
    event(f"accepted: {check(body)}")
