"""References to a section or passage as CSL-JSON, BibTeX, RIS or a sentence.

A reference names a revision and its publication date, never the time of the request, so it is always the same.
"""

import datetime
import itertools
import json
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from app.text.editions import Edition

# RFC 3986's reserved characters and "%", so that a URL is left unchanged; but ";" separates two URLs in RIS.
URL_CHARACTERS = ":/?#[]@!$&'()*+,=%"

LATEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {
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


def csl_json(cited: CitedWork) -> str:
    """Return a list of one item, as the CSL 1.0.2 schema (csl-data.json) requires."""
    return json.dumps([csl_item(cited)], ensure_ascii=False)


def csl_item(cited: CitedWork) -> dict[str, object]:
    """Return an item of CSL-JSON."""
    return {
        "id": _key(cited),
        "type": "chapter",
        "title": _plain(cited.section_title),
        "container-title": _plain(cited.guide_title),
        "locator": locator(cited),
        "version": cited.revision,
        "issued": {"date-parts": [[cited.published.year, cited.published.month, cited.published.day]]},
        "URL": _url(cited),
        "language": cited.language,
        **_edition(cited),
    }


def bibtex(cited: CitedWork) -> str:
    """Return an entry in UTF-8 for BibTeX (`year`, `note`) and biblatex (`date`, `version`)."""
    fields = {
        # The inner braces keep a style from changing capitals.
        "title": f"{{{_latex(cited.section_title)}}}",
        "booktitle": f"{{{_latex(cited.guide_title)}}}",
        "note": _latex(locator(cited)),
        "version": cited.revision,
        "date": cited.published.isoformat(),
        "year": str(cited.published.year),
        "url": _url(cited),
        "language": cited.language,
        **_edition(cited),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@incollection{{{_key(cited)},\n{lines}}}\n"


def ris(cited: CitedWork) -> str:
    """Return one RIS record with CRLF line ends: the locator in `SE`, the revision in `N1`."""
    tags = [
        ("TY", "CHAP"),
        ("ID", _key(cited)),
        ("TI", _plain(cited.section_title)),
        ("T2", _plain(cited.guide_title)),
        ("SE", locator(cited)),
        ("N1", f"Revision {cited.revision}"),
        ("PY", str(cited.published.year)),
        ("DA", f"{cited.published:%Y/%m/%d}"),
        ("UR", _url(cited)),
        ("LA", cited.language),
        *(("ET", edition) for edition in _edition(cited).values()),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags)


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
            _url(cited),
        ]
    )


def locator(cited: CitedWork) -> str:
    """Return the place, such as `sec. 4.1, para. 2`; the title replaces a missing number."""
    unnumbered = [] if cited.section_number else [_plain(cited.section_title)]
    return ", ".join(unnumbered + _pinpoints(cited))


def _pinpoints(cited: CitedWork) -> list[str]:
    section = [f"sec. {cited.section_number}"] if cited.section_number else []
    passage = [f"para. {cited.passage.rpartition('.')[2]}"] if cited.passage else []
    return section + passage


def _edition(cited: CitedWork) -> dict[str, str]:
    return {"edition": "original"} if cited.edition == "original" else {}


def _key(cited: CitedWork) -> str:
    """Return an ASCII key; it is unique because a revision belongs to one guide."""
    suffix = "-original" if cited.edition == "original" else ""
    return f"{cited.passage or cited.section}-{cited.revision}{suffix}"


def _plain(text: str) -> str:
    """Collapse white space to single spaces and remove control characters and surrogates."""
    return " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs"}).split())


def _latex(text: str) -> str:
    """Escape text for LaTeX, and separate characters that TeX would join, such as hyphens."""
    plain = _plain(text)
    braces = PAIRED_BRACES if _has_paired_braces(plain) else LONE_BRACES
    return LIGATURE.sub(r"\1{}", plain.translate(LATEX | braces))


def _has_paired_braces(text: str) -> bool:
    depths = [0, *itertools.accumulate((c == "{") - (c == "}") for c in text)]
    return min(depths) == depths[-1] == 0


def _url(cited: CitedWork) -> str:
    """Percent-encode characters of the URL that are not allowed in a URI, such as braces."""
    return quote(cited.url, safe=URL_CHARACTERS)
