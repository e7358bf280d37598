"""Parse guide.md: front matter and sections.

A heading ends with its slug, as in pandoc: `## History of the Treaty {#history}`. Sections begin at `##`; one more `#`
makes a subsection. `{#conclusion .supplied}` marks a title that the editors supply because the document has none, and
`{#history formerly="past origins"}` names slugs that the section had before. A
cross-reference is `> See also [Another Guide](its-slug)`, or without the link. Markdown that a guide cannot keep is an
issue: whatever the parser or a common extension gives a meaning, except for emphasis, which is reduced to its words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from pydantic import TypeAdapter

from app.content.characters import character_issues
from app.content.fields import MAX_SLUG_LENGTH, SLUG_PATTERN
from app.content.guide import FrontMatter, Passage, Section, SeeAlso
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.plain_text import first_line, heading_text, passage_text
from app.content.see_also import parse_see_also
from app.limits import MAX_EMPHASIS_DEPTH, MAX_EMPHASIS_MARKS

OUTERMOST = 2  # `##`: the title of the guide, a single `#`, is in the front matter
RESERVED_SLUGS = {"none"}  # `?parent=none` selects the sections at the top level

# The parser recognises more than a guide may contain, so that the rest is reported and not published as text.
_parser = (
    MarkdownIt("commonmark", {"strikethrough_single_tilde": True})
    .enable(["table", "strikethrough"])
    .use(front_matter_plugin)
    .use(deflist_plugin)
    .use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
)
# `_parse_blocks` parses what is inside a block. HTML on lines of its own is a paragraph.
_parser.disable(["inline", "text_join", "html_block"])

# In a heading, between `{#` and `}`.
_slug = re.compile(r'(?P<slug>[^\s}]*)(?P<supplied>\s+\.supplied)?(?:\s+formerly="(?P<formerly>[^"]*)")?\s*')
_COSTLY = "*_~<^"  # characters whose number decides how long it takes to parse a block

_SLUG_RULE = f"use lower-case letters, digits and single hyphens, {MAX_SLUG_LENGTH} characters at most"
_NAMES = {
    "blockquote": "a quotation",
    "code_block": "a code block: it is indented by four spaces or more",
    "dl": "a definition list",
    "fence": "a code block",
    "footnote_reference": "a footnote",
    "hr": "a rule",
    "ordered_list": "a numbered list (escape the full stop, as in 1\\.)",
    "table": "a table",
}


def read_guide_text(
    text: str, path: Path, issues: ValidationIssues
) -> tuple[LocatedYAML, FrontMatter | None, list[Section]]:
    """Return the front matter, as YAML and checked, and the sections; add errors to `issues`."""
    for line, message in character_issues(text):
        issues.add(path, line, message)
    blocks = _parse_blocks(text, path, issues)
    if blocks and blocks[0].type == "front_matter":
        file = LocatedYAML("\n" + blocks[0].content, path, issues)  # the line break stands for the first `---`
        matter = file.validate(TypeAdapter(FrontMatter))
        blocks = blocks[1:]
    else:
        file, matter = LocatedYAML("", path, issues), None
        file.add_issue("The front matter is missing; begin the file with a line “---”, the keys, and a line “---”.")
    return file, matter, _parse_sections(blocks, matter.topics if matter else {}, file)


def _parse_blocks(text: str, path: Path, issues: ValidationIssues) -> list[SyntaxTreeNode]:
    """Parse Markdown; add an issue for each block whose emphasis is too expensive to parse.

    Parsing it would take too long, or exceed the recursion limit.
    """
    env: dict[str, Any] = {}
    tokens = _parser.parse(text, env)
    for token in tokens:
        if token.type == "inline":
            children: list[Token] = []
            token.children = children
            has_many_marks = sum(map(token.content.count, _COSTLY)) > MAX_EMPHASIS_MARKS
            if not has_many_marks:
                _parser.inline.parse(token.content, _parser, env, children)
            if has_many_marks or max((child.level for child in children), default=0) > MAX_EMPHASIS_DEPTH:
                children.clear()
                message = (
                    f"This has more than {MAX_EMPHASIS_MARKS} “*” and “_”, “~”, “<” and “^”,"
                    f" or {MAX_EMPHASIS_DEPTH} inside each other; remove some."
                )
                issues.add(path, token.map[0] + 1 if token.map else 1, message)
    for definition in [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]:
        message = "This defines a link and would vanish; remove it, or escape the bracket, as in \\[."
        issues.add(path, definition["map"][0] + 1, message)
    return SyntaxTreeNode(tokens).children


def _parse_sections(
    blocks: Iterable[SyntaxTreeNode], topics: Mapping[str, Sequence[str]], file: LocatedYAML
) -> list[Section]:
    sections: list[Section] = []
    enclosing: list[Section] = []  # the sections around the next one, outermost first
    counts: Counter[str | None] = Counter()  # of numbered sections, by the slug of the section around them
    for heading, content in _split_at_headings(blocks, file):
        passages, see_also = _parse_content(content, file)
        title, attributes = heading_text(heading, file)
        if attributes is None or not (match := _slug.fullmatch(attributes)):
            message = f"The heading “{title}” has no slug; end it with one, such as “{{#its-slug}}”."
            if "formerly" in (attributes or ""):
                message = 'Write former slugs at the end, in quotation marks, as in “{#its-slug formerly="old-slug"}”.'
            file.add_issue_at(first_line(heading), message)
            continue
        level = int(heading.tag[1:]) - OUTERMOST + 1
        enclosing = [section for section in enclosing if section.level < level]
        parent = enclosing[-1] if enclosing else None
        parent_slug = parent.slug if parent else None
        number = None
        if not match["supplied"] and (parent is None or parent.number):
            counts[parent_slug] += 1
            number = f"{parent.number}.{counts[parent_slug]}" if parent else str(counts[None])
        section = Section.model_construct(
            slug=match["slug"],
            number=number,
            level=level,
            title=title,
            title_supplied=bool(match["supplied"]),
            parent=parent_slug,
            topics=tuple(topics.get(match["slug"], ())),
            passages=tuple(passages),
            see_also=tuple(see_also),
            formerly=tuple((match["formerly"] or "").split()),
            line=first_line(heading),
        )
        sections.append(section)
        enclosing.append(section)
    _check_sections(sections, file)
    _check_former_slugs(sections, file)
    return sections


def _split_at_headings(
    blocks: Iterable[SyntaxTreeNode], file: LocatedYAML
) -> list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]]:
    """Return each heading with the blocks below it."""
    parts: list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]] = []
    for block in blocks:
        if block.type == "heading" and block.markup in {"=", "-"}:
            message = f"The line of “{block.markup}” below makes this a heading; begin it with “## ” instead."
            file.add_issue_at(first_line(block), message)
        elif block.type == "heading":
            parts.append((block, []))
        elif parts:
            parts[-1][1].append(block)
        else:
            message = (
                "There is text before the first heading; add a heading above it, such as"
                " “## Introduction {#introduction .supplied}” if the document has none."
            )
            file.add_issue_at(first_line(block), message)
    return parts


def _parse_content(blocks: Iterable[SyntaxTreeNode], file: LocatedYAML) -> tuple[list[Passage], list[SeeAlso]]:
    passages: list[Passage] = []
    see_also: list[SeeAlso] = []
    for block in blocks:
        if block.type == "paragraph":
            passages.append(Passage(kind="paragraph", text=passage_text(block, file), line=first_line(block)))
        elif block.type == "bullet_list":
            for item in block.children:
                if [child.type for child in item.children] == ["paragraph"]:
                    text = passage_text(item.children[0], file, is_list_item=True)
                    passages.append(Passage(kind="list_item", text=text, line=first_line(item.children[0])))
                else:
                    message = "A list item must be one paragraph; move the rest out of the list."
                    file.add_issue_at(first_line(item), message)
        elif block.type == "blockquote" and (reference := parse_see_also(block, len(passages), file)):
            see_also.append(reference)
        else:
            name = _NAMES.get(block.type, block.type)
            advice = "use only headings, paragraphs, lists and “> See also” lines"
            file.add_issue_at(first_line(block), f"This is {name}, which a guide cannot keep; {advice}.")
    return passages, see_also


def _check_sections(sections: Sequence[Section], file: LocatedYAML) -> None:
    lines: dict[str, int] = {}
    deepest = 1
    for section, following in zip_longest(sections, sections[1:]):
        slug, title = section.slug, section.title
        messages = []
        if slug in RESERVED_SLUGS:
            messages.append(f"The slug “{slug}” is reserved; choose another one.")
        elif not _is_slug(slug):
            messages.append(f"“{slug}” is not a slug; {_SLUG_RULE}.")
        elif slug in lines:
            messages.append(f"The slug “{slug}” is used twice, first on line {lines[slug]}; choose another one.")
        if not title:
            messages.append(f"The section “{slug}” has no title; write one before its slug.")
        if section.level < 1:
            messages.append(
                "Only the title of a guide is at level “#”, and it is in the front matter; begin sections with “##”."
            )
        elif section.level > deepest:
            most = deepest + OUTERMOST - 1
            messages.append(f"The heading “{title}” skips a level; write it with at most {most} “#”.")
        if not section.passages and (following is None or following.level <= section.level):
            messages.append(f"The section “{title}” has no text; write it, or remove the section.")
        for message in messages:
            file.add_issue_at(section.line, message)
        lines.setdefault(slug, section.line)
        deepest = section.level + 1


def _is_slug(text: str) -> bool:
    return bool(re.match(SLUG_PATTERN, text)) and len(text) <= MAX_SLUG_LENGTH


def _check_former_slugs(sections: Sequence[Section], file: LocatedYAML) -> None:
    in_use, earlier = {section.slug for section in sections}, set()
    for section in sections:
        for slug in section.formerly:
            if not _is_slug(slug):
                file.add_issue_at(section.line, f"“{slug}” is not a slug; {_SLUG_RULE}.")
            elif slug in in_use:
                message = f"The slug “{slug}” is in use; remove it here, or give that section another one."
                file.add_issue_at(section.line, message)
            elif slug in earlier:
                message = f"The slug “{slug}” is listed as a former one twice; remove one of them."
                file.add_issue_at(section.line, message)
            earlier.add(slug)
