"""The read model: create its tables, and compare its version with that of the software.

It has no migrations. A read model of another version is made again from the ledger.
"""

import sqlite3

from sqlalchemy import Connection
from sqlmodel import SQLModel

from app.errors import StoreUnavailable
from app.store import download_table, publication_tables, search_tables, tables  # noqa: F401 - registers the tables

# Increase it with every change of a table or of what is computed for one, such as the terms of the search index.
VERSION = 6

# Terms are separated by spaces, and consist of letters and digits of any script and of signs beyond ASCII.
_SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5"
    "(title, names, text, spans UNINDEXED, further UNINDEXED, tokenize='ascii')"
)


def create_read_model(connection: Connection) -> None:
    """Create the tables in a database without them."""
    SQLModel.metadata.create_all(connection)
    connection.exec_driver_sql(_SEARCH_INDEX)
    connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")


def read_model_version(connection: sqlite3.Connection) -> int:
    """Return the version of a store's read model, or 0 if it has none."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def check_read_model(connection: sqlite3.Connection) -> None:
    """Raise `StoreUnavailable`, with what to do, unless the read model has the version of the software."""
    version = read_model_version(connection)
    if version > VERSION:
        raise StoreUnavailable("The store was made by a newer version; upgrade the service.")
    if version < VERSION:
        raise StoreUnavailable("The store is empty or was made by an older version; run `treaty-guide seed`.")
