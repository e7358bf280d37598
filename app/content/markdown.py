"""guide.md: front matter, then sections as headings, paragraphs, list items and cross-references.

A heading ends with its address, as in pandoc: `## History of the Treaty {#history}`. Sections begin at `##`; one more
`#` makes a subsection. `{#conclusion .supplied}` marks a title that the editors supply where the document has none.
A cross-reference is a quoted line: `> See also Another Guide`, or `> See also [Another Guide](its-slug)` if it is held
here. Everything else that Markdown can do is refused, because a passage is plain text and nothing may be lost.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin
from pydantic import Field, TypeAdapter

from app.content.fields import SLUG_LENGTH, SLUG_PATTERN, Content, Slug, Words
from app.content.guide import Passage, Section, SeeAlso
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML

OUTERMOST = 2  # `##`: the single `#` is the title's, which stands in the front matter
RESERVED_SLUGS = {"none"}  # `?parent=none` asks for the sections at the top level

# A link definition would vanish from the text, raw HTML is shown as written, and indentation is not code here.
_parser = MarkdownIt("commonmark", {"html": False}).use(front_matter_plugin)
_parser.disable(["reference", "code", "lheading", "html_block", "html_inline", "autolink"])

_heading = re.compile(r"^(?P<title>.*?)\s*\{#(?P<slug>[^\s}]*)(?P<supplied>\s+\.supplied)?\s*\}$", re.DOTALL)
_reference = re.compile(r"^See also\s+(?P<title>.+)$", re.DOTALL)

_NAMES = {
    "ordered_list": "a numbered list (escape the full stop, as in 1\\.)",
    "fence": "a code block",
    "hr": "a rule",
    "blockquote": "a quotation",
}


class FrontMatter(Content):
    """What stands between the two `---` lines at the top of guide.md."""

    slug: Slug
    title: Words
    language: Words
    summary: Words
    licence: Words | None = None
    topics: dict[str, list[Slug]] = Field(default_factory=dict)


@dataclass
class _Open:
    """A section while its passages are still being read."""

    slug: str
    level: int
    title: str
    title_supplied: bool
    line: int
    number: str | None = None
    parent: str | None = None
    passages: list[Passage] = field(default_factory=list)
    see_also: list[SeeAlso] = field(default_factory=list)


def read_guide_text(
    text: str, path: Path, issues: ValidationIssues
) -> tuple[LocatedYAML, FrontMatter | None, list[Section]]:
    """The front matter and the sections of guide.md; what cannot be read is noted in `faults`."""
    tree = SyntaxTreeNode(_parser.parse(text))
    blocks = list(tree.children)
    if blocks and blocks[0].type == "front_matter":
        front = LocatedYAML(blocks.pop(0).content, path, issues, first_line=2)
        matter = front.validated(TypeAdapter(FrontMatter))
    else:
        front, matter = LocatedYAML("", path, issues), None
        front.report("The front matter is missing; begin the file with a line “---”, its keys, and a line “---”.")
    sections = _sections(blocks, path, issues)
    return front, matter, _finished(sections, matter, front, issues)


def _sections(blocks: Iterable[SyntaxTreeNode], path: Path, issues: ValidationIssues) -> list[_Open]:
    sections: list[_Open] = []
    for block in blocks:
        line = _line(block)
        if block.type == "heading":
            section = _section(block, sections[-1] if sections else None, path, issues)
            if section:
                sections.append(section)
        elif not sections:
            issues.add(
                path,
                line,
                "Text stands before the first heading; put a heading above it, such as"
                " “## Introduction {#introduction .supplied}” if the document gives it none.",
            )
        elif block.type == "paragraph":
            sections[-1].passages.append(_passage("paragraph", block, path, issues))
        elif block.type == "bullet_list":
            for item in block.children:
                if [child.type for child in item.children] == ["paragraph"]:
                    sections[-1].passages.append(_passage("list_item", item.children[0], path, issues))
                else:
                    issues.add(path, _line(item), "A list item holds one paragraph; move the rest out of the list.")
        elif block.type == "blockquote" and (reference := _see_also(block, len(sections[-1].passages))):
            sections[-1].see_also.append(reference)
        else:
            name = _NAMES.get(block.type, block.type)
            issues.add(
                path, line, f"A guide is made of headings, paragraphs, lists and “> See also” lines; this is {name}."
            )
    return sections


def _section(block: SyntaxTreeNode, before: _Open | None, path: Path, issues: ValidationIssues) -> _Open | None:
    line, words = _line(block), _plain_text(block, path, issues)
    level = int(block.tag[1:]) - OUTERMOST + 1
    if not (match := _heading.match(words)):
        issues.add(path, line, f"The heading “{words}” has no address; end it with one, such as “{{#its-slug}}”.")
        return None
    slug, title = match["slug"], match["title"]
    if not re.match(SLUG_PATTERN, slug) or len(slug) > SLUG_LENGTH or slug in RESERVED_SLUGS:
        issues.add(
            path,
            line,
            f"“{slug}” cannot be an address; use lower-case letters, digits and single hyphens, {SLUG_LENGTH} at most"
            + (", and another word: this one is reserved." if slug in RESERVED_SLUGS else "."),
        )
    if not title:
        issues.add(path, line, f"The section “{slug}” has no title; write one before its address.")
    deepest = before.level + 1 if before else 1
    if level < 1:
        issues.add(path, line, "The title of the guide stands in the front matter; begin sections with “##”.")
    elif level > deepest:
        issues.add(
            path,
            line,
            f"The heading “{title}” skips a level; write it with at most {deepest + OUTERMOST - 1} “#”.",
        )
    return _Open(slug=slug, level=level, title=title, title_supplied=bool(match["supplied"]), line=line)


def _passage(
    kind: Literal["paragraph", "list_item"], block: SyntaxTreeNode, path: Path, issues: ValidationIssues
) -> Passage:
    return Passage(kind=kind, text=_plain_text(block, path, issues), line=_line(block))


def _see_also(block: SyntaxTreeNode, after: int) -> SeeAlso | None:
    """The cross-reference that a quoted line makes; None where it is some other quotation."""
    if [child.type for child in block.children] != ["paragraph"]:
        return None
    inline = block.children[0].children[0]
    links = [child for child in inline.children if child.type == "link"]
    text = "".join(_words(inline.children))
    if not (match := _reference.match(text)) or len(links) > 1:
        return None
    guide = str(links[0].attrs["href"]) if links else None
    return SeeAlso.model_construct(title=match["title"], guide=guide, after=after, line=_line(block))


def _plain_text(block: SyntaxTreeNode, path: Path, issues: ValidationIssues) -> str:
    """The words of a block. Emphasis and code spans give their words; a link or an image would lose something."""
    inline = block.children[0] if block.children else None
    if inline is None:
        return ""
    for node in inline.walk():
        if node.type in {"link", "image"}:
            issues.add(
                path, _line(block), f"A passage is plain text and cannot keep this {node.type}; write the address out."
            )
    return "".join(_words(inline.children))


def _words(nodes: Sequence[SyntaxTreeNode]) -> Iterable[str]:
    for node in nodes:
        if node.type in {"softbreak", "hardbreak"}:
            yield " "
        elif node.children:
            yield from _words(node.children)
        else:
            yield node.content


def _line(block: SyntaxTreeNode) -> int:
    return (block.map[0] if block.map else 0) + 1


def _finished(
    sections: list[_Open], matter: FrontMatter | None, front: LocatedYAML, issues: ValidationIssues
) -> list[Section]:
    """The sections with numbers, parents and topics, after the checks that need all of them."""
    path = front.path
    topics = matter.topics if matter else {}
    ancestors: list[_Open] = []
    counts: dict[str | None, int] = {}
    seen: dict[str, int] = {}
    for position, section in enumerate(sections):
        if section.slug in seen:
            issues.add(
                path, section.line, f"The address “{section.slug}” was given on line {seen[section.slug]}; use another."
            )
        seen.setdefault(section.slug, section.line)
        has_subsection = position + 1 < len(sections) and sections[position + 1].level > section.level
        if not section.passages and not has_subsection:
            issues.add(path, section.line, f"The section “{section.title}” is empty; write its text or remove it.")
        ancestors = [ancestor for ancestor in ancestors if ancestor.level < section.level]
        parent = ancestors[-1] if ancestors else None
        section.parent = parent.slug if parent else None
        if not section.title_supplied and (parent is None or parent.number):
            counts[section.parent] = counts.get(section.parent, 0) + 1
            section.number = f"{parent.number}.{counts[parent.slug]}" if parent else str(counts[None])
        ancestors.append(section)
    for slug in topics:
        if slug not in seen:
            front.report(
                f"There is no section “{slug}”; put its topics under the address of a heading.", "topics", slug
            )
    return [
        Section.model_construct(
            slug=section.slug,
            number=section.number,
            level=section.level,
            title=section.title,
            title_supplied=section.title_supplied,
            parent=section.parent,
            topics=tuple(topics.get(section.slug, ())),
            passages=tuple(section.passages),
            see_also=tuple(section.see_also),
            line=section.line,
        )
        for section in sections
    ]
