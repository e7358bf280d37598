"""Text for display: in words, as one line that leaves its surroundings alone, and wrapped."""

import re
import unicodedata
from collections.abc import Iterator

from app.text.words import IDEOGRAPHS

_LINE_BREAK = re.compile("\r\n|[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # also those that a terminal would obey

# Embeddings, overrides and isolates, each with the character that ends it (UAX #9).
_POP_DIRECTION, _POP_ISOLATE = "\u202c", "\u2069"
_DIRECTION_ENDS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", _POP_DIRECTION),
    **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE),
}
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Chinese, Japanese and Korean break between any two characters, but not before a closing mark or after an opening one.
_UNSPACED = f"{IDEOGRAPHS}\u3000-\u303f\uac00-\ud7af\uff00-\uff65"
_OPENING = "「『（〔［｛〈《【"
_CLOSING = "」』）〕］｝〉》】、。，．・：；？！ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
_UNIT = re.compile(
    rf"( *)([{_OPENING}]{{0,3}}(?:[{_UNSPACED}]|[^ {_UNSPACED}]+)[{_CLOSING}\u0300-\u036f\u3099\u309a]{{0,3}})"
)


def in_words(value: str) -> str:
    """Return a value of an enumeration as words, such as `executive agreement`."""
    return re.sub("[_-]", " ", value)


def size_in_words(size: int) -> str:
    """Return a number of bytes in a unit that makes it short, such as `120 kB`."""
    for unit, bytes_ in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= bytes_:
            number = size / bytes_
            return f"{number:.1f} {unit}" if number < 10 else f"{number:.0f} {unit}"
    return f"{size} bytes"


def one_line(text: str) -> str:
    """Return a text as one line without control characters, with all changes of direction ended."""
    if text.isprintable():
        return text
    return _end_directions(_CONTROL.sub("", _LINE_BREAK.sub(" ", text)))


def _end_directions(text: str) -> str:
    ends: list[str] = []
    isolates = 0
    for char in _DIRECTION.findall(text):
        if end := _DIRECTION_ENDS.get(char):
            ends.append(end)
            isolates += end == _POP_ISOLATE
        elif char == _POP_ISOLATE and isolates:
            isolates -= 1
            while ends.pop() != char:
                pass
        elif ends and ends[-1] == char:
            ends.pop()
    return text + "".join(reversed(ends))


def columns(text: str) -> int:
    """Return the number of columns in a terminal: two for a wide character, none for a mark."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text; a word that is wider than `width` gets a line of its own."""
    line, used = "", 0
    for spaces, unit in _UNIT.findall(text):
        space, wide = " " if spaces and line else "", columns(unit)
        if line and used + len(space) + wide > width:
            yield line
            line, used, space = "", 0, ""
        line += space + unit
        used += len(space) + wide
    if line:
        yield line
