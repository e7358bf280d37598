"""The ledger: entries in order, each with the content that it adds."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from app.errors import StoreUnavailable
from app.ledger.entries import Content, FormerName, append, prune, read_content, read_entries
from app.ledger.migrations import migrate
from app.ledger.tables import ledger
from app.store.engines import writing_engine

FIRST = Content(b'{"title":"A"}', {"trade": 3})
DIGEST = sha256(FIRST.canonical).hexdigest()


@pytest.fixture
def connection(store: Path) -> Iterator[Connection]:
    """A connection to an empty ledger, in a transaction."""
    engine = writing_engine(store)
    with engine.begin() as connection:
        migrate(connection)
        yield connection
    engine.dispose()


def test_an_entry_is_read_as_it_was_appended(connection: Connection) -> None:
    names = [FormerName("section", "old", "new")]
    first = append(connection, "published", "a", "A", DIGEST, note="Why.", content=FIRST, former_names=names)
    second = append(connection, "withdrawn", "a", "A", None, note="Because.")
    assert read_entries(connection) == [first, second]
    assert read_entries(connection, after=1) == [second]
    assert (first.revision, second.revision) == (DIGEST[:12], None)
    assert read_content(connection, DIGEST) == FIRST


def test_a_clock_that_is_set_back_reorders_nothing(connection: Connection) -> None:
    future = datetime.now(UTC) + timedelta(days=1)
    append(connection, "published", "a", "A", DIGEST, content=FIRST)
    connection.execute(update(ledger).values(at=future))
    entry = append(connection, "withdrawn", "a", "A", None)
    assert (entry.sequence, entry.at) == (2, future)


def test_content_is_kept_once_and_compressed(connection: Connection) -> None:
    for _ in range(2):
        append(connection, "published", "a", "A", DIGEST, content=FIRST)
    kept = connection.execute(ledger.select()).all()
    assert [row.content and zlib.decompress(row.content) for row in kept] == [FIRST.canonical, None]


def test_pruned_content_is_gone_and_its_entries_stay(connection: Connection) -> None:
    published = append(connection, "published", "a", "A", DIGEST, content=FIRST)
    prune(connection, "a", "A", [DIGEST])
    assert read_content(connection, DIGEST) is None
    assert [entry.kind for entry in read_entries(connection)] == ["published", "pruned"]
    again = append(connection, "published", "a", "A", DIGEST, content=FIRST)
    assert read_content(connection, DIGEST) == FIRST
    assert again.sequence == published.sequence + 2


@pytest.mark.parametrize("damaged", [zlib.compress(b'{"title":"B"}'), b"not compressed"])
def test_content_with_another_digest_is_refused(connection: Connection, damaged: bytes) -> None:
    append(connection, "published", "a", "A", DIGEST, content=FIRST)
    connection.execute(update(ledger).values(content=damaged))
    with pytest.raises(StoreUnavailable, match=f"Entry 1 of the ledger is damaged: .* revision {DIGEST[:12]}"):
        read_content(connection, DIGEST)
