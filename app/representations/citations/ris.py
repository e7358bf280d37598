"""References as RIS."""

from collections.abc import Iterable, Iterator

from app.representations.citations.reference import Reference, plain, remarks, safe_url
from app.representations.citations.work_types import WORK_TYPES


def ris(references: Iterable[Reference]) -> str:
    """Return a record with CRLF line ends for each reference, separated by blank lines."""
    return "\r\n".join(map(_record, references))


def _record(reference: Reference) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(reference))


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", WORK_TYPES[reference.type].ris
    yield "ID", reference.key
    for name in _names(reference):
        yield "AU", name
    optional = {
        "TI": reference.title,
        "T2": reference.container,
        "PB": reference.publisher,
        "SN": reference.number,
        "ET": reference.edition,
    }
    for tag, text in optional.items():
        if text:
            yield tag, plain(text)
    for note in filter(None, (remarks(reference), reference.record)):
        yield "N1", plain(note)
    if reference.date:
        yield "PY", reference.date[:4]
        yield "DA", reference.date.replace("-", "/")
    if reference.url:
        yield "UR", safe_url(reference.url)
    yield "LA", reference.language
    yield "ER", ""


def _names(reference: Reference) -> list[str]:
    """Return the authors as `Kapur, Nick`; the name of a body is left as it is."""
    return [
        plain(author.literal or ", ".join(filter(None, (author.family, author.given)))) for author in reference.authors
    ]
