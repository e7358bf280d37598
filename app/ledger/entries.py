"""Append entries to the ledger and read them.

The functions take a connection to the database of the ledger, in a transaction. Publishers take turns, see
`app.store.replacement`, so nobody else appends meanwhile.
"""

import hashlib
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from app.errors import StoreUnavailable
from app.ledger.tables import ledger

Kind = Literal["published", "renamed", "rolled_back", "withdrawn", "restored", "pruned"]

REVISION_LENGTH = 12  # hex digits of the digest that name a revision


@dataclass(frozen=True)
class Content:
    """The canonical content of a guide, and the places of its topics in topics.yaml by slug."""

    canonical: bytes
    topic_positions: Mapping[str, int]


@dataclass(frozen=True)
class FormerName:
    """A slug that a resource of a guide had before; `kind` is `guide`, `section` or the kind of a fact.

    The slug of an article begins with that of its instrument, as in `treaty-1960/5`.
    """

    kind: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """An entry of the ledger without its content.

    `note` is the text of the publisher, or the reason of a withdrawal. `digest` is that of the content that the entry
    makes current, or prunes; None for a withdrawal.
    """

    sequence: int
    at: datetime
    kind: Kind
    guide: str
    title: str
    digest: str | None
    note: str | None
    former_names: Sequence[FormerName] = field(default=())

    @property
    def revision(self) -> str | None:
        """Return the name of the revision that the entry makes current or prunes."""
        return self.digest[:REVISION_LENGTH] if self.digest else None

    @property
    def former_guides(self) -> Sequence[str]:
        """Return the slugs that the guide itself had before."""
        return [name.old for name in self.former_names if name.kind == "guide"]


def append(
    connection: Connection,
    kind: Kind,
    guide: str,
    title: str,
    digest: str | None,
    *,
    note: str | None = None,
    content: Content | None = None,
    former_names: Sequence[FormerName] = (),
) -> Entry:
    """Append an entry, with the content unless the ledger has it, and return it."""
    now = datetime.now(UTC)
    sequence, at = last_entry(connection) or (0, now)
    entry = Entry(
        sequence=sequence + 1,
        at=max(now, at),
        kind=kind,
        guide=guide,
        title=title,
        digest=digest,
        note=note,
        former_names=tuple(former_names),
    )
    is_new = content is not None and not _has_content(connection, digest)
    connection.execute(
        insert(ledger).values(
            sequence=entry.sequence,
            at=entry.at,
            kind=kind,
            guide=guide,
            title=title,
            digest=digest,
            note=note,
            former_names=[[name.kind, name.old, name.new] for name in former_names] or None,
            topic_positions=dict(content.topic_positions) if content and is_new else None,
            content=zlib.compress(content.canonical, 9) if content and is_new else None,
        )
    )
    return entry


def read_entries(connection: Connection, after: int = 0) -> Sequence[Entry]:
    """Return all entries after a sequence number, in order."""
    columns = [column for column in ledger.columns if column.name not in {"topic_positions", "content"}]
    rows = connection.execute(select(*columns).where(ledger.c.sequence > after).order_by(ledger.c.sequence))
    return [
        Entry(**row._asdict() | {"former_names": tuple(FormerName(*name) for name in row.former_names or ())})
        for row in rows
    ]


def last_entry(connection: Connection) -> tuple[int, datetime] | None:
    """Return the sequence number and the time of the last entry, or None if there is none."""
    statement = select(ledger.c.sequence, ledger.c.at).order_by(ledger.c.sequence.desc()).limit(1)
    row = connection.execute(statement).first()
    return (row.sequence, row.at) if row else None


def read_content(connection: Connection, digest: str) -> Content | None:
    """Return the content with a digest, or None if it was pruned.

    Raises `StoreUnavailable` if the content has another digest, because it is damaged.
    """
    statement = select(ledger.c.sequence, ledger.c.topic_positions, ledger.c.content)
    row = connection.execute(statement.where(ledger.c.digest == digest, ledger.c.content.is_not(None))).first()
    if row is None:
        return None
    try:
        canonical = zlib.decompress(row.content)
    except zlib.error:
        canonical = b""
    if hashlib.sha256(canonical).hexdigest() != digest:
        raise StoreUnavailable(
            f"Entry {row.sequence} of the ledger is damaged: its content does not have the digest of revision"
            f" {digest[:REVISION_LENGTH]}. Restore the ledger from a backup."
        )
    return Content(canonical, row.topic_positions)


def prune(connection: Connection, guide: str, title: str, digests: Collection[str]) -> None:
    """Remove contents of a guide from the ledger, and append an entry about each; other entries stay."""
    for digest in digests:
        append(connection, "pruned", guide, title, digest)
        values = update(ledger).where(ledger.c.digest == digest).values(content=None, topic_positions=None)
        connection.execute(values)


def copy_entries(source: Connection, target: Connection) -> int:
    """Copy all entries with their contents into an empty ledger; return their number."""
    count = 0
    for row in source.execute(select(ledger).order_by(ledger.c.sequence)):
        target.execute(insert(ledger).values(row._asdict()))
        count += 1
    return count


def _has_content(connection: Connection, digest: str | None) -> bool:
    statement = select(ledger.c.sequence).where(ledger.c.digest == digest, ledger.c.content.is_not(None))
    return connection.execute(statement.limit(1)).first() is not None
