"""Escape text that must not become Markdown."""

import re

# Characters that are markup anywhere in CommonMark, and line openings that begin a block.
_inline = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)")
_opening = re.compile(r"^(#{1,6}|[-+]|>|~{3,}|=+|-{2,})(?=\s|$)|^(>|~{3,})|^(\d{1,9})(?=[.)](?:\s|$))")
# Markup of extensions: strikethrough, formulas and attributes; tables, definitions and containers.
_extended_inline = re.compile(r"[~${]")
_extended_opening = re.compile(r"^(?=[|:]|!!!)")


def escape_inline(text: str) -> str:
    """Escape the characters that are markup inside a line of CommonMark."""
    return _inline.sub(r"\\\g<0>", text)


def escape_opening(line: str) -> str:
    """Escape the beginning of a line that would begin a block of CommonMark."""
    return _opening.sub(lambda match: f"{match[0]}\\" if match[3] else f"\\{match[0]}", line, count=1)


def escape_extended(text: str) -> str:
    """Escape the characters that are markup inside a line of CommonMark or of its usual extensions."""
    return _extended_inline.sub(r"\\\g<0>", escape_inline(text))


def escape_extended_opening(line: str) -> str:
    """Escape the beginning of a line that would begin a block of CommonMark or of its usual extensions."""
    return _extended_opening.sub(r"\\", escape_opening(line), count=1)
