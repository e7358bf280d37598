r"""Escape plain text, so that guide.md can contain it: the reverse of `plain_text` and `extensions`.

A `\` is written only where the character would be markup, so that ordinary prose stays readable.
"""

import re

from app.content.characters import SPACE_LIKE

_markup = re.compile(
    r"[\\`*_\[\]<~^]|&(?=#?\w+;)|(?<!\S)#|\$(?!\d)|(?<==)=|=(?==)|(?<=\+)\+|\+(?=\+)|(?<=%)%|%(?=%)"
    r"|\{(?=[#.:%=~>+-]|[ \t]*[#.]|[\w-]+=)|:(?=(?:[a-z][a-z0-9_+-]*|[+-]1):)"
)
_start = re.compile(r"^(?:[-+=:|%>!?]|(?P<number>\d{1,9})(?=[.)](?:\s|$)))")
_unescapable_start = re.compile(rf"^(?:[•‣⁃◦∙●○▪▫■□＃]|{SPACE_LIKE})")


def escape_markdown(text: str) -> str:
    """Return a text of one line as Markdown that `plain_text` reads as the same text."""
    escaped = _markup.sub(lambda match: f"\\{match[0]}", text)
    escaped = _unescapable_start.sub(lambda match: f"&#{ord(match[0])};", escaped)
    return _start.sub(lambda match: f"{match[0]}\\" if match["number"] else f"\\{match[0]}", escaped)
