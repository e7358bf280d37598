"""The errors of the domain.

`app.http.problems` turns them into responses, `app.cli` into messages.

TreatyGuideError
├── NotFound            no resource has this slug or id
├── Withdrawn           the guide, or that of a fact, was withdrawn
├── InvalidInput        a parameter is unknown, malformed or names something that does not exist
├── QueryTooExpensive   a query exceeded its time budget
├── StoreUnavailable    the store is missing, empty, damaged or of another version
│   ├── StoreDamaged    the store is not what was written
│   └── ContentPruned   content of the store was pruned from the ledger
├── LedgerUnavailable   the ledger in PostgreSQL cannot be reached or used
├── ContentError        seed files cannot be published
├── ContentRemoved      a publication would remove everything of a kind
├── SlugConflict        two guides use the same slug for a fact
└── NotVerified         a file is not what a service has, or cannot be compared with it
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from rapidfuzz import process

MAX_QUOTED_LENGTH = 120  # characters of a client's input that a message repeats
MAX_DID_YOU_MEAN = 3
MIN_SIMILARITY = 60  # of a suggestion, 0 to 100


class TreatyGuideError(Exception):
    """The base of all errors below; its text is a sentence for the user."""


class NotFound(TreatyGuideError):
    """No resource has this slug or id; `did_you_mean` lists the closest existing ones."""

    def __init__(self, message: str, did_you_mean: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.did_you_mean = did_you_mean

    @classmethod
    def unknown(cls, kind: str, name: str, existing: Iterable[str]) -> Self:
        """Say that no resource of this kind has this name, and suggest existing names."""
        return cls(f"There is no {kind} “{shorten(name)}” here.", closest(name, existing))


class Withdrawn(TreatyGuideError):
    """A guide was withdrawn, with everything in it; the text says since when and why."""

    def __init__(self, guide: str, since: datetime, reason: str | None) -> None:
        super().__init__(f"The guide “{guide}” was withdrawn on {since:%Y-%m-%dT%H:%M:%SZ}: {reason}")


class InvalidInput(TreatyGuideError):
    """A parameter cannot be used; `errors` lists (parameter, message) pairs."""

    def __init__(self, message: str, errors: Sequence[tuple[str, str]] = (), did_you_mean: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.errors = errors
        self.did_you_mean = did_you_mean

    @classmethod
    def of(cls, *errors: tuple[str, str]) -> Self:
        """Report problems with parameters as (parameter, message) pairs."""
        return cls("; ".join(f"{parameter}: {message}" for parameter, message in errors), errors)

    @classmethod
    def unknown(cls, parameter: str, value: str, existing: Iterable[str], kind: str | None = None) -> Self:
        """Say that the value names nothing of a kind that exists, and suggest existing names.

        The kind has the name of the parameter, unless it is given.
        """
        message = f"There is no {kind or parameter} “{shorten(value)}”."
        return cls(message, [(parameter, message)], closest(value, existing))


class QueryTooExpensive(TreatyGuideError):
    """A query exceeded its time budget; the text says how to narrow it."""


class StoreUnavailable(TreatyGuideError):
    """The store cannot be read now."""


class StoreDamaged(StoreUnavailable):
    """The store is not what was written; with a ledger in PostgreSQL, it can be made again."""


class ContentPruned(StoreUnavailable):
    """The store has content that was pruned from the ledger, so it must be made again."""


class LedgerUnavailable(TreatyGuideError):
    """The ledger in PostgreSQL cannot be reached or used now."""


@dataclass(frozen=True, order=True)
class Issue:
    """A problem in a seed file: its file, line (from 1) and severity, and how to fix it.

    A guide with an error cannot be published; one with a warning can.
    """

    path: Path
    line: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        label = "warning: " if self.severity == "warning" else ""
        return f"{self.path}:{self.line}: {label}{self.message}"


class ContentError(TreatyGuideError):
    """Seed files cannot be published; `issues` lists every reason, ordered by file and line."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(map(str, issues)))
        self.issues = issues


class ContentRemoved(TreatyGuideError):
    """A publication would remove everything of a kind, such as all corrections of a guide."""

    def __init__(self, lost: Iterable[str]) -> None:
        super().__init__(
            f"This would remove {' and '.join(lost)}; nothing was published. Restore the seed files, or run"
            " `treaty-guide seed --yes` if it is intended."
        )


class SlugConflict(TreatyGuideError):
    """Two guides use the same slug for a fact, so both would have the same address."""

    def __init__(self, kind: str, slug: str, guides: Sequence[str]) -> None:
        names = " and ".join(f"“{guide}”" for guide in guides)
        super().__init__(
            f"The guides {names} both have the {kind} “{slug}”; give one another slug. If one is the new name"
            " of the other, list that in its “formerly”; if one is gone, withdraw it."
        )


class NotVerified(TreatyGuideError):
    """A downloaded file is not what a service has, or cannot be compared with it."""


def closest(name: str, existing: Iterable[str]) -> list[str]:
    """Return the existing names most similar to this one, best first; case makes no difference."""
    found = process.extract(
        name[:MAX_QUOTED_LENGTH],
        list(existing),
        processor=str.lower,
        limit=MAX_DID_YOU_MEAN,
        score_cutoff=MIN_SIMILARITY,
    )
    return [match for match, _, _ in found]


def shorten(text: str) -> str:
    """Shorten a client's text and replace its unprintable characters, to repeat it in a message."""
    if not text.isprintable():
        text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return text if len(text) <= MAX_QUOTED_LENGTH else text[:MAX_QUOTED_LENGTH] + "…"
