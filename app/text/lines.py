"""Join the lines of a paragraph."""

import re

from app.text.words import IDEOGRAPHS

# Chinese and Japanese punctuation, and full-width forms.
_PUNCTUATION = "\u3001-\u3003\u3005-\u3020\u3030-\u303f\u2018-\u201f\u2025\u2026\uff01-\uff65"
_UNSPACED = f"{IDEOGRAPHS}{_PUNCTUATION}"
_BREAK = re.compile(rf"(?<=[{_UNSPACED}])\n(?=[{IDEOGRAPHS}])|(?<=[{IDEOGRAPHS}])\n(?=[{_UNSPACED}])")


def join_lines(text: str) -> str:
    """Replace each line break by a space, but remove it between two ideographs or kana."""
    return _BREAK.sub("", text).replace("\n", " ")
