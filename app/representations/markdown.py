"""Write content as Markdown, for language models.

It is CommonMark with footnotes. What the guide and its editors wrote is escaped, so the markup is ours alone.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from app.representations.blocks import (
    Block,
    Deleted,
    Heading,
    Inline,
    Inserted,
    Item,
    Line,
    Link,
    Note,
    NoteMark,
    Paragraph,
    PassageID,
    Strong,
)
from app.representations.context import RenderContext
from app.representations.documents import build_document
from app.representations.markdown_escapes import escape_inline, escape_start
from app.schemas.models import PublicModel
from app.text.display import one_line

MAX_LEVEL = 6

_before_bracket = re.compile(r"[!^]$")  # would turn `[label]` into an image or a footnote
_after_bracket = re.compile(r"^(?=[(:])")  # would turn `[label]` into a link or a definition
_in_url = re.compile(r"[()]|&(?=#?\w+;)")


def render(content: PublicModel, context: RenderContext) -> str:
    """Return content as Markdown."""
    return write_markdown(build_document(content, context))


def write_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown."""
    blocks = list(blocks)
    parts = [_block(blocks[0])]
    for previous, block in pairwise(blocks):
        is_same_list = isinstance(previous, Item) and isinstance(block, Item)
        parts += ["\n" if is_same_list else "\n\n", _block(block)]
    return "".join([*parts, "\n"])


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            title = _escape(text)
            end = len(title.rstrip("#"))
            closing = f"\\{title[end:]}" if title[end:] else ""  # marks at the end would vanish
            return f"{'#' * min(level, MAX_LEVEL)} {title[:end]}{closing}"
        case Paragraph(line):
            return _line(line)
        case Item(line, depth):
            return f"{'  ' * depth}- {_line(line)}"
        case Note(label, line):
            return f"[^{label}]: {_line(line)}"


def _line(line: Line) -> str:
    return escape_start("".join(_parts(line)).strip())


def _parts(line: Line) -> Iterator[str]:
    previous: Inline = ""
    for part in line:
        match part:
            case str():
                text = _before_bracket.sub(r"\\\g<0>", _escape(part))
                yield _after_bracket.sub(r"\\", text) if isinstance(previous, NoteMark | Deleted) else text
            case Link(text, url) if text == url and "://" in url:
                yield f"<{url}>"
            case Link(text, url):
                destination = _in_url.sub(r"\\\g<0>", url)
                yield f"[{_escape(text)}]({destination})"
            case Strong(text):
                yield f"**{_escape(text)}**"
            case PassageID(id_):
                yield f"[{id_}] "
            case NoteMark(label):
                yield f"[^{label}]"
            case Deleted(text):
                yield f"[-{_escape(text)}-]"
            case Inserted(text):
                yield f"{{+{_escape(text)}+}}"
        previous = part


def _escape(text: str) -> str:
    return escape_inline(one_line(text))
