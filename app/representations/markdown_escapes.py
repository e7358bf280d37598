"""Escape plain text for Markdown, whatever extensions the reader's renderer has."""

import re

# Characters that are markup inside a line: of CommonMark, strikethrough, formulas and attributes.
_inline = re.compile(r"[\\`*_\[\]<~${]|&(?=#?\w+;)")
# What begins a block: headings, lists, quotations, code, rules; tables, definitions and admonitions.
_start = re.compile(r"^(?:(?:#{1,6}|[-+]|=+|-{2,})(?=\s|$)|>|~{3,}|[|:]|!!!)|^(?P<number>\d{1,9})(?=[.)](?:\s|$))")


def escape_inline(text: str) -> str:
    """Escape what is markup anywhere in a line."""
    return _inline.sub(r"\\\g<0>", text)


def escape_start(line: str) -> str:
    """Escape what is markup at the start of a line."""
    return _start.sub(lambda match: f"{match[0]}\\" if match["number"] else f"\\{match[0]}", line, count=1)
