"""References to a section or passage as CSL-JSON, BibTeX, RIS or a sentence.

A reference names a revision and its publication date, never the time of the request, so it is always the same.
"""

import datetime
import itertools
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from app.text.editions import Edition

# RFC 3986's reserved characters and "%", so that an address is left as it is; but ";" parts two addresses in RIS.
ADDRESS_CHARACTERS = ":/?#[]@!$&'()*+,=%"

LATEX = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        "\\": r"\textbackslash{}",
    }
)
# BibTeX counts braces before TeX reads backslashes, so "\{" is safe only where a "\}" closes it.
PAIRED_BRACES = str.maketrans({"{": r"\{", "}": r"\}"})
LONE_BRACES = str.maketrans({"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
LIGATURE = re.compile(r"([-',<>])(?=\1)")


@dataclass(frozen=True)
class CitedWork:
    """The cited section or passage, in one edition of one revision.

    `section` is a slug and `passage` an id such as `history.1`; `section_number` is null for a supplied title.
    `revision` is 12 hex digits, `published` its date, `language` a BCP 47 tag, and `url` a link for bodies.
    """

    guide_title: str
    section_title: str
    section_number: str | None
    section: str
    passage: str | None
    revision: str
    published: datetime.date
    url: str
    language: str
    edition: Edition = "corrected"


def csl_json(cited: CitedWork) -> list[dict[str, object]]:
    """Return a list of one item, as the CSL 1.0.2 schema (csl-data.json) requires."""
    item: dict[str, object] = {
        "id": _key(cited),
        "type": "chapter",
        "title": _plain(cited.section_title),
        "container-title": _plain(cited.guide_title),
        "locator": locator(cited),
        "version": cited.revision,
        "issued": {"date-parts": [[cited.published.year, cited.published.month, cited.published.day]]},
        "URL": _address(cited),
        "language": cited.language,
    }
    return [item | {"edition": "original"} if cited.edition == "original" else item]


def bibtex(cited: CitedWork) -> str:
    """Return a BibTeX entry in UTF-8: `date`, `version`, verbatim `url` for biblatex, `year` and `note` for both."""
    fields = {
        # The inner braces keep a style from changing capitals.
        "title": f"{{{_latex(cited.section_title)}}}",
        "booktitle": f"{{{_latex(cited.guide_title)}}}",
        "note": _latex(locator(cited)),
        "version": cited.revision,
        "date": cited.published.isoformat(),
        "year": str(cited.published.year),
        "url": _address(cited),
        "language": cited.language,
    }
    if cited.edition == "original":
        fields["edition"] = "original"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@incollection{{{_key(cited)},\n{lines}}}\n"


def ris(cited: CitedWork) -> str:
    """Return one RIS record in UTF-8, with CRLF line ends; the locator is in `SE`, the revision in `N1`."""
    tags = [
        ("TY", "CHAP"),
        ("ID", _key(cited)),
        ("TI", _plain(cited.section_title)),
        ("T2", _plain(cited.guide_title)),
        ("SE", locator(cited)),
        ("N1", f"Revision {cited.revision}"),
        ("PY", str(cited.published.year)),
        ("DA", f"{cited.published:%Y/%m/%d}"),
        ("UR", _address(cited)),
        ("LA", cited.language),
    ]
    if cited.edition == "original":
        tags.append(("ET", "original"))
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*tags, ("ER", "")])


def sentence(cited: CitedWork) -> str:
    """Return an English sentence for a footnote."""
    return ", ".join(
        [
            f"“{_plain(cited.section_title)}”",
            *_pinpoints(cited),
            f"in {_plain(cited.guide_title)}",
            *(["original edition"] if cited.edition == "original" else []),
            f"revision {cited.revision}",
            f"published {cited.published.day} {cited.published:%B %Y}",
            _address(cited),
        ]
    )


def locator(cited: CitedWork) -> str:
    """Return the place within the guide, such as `sec. 4.1, para. 2`; a section without a number has its title."""
    unnumbered = [] if cited.section_number else [_plain(cited.section_title)]
    return ", ".join(unnumbered + _pinpoints(cited))


def _pinpoints(cited: CitedWork) -> list[str]:
    section = [f"sec. {cited.section_number}"] if cited.section_number else []
    passage = [f"para. {cited.passage.rpartition('.')[2]}"] if cited.passage else []
    return section + passage


def _key(cited: CitedWork) -> str:
    """An ASCII name for the entry; a revision belongs to one guide, so no two guides share a key."""
    suffix = "-original" if cited.edition == "original" else ""
    return f"{cited.passage or cited.section}-{cited.revision}{suffix}"


def _plain(text: str) -> str:
    """On one line: each run of white space is a space, and what cannot be shown or encoded is left out."""
    return " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs"}).split())


def _latex(text: str) -> str:
    """As LaTeX source that prints these characters; two that TeX would join, such as hyphens, are kept apart."""
    plain = _plain(text)
    braces = PAIRED_BRACES if _has_paired_braces(plain) else LONE_BRACES
    return LIGATURE.sub(r"\1{}", plain.translate(LATEX | braces))


def _has_paired_braces(text: str) -> bool:
    depths = [0, *itertools.accumulate((c == "{") - (c == "}") for c in text)]
    return min(depths) == depths[-1] == 0


def _address(cited: CitedWork) -> str:
    """The address as a URI: what no URI may hold, such as braces and backslashes, is percent-encoded."""
    return quote(cited.url, safe=ADDRESS_CHARACTERS)
