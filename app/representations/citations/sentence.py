"""References as English sentences for footnotes."""

from collections.abc import Iterable

from app.representations.citations.reference import Reference, date_parts, plain, safe_url

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def sentences(references: Iterable[Reference]) -> str:
    """Return a line for each reference."""
    return "\n".join(map(sentence, references))


def sentence(reference: Reference) -> str:
    """Return the parts of a reference, separated by commas."""
    parts = [
        " and ".join(filter(None, (plain(author.name) for author in reference.authors))),
        f"“{plain(reference.title)}”",
        reference.locator,
        f"in {plain(reference.container)}" if reference.container else None,
        plain(reference.publisher or ""),
        f"{reference.edition} edition" if reference.edition else None,
        plain(reference.number or ""),
        written_date(reference.date) if reference.date else None,
        *map(plain, reference.notes),
        safe_url(reference.url or ""),
        plain(reference.record or ""),
    ]
    return ", ".join(filter(None, parts))


def written_date(date: str) -> str:
    """Return a date as `19 January 1960`, `January 1960` or `1960`."""
    year, *rest = date_parts(date)
    words = [str(rest[1])] if len(rest) == 2 else []
    return " ".join([*words, *(MONTHS[month - 1] for month in rest[:1]), str(year)])
