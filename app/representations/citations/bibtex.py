"""References as BibTeX in UTF-8.

BibTeX reads `year` and `annote`, biblatex `date` and `langid`.
"""

import itertools
import re
from collections.abc import Iterable

from app.content.sources import Author
from app.representations.citations.languages import babel_name
from app.representations.citations.reference import Reference, plain, remarks, safe_url
from app.representations.citations.work_types import WORK_TYPES

_container_fields = {"article": "journal", "online": "organization"}  # or `booktitle`
_publisher_fields = {
    "techreport": "institution",
    "thesis": "institution",
    "online": "organization",
    "misc": "howpublished",
    "unpublished": "howpublished",
    "booklet": "howpublished",
    "legislation": "howpublished",
    "jurisdiction": "howpublished",
    "patent": "howpublished",
}  # or `publisher`

_LATEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        "\\": r"\textbackslash{}",
    }
)
# BibTeX counts braces before TeX reads backslashes, so "\{" is safe only where a "\}" closes it.
_PAIRED_BRACES = str.maketrans({"{": r"\{", "}": r"\}"})
_LONE_BRACES = str.maketrans({"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_LIGATURE = re.compile(r"([-',<>])(?=\1)")
_NAME_SYNTAX = re.compile(r",|\band\b|\bothers\b", re.IGNORECASE)


def bibtex(references: Iterable[Reference]) -> str:
    """Return an entry for each reference, separated by blank lines."""
    return "\n".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    type_ = WORK_TYPES[reference.type].bibtex
    fields = {
        "author": " and ".join(filter(None, map(_name, reference.authors))),
        # The inner braces keep a style from changing capitals.
        "title": f"{{{_latex(reference.title)}}}",
        _container_fields.get(type_, "booktitle"): _braced(reference.container),
        "type": "Report" if type_ == "techreport" else "",  # instead of “Technical Report”
        "number": _latex(reference.number or ""),
        "edition": _latex(reference.edition or ""),
        "note": _latex(remarks(reference)),
        "annote": _latex(reference.record or ""),
        "date": reference.date or "",
        "year": (reference.date or "")[:4],
        "url": safe_url(reference.url or ""),
        "langid": babel_name(reference.language) or "",
    }
    if reference.publisher:
        fields[_publisher_fields.get(type_, "publisher")] = _braced(reference.publisher)
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{type_}{{{reference.key},\n{lines}}}\n"


def _braced(text: str | None) -> str:
    return f"{{{_latex(text)}}}" if text else ""


def _name(author: Author) -> str:
    """Return `Family, Given`, or a name in braces, which is not taken apart."""
    if author.literal or not author.given:
        return _braced(author.literal or author.family)
    return ", ".join(map(_name_part, (author.family or "", author.given)))


def _name_part(text: str) -> str:
    return _braced(text) if _NAME_SYNTAX.search(text) else _latex(text)


def _latex(text: str) -> str:
    """Escape text for LaTeX, and separate characters that TeX would join, such as hyphens."""
    one_line = plain(text)
    braces = _LONE_BRACES if _has_lone_braces(one_line) else _PAIRED_BRACES
    return _LIGATURE.sub(r"\1{}", one_line.translate(_LATEX | braces))


def _has_lone_braces(text: str) -> bool:
    if "{" not in text and "}" not in text:
        return False
    depths = [0, *itertools.accumulate((c == "{") - (c == "}") for c in text)]
    return not min(depths) == depths[-1] == 0
