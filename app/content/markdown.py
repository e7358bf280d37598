"""Parse guide.md: front matter, then sections as headings, paragraphs, list items and cross-references.

A heading ends with its slug, as in pandoc: `## History of the Treaty {#history}`. Sections begin at `##`; one more `#`
makes a subsection. `{#conclusion .supplied}` marks a title that the editors supply because the document has none. A
cross-reference is a quoted line: `> See also Another Guide`, or `> See also [Another Guide](its-slug)` if that guide is
published here. All other Markdown is an error, because a passage is plain text and would lose it.
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

from app.content.fields import MAX_SLUG_LENGTH, SLUG_PATTERN, ContentModel, Slug, Text
from app.content.guide import Passage, Section, SeeAlso
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML

OUTERMOST = 2  # `##`: the title of the guide, a single `#`, is in the front matter
RESERVED_SLUGS = {"none"}  # `?parent=none` selects the sections at the top level

# Link definitions would vanish from the text; HTML is kept as text; indented text is not code.
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


class FrontMatter(ContentModel):
    """The keys between the two `---` lines at the top of guide.md."""

    slug: Slug = Field(description="The guide's name in URLs, and its folder.", examples=["us-japan-security-treaty"])
    title: Text = Field(description="The guide's title.", examples=["A Guide to the Treaty of Nowhere"])
    language: Text = Field(description="The language of the text, as a BCP 47 tag.", examples=["en"])
    summary: Text = Field(description="The guide's subject, in a sentence or two.")
    licence: Text | None = Field(
        default=None,
        description="The licence of the text; null if its author stated none.",
        examples=["CC0-1.0"],
    )
    topics: dict[str, list[Slug]] = Field(
        default_factory=dict, description="The topics of each section.", examples=[{"history": ["history-and-origins"]}]
    )


@dataclass
class _SectionDraft:
    """A section that is still being parsed."""

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
    """Return the front matter, as YAML and checked, and the sections; errors are added to `issues`."""
    tree = SyntaxTreeNode(_parser.parse(text))
    blocks = list(tree.children)
    if blocks and blocks[0].type == "front_matter":
        front = LocatedYAML(blocks.pop(0).content, path, issues, first_line=2)
        matter = front.validate(TypeAdapter(FrontMatter))
    else:
        front, matter = LocatedYAML("", path, issues), None
        front.add_issue("The front matter is missing; begin the file with a line “---”, the keys, and a line “---”.")
    sections = _parse_sections(blocks, path, issues)
    return front, matter, _complete_sections(sections, matter, front, issues)


def _parse_sections(blocks: Iterable[SyntaxTreeNode], path: Path, issues: ValidationIssues) -> list[_SectionDraft]:
    sections: list[_SectionDraft] = []
    for block in blocks:
        line = _line(block)
        if block.type == "heading":
            section = _parse_heading(block, sections[-1] if sections else None, path, issues)
            if section:
                sections.append(section)
        elif not sections:
            issues.add(
                path,
                line,
                "There is text before the first heading; add a heading above it, such as"
                " “## Introduction {#introduction .supplied}” if the document has none.",
            )
        elif block.type == "paragraph":
            sections[-1].passages.append(_passage("paragraph", block, path, issues))
        elif block.type == "bullet_list":
            for item in block.children:
                if [child.type for child in item.children] == ["paragraph"]:
                    sections[-1].passages.append(_passage("list_item", item.children[0], path, issues))
                else:
                    issues.add(path, _line(item), "A list item must be one paragraph; move the rest out of the list.")
        elif block.type == "blockquote" and (reference := _parse_see_also(block, len(sections[-1].passages))):
            sections[-1].see_also.append(reference)
        else:
            name = _NAMES.get(block.type, block.type)
            issues.add(path, line, f"This is {name}; use only headings, paragraphs, lists and “> See also” lines.")
    return sections


def _parse_heading(
    block: SyntaxTreeNode, before: _SectionDraft | None, path: Path, issues: ValidationIssues
) -> _SectionDraft | None:
    line, words = _line(block), _plain_text(block, path, issues)
    level = int(block.tag[1:]) - OUTERMOST + 1
    if not (match := _heading.match(words)):
        issues.add(path, line, f"The heading “{words}” has no slug; end it with one, such as “{{#its-slug}}”.")
        return None
    slug, title = match["slug"], match["title"]
    if not re.match(SLUG_PATTERN, slug) or len(slug) > MAX_SLUG_LENGTH or slug in RESERVED_SLUGS:
        issues.add(
            path,
            line,
            f"The slug “{slug}” is reserved; choose another one."
            if slug in RESERVED_SLUGS
            else f"“{slug}” is not a slug; use lower-case letters, digits and single hyphens,"
            f" {MAX_SLUG_LENGTH} characters at most.",
        )
    if not title:
        issues.add(path, line, f"The section “{slug}” has no title; write one before its slug.")
    deepest = before.level + 1 if before else 1
    if level < 1:
        issues.add(
            path,
            line,
            "Only the title of a guide is at level “#”, and it is in the front matter; begin sections with “##”.",
        )
    elif level > deepest:
        issues.add(
            path,
            line,
            f"The heading “{title}” skips a level; write it with at most {deepest + OUTERMOST - 1} “#”.",
        )
    return _SectionDraft(slug=slug, level=level, title=title, title_supplied=bool(match["supplied"]), line=line)


def _passage(
    kind: Literal["paragraph", "list_item"], block: SyntaxTreeNode, path: Path, issues: ValidationIssues
) -> Passage:
    return Passage(kind=kind, text=_plain_text(block, path, issues), line=_line(block))


def _parse_see_also(block: SyntaxTreeNode, after: int) -> SeeAlso | None:
    """Parse a quoted line; return None if it is not a cross-reference."""
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
    """Return the text of a block without emphasis and code marks; links and images are issues."""
    inline = block.children[0] if block.children else None
    if inline is None:
        return ""
    for node in inline.walk():
        if node.type in {"link", "image"}:
            issues.add(
                path,
                _line(block),
                f"A passage is plain text and cannot contain this {node.type}; write the URL as text.",
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


def _complete_sections(
    sections: list[_SectionDraft], matter: FrontMatter | None, front: LocatedYAML, issues: ValidationIssues
) -> list[Section]:
    """Add numbers, parents and topics, after the checks that need all sections."""
    path = front.path
    topics = matter.topics if matter else {}
    ancestors: list[_SectionDraft] = []
    counts: dict[str | None, int] = {}
    seen: dict[str, int] = {}
    for position, section in enumerate(sections):
        if section.slug in seen:
            message = (
                f"The slug “{section.slug}” is used twice, first on line {seen[section.slug]}; choose another one."
            )
            issues.add(path, section.line, message)
        seen.setdefault(section.slug, section.line)
        has_subsection = position + 1 < len(sections) and sections[position + 1].level > section.level
        if not section.passages and not has_subsection:
            issues.add(
                path, section.line, f"The section “{section.title}” has no text; write it, or remove the section."
            )
        ancestors = [ancestor for ancestor in ancestors if ancestor.level < section.level]
        parent = ancestors[-1] if ancestors else None
        section.parent = parent.slug if parent else None
        if not section.title_supplied and (parent is None or parent.number):
            counts[section.parent] = counts.get(section.parent, 0) + 1
            section.number = f"{parent.number}.{counts[parent.slug]}" if parent else str(counts[None])
        ancestors.append(section)
    for slug in topics:
        if slug not in seen:
            front.add_issue(f"There is no section “{slug}”; use the slug of a heading.", "topics", slug)
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
