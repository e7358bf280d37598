"""Parse cross-references: `> See also [Another Guide](its-slug)`, or without the link."""

import re

from markdown_it.tree import SyntaxTreeNode

from app.content.extensions import OF_TEXT
from app.content.guide import SeeAlso
from app.content.located_yaml import LocatedYAML
from app.content.plain_text import check_text, first_line, inline_text, pieces
from app.text.lines import join_lines

_lead = re.compile(r"See also(?=\s)[ \t]*(?=.)")


def parse_see_also(block: SyntaxTreeNode, after: int, file: LocatedYAML) -> SeeAlso | None:
    """Parse a quoted line; return None if it is not a cross-reference."""
    if [child.type for child in block.children] != ["paragraph"]:
        return None
    (inline,) = block.children[0].children
    nodes = inline.children
    lead = _lead.match(_words(nodes))
    if not lead:
        return None
    line = first_line(block)
    if "\n" in inline.content:
        message = "A cross-reference is one line; begin each with “> See also”, and leave an empty line below it."
        file.add_issue_at(line, message)
    links = [node for node in nodes if node.type == "link"]
    if links and not (nodes[-1] is links[0] and _words(nodes[:-1]) == lead[0] and not links[0].attrs.get("title")):
        message = "Link the whole title and nothing else, as in “> See also [Another Guide](its-slug)”."
        file.add_issue_at(line, message)
    guide = str(links[0].attrs["href"]) if links else None
    text, written = inline_text(links[0].children if links else nodes, file, line)
    title = text if links else text[lead.end() :]
    check_text(title, written, (OF_TEXT,), file, line)
    return SeeAlso.model_construct(title=title, guide=guide, after=after, line=line)


def _words(nodes: list[SyntaxTreeNode]) -> str:
    return join_lines("".join(words for words, _, _ in pieces(nodes)))
