"""Reduce the inline Markdown of a block to plain text, and report what would be lost.

Emphasis is reduced to its words; entities, escaped characters and scripts are text. Everything else is an issue.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator

from markdown_it.tree import SyntaxTreeNode

from app.content.characters import forbidden_character, is_visible, name, nothing_visible
from app.content.extensions import (
    CLOSED,
    ESCAPED,
    KEEP,
    OF_LINES,
    OF_LIST_ITEMS,
    OF_TEXT,
    OPENED,
    Extensions,
    extension_issues,
)
from app.content.located_yaml import LocatedYAML
from app.errors import shorten
from app.text.lines import join_lines

_anchor = re.compile(rf"\{{#(?P<attributes>[^{{}}{ESCAPED}{OPENED}{CLOSED}]*)\}}\s*\Z")  # at the end of a heading
_closing_marks = re.compile(r"(?:^|\s)(#+)\s*\Z")

# Tags that GitHub's Markdown shows as text, too: https://github.github.com/gfm/#disallowed-raw-html-extension-
_filtered_tag = re.compile(r"</?(?:iframe|noembed|noframes|plaintext|script|style|textarea|title|xmp)\b", re.IGNORECASE)
_line_end = re.compile("\n")
_tab = re.compile("\t")

_NAMES = {
    "code_inline": "code",
    "footnote_ref": "a footnote",
    "html_inline": "HTML",
    "s": "strikethrough or a subscript",
}
_LINE_BREAK = "This line break would be lost; remove the spaces or the “\\” at the end, or leave an empty line below."


def first_line(block: SyntaxTreeNode) -> int:
    """Return the first line of a block, from 1."""
    return (block.map[0] if block.map else 0) + 1


def passage_text(block: SyntaxTreeNode, file: LocatedYAML, *, is_list_item: bool = False) -> str:
    """Return the text of a paragraph or list item; add an issue for each character that would be lost."""
    text, written = inline_text(block.children, file, first_line(block))
    extensions = (OF_LIST_ITEMS, OF_LINES, OF_TEXT) if is_list_item else (OF_LINES, OF_TEXT)
    check_text(text, written, extensions, file, first_line(block))
    return text


def heading_text(block: SyntaxTreeNode, file: LocatedYAML) -> tuple[str, str | None]:
    """Return the title of a heading, and the words between `{#` and `}` at its end, or None without them."""
    text, written = inline_text(block.children, file, first_line(block))
    anchor = _anchor.search(written)
    if anchor:
        text, written = text.removesuffix(anchor[0]), written[: anchor.start()]
    title, written = text.rstrip(" \t"), written.rstrip(" \t")
    if closing := _closing_marks.search(written):
        message = f"The “{closing[1]}” before the slug would become part of the title; remove it."
        file.add_issue_at(first_line(block), message)
    if title:
        check_text(title, written, (OF_TEXT,), file, first_line(block))
    return title, anchor["attributes"] if anchor else None


def inline_text(nodes: Iterable[SyntaxTreeNode], file: LocatedYAML, line: int) -> tuple[str, str]:
    """Return the text of inline nodes, and the same as written; add an issue for each unsupported node."""
    text, written = [], []
    for words, source, problem in pieces(nodes):
        if problem:
            file.add_issue_at(line, problem)
        text.append(words)
        written.append(source)
        line += source.count("\n")
    return join_lines("".join(text)), "".join(written)


def pieces(nodes: Iterable[SyntaxTreeNode]) -> Iterator[tuple[str, str, str]]:
    """Yield text, the same as written, and a sentence if it cannot be kept."""
    for node in nodes:
        match node.type:
            case "text":
                yield node.content, node.content, ""
            case "text_special" if node.content == node.markup:  # a backslash before a letter
                yield node.content, node.content, ""
            case "text_special":
                yield node.content, ESCAPED * len(node.content), _problem_of_entity(node)
            case "softbreak" | "hardbreak":
                yield "\n", "\n", _LINE_BREAK if node.type == "hardbreak" else ""
            case "em" | "strong":
                yield "", OPENED, ""
                yield from pieces(node.children)
                yield "", CLOSED, ""
            case "inline":
                yield from pieces(node.children)
            case "link" | "image" as kind:
                yield "", "", f"A passage is plain text and cannot contain this {kind}; write the URL as text."
                yield from pieces(node.children)
            case "html_inline" if _filtered_tag.match(node.content):
                yield node.content, ESCAPED * len(node.content), ""
            case kind:
                words = node.content or "".join(words for words, _, _ in pieces(node.children))
                shown = f"[^{node.meta['label']}]" if kind == "footnote_ref" else f"{node.markup}{words}{node.markup}"
                yield words, ESCAPED, f"“{shorten(shown)}” is {_NAMES.get(kind, kind)}; {KEEP}."


def _problem_of_entity(node: SyntaxTreeNode) -> str:
    if node.info == "entity" and node.content == "\N{REPLACEMENT CHARACTER}":
        return f"“{node.markup}” stands for no character; remove it."
    if character := next(filter("\t\n".__contains__, node.content), forbidden_character(node.content)):
        return f"“{node.markup}” stands for {name(character)}; remove it."
    return ""


def check_text(text: str, written: str, extensions: Iterable[Extensions], file: LocatedYAML, line: int) -> None:
    """Add an issue for each extension in a text as written, for tabs, and for spaces at its ends."""
    line_ends = [match.start() for match in _line_end.finditer(written)]
    for offset, message in extension_issues(written, *extensions):
        file.add_issue_at(line + bisect(line_ends, offset), message)
    for match in _tab.finditer(written):
        message = f"The text of this line contains {name(match[0])}; write a space."
        file.add_issue_at(line + bisect(line_ends, match.start()), message)
    if text and not is_visible(text):
        file.add_issue_at(line, nothing_visible(text))
    elif text != text.strip():
        edge = text[0] if text[0].isspace() else text[-1]
        file.add_issue_at(line, f"This text begins or ends with {name(edge)}; remove it.")
