"""Find characters that a seed file cannot contain, and name those that editors cannot see."""

import re
import unicodedata
from collections.abc import Iterator

# Characters without ink: Default_Ignorable_Code_Point of Unicode 16, and the blank Braille pattern.
_IGNORABLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNUSUAL_SPACE = r"[^\S\n\r\t ]"  # neither Markdown nor YAML takes it for a space
# A pattern of what looks like a space, or like nothing.
SPACE_LIKE = rf"(?:{_UNUSUAL_SPACE}|[{_IGNORABLE}])"

_CONTROL_NAMES = {
    "\t": "TAB",
    "\n": "LINE FEED",
    "\v": "LINE TABULATION",
    "\f": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x85": "NEXT LINE",
}

_visible = re.compile(rf"[^\s{_IGNORABLE}]")
_space_like = re.compile(SPACE_LIKE)
_forbidden = re.compile(r"[\0-\x08\v-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_marks = r"[ \t]*(?:>[ \t]*|(?:#{1,6}|[-+*])[ \t]+)*"  # of a quotation, a heading or a list
_edge = re.compile(rf"^{_marks}({_UNUSUAL_SPACE})|({_UNUSUAL_SPACE})[ \t]*$")


def name(character: str) -> str:
    """Return the code point and name of a character, such as `U+00A0 NO-BREAK SPACE`."""
    nameless = "CONTROL CHARACTER" if unicodedata.category(character) == "Cc" else "NOT A CHARACTER"
    return f"U+{ord(character):04X} {unicodedata.name(character, _CONTROL_NAMES.get(character, nameless))}"


def invisible_names(text: str) -> str:
    """Return the name of each character in a text that has no ink or is an unusual space."""
    return ", ".join(map(name, dict.fromkeys(_space_like.findall(text))))


def is_visible(text: str) -> bool:
    """Return whether a text has a character with ink."""
    return bool(_visible.search(text))


def forbidden_character(text: str) -> str | None:
    """Return the first control, line separator or noncharacter; not a tab or line feed."""
    match = _forbidden.search(text)
    return match[0] if match else None


def nothing_visible(text: str) -> str:
    """Return a sentence about a text that looks empty and is not."""
    return f"This looks empty, but contains {invisible_names(text)}; remove that."


def character_issues(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with a character that would be lost, or that ends a line for some programs."""
    if not (_forbidden.search(text) or _space_like.search(text)):
        return
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if character := forbidden_character(line):
            yield number, f"This line contains {name(character)}; remove it."
        elif not is_visible(line) and _space_like.search(line):
            yield number, nothing_visible(line)
        elif match := _edge.search(line):
            where = "begins" if match[1] else "ends"
            yield number, f"The text of this line {where} with {name(match[1] or match[2])}; remove it."
