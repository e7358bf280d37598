"""`treaty-guide copy-ledger`."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import load_settings, postgresql_of, say_that_it_waits


def copy_ledger(store: Annotated[Path, typer.Argument(help="The SQLite file of a store.")]) -> None:
    """Copy the record of publications from a store into PostgreSQL, when a service moves there.

    TREATY_GUIDE_DATABASE_URL names the database, whose ledger must be empty. The store stays as it is.
    """
    from sqlalchemy import create_engine

    from app.errors import LedgerUnavailable, StoreUnavailable
    from app.ledger.entries import copy_entries, last_entry
    from app.ledger.postgresql import appending
    from app.store.served import ServedStore

    postgresql = postgresql_of(load_settings(), appends=True)
    if not postgresql:
        raise LedgerUnavailable("Set TREATY_GUIDE_DATABASE_URL to the URL of the PostgreSQL database to copy into.")
    if problem := ServedStore(store.absolute()).problem:
        raise StoreUnavailable(f"{store}: {problem}")
    source = create_engine(f"sqlite:///file:{store.absolute()}?mode=ro&immutable=1&uri=true")
    with source.connect() as old, appending(postgresql, say_that_it_waits) as new:
        if last_entry(new):
            raise LedgerUnavailable("The ledger in PostgreSQL has publications already; nothing was copied.")
        count = copy_entries(old, new)
    typer.echo(f"Copied {count} publication{'s' * (count != 1)}.")
