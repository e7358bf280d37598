"""The path argument, the settings and the handling of store errors, for all commands."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

    from app.settings import Settings

MIN_PREFIX_SIMILARITY = 80  # of the start of a variable to `TREATY_GUIDE_`, 0 to 100

SeedsPath = Annotated[
    Path | None,
    typer.Argument(
        metavar="PATH",
        help="A folder of guides with their topics.yaml, or the folder of one guide inside it."
        " The default is TREATY_GUIDE_SEEDS, which is seeds unless you set it.",
        show_default=False,
    ),
]


def load_settings(**options: Any) -> "Settings":
    """Read the settings, and warn about environment variables that look like a misspelled one."""
    from rapidfuzz import fuzz

    from app.errors import closest
    from app.settings import PREFIX, Settings

    names = [name.upper() for name in Settings.model_fields]
    for variable in os.environ:
        beginning, name = variable[: len(PREFIX)].upper(), variable[len(PREFIX) :].upper()
        is_setting = beginning == PREFIX and name in names
        if not is_setting and fuzz.ratio(beginning, PREFIX) >= MIN_PREFIX_SIMILARITY:
            suggestion = "".join(f" Did you mean {PREFIX}{near}?" for near in closest(name, names)[:1])
            typer.echo(f"warning: {variable} is not a setting; it is ignored.{suggestion}", err=True)
    return Settings(**options)


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and Alembic into `StoreUnavailable` with a sentence about the store."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DatabaseError

    from app.errors import StoreUnavailable

    try:
        yield
    except StoreUnavailable as error:
        raise StoreUnavailable(f"{path}: {error}") from error
    except DatabaseError as error:
        raise StoreUnavailable(f"The store {path} cannot be used ({error.orig}).") from error
    except CommandError as error:
        raise StoreUnavailable(f"The store {path} was made by a newer version; upgrade the service.") from error


@contextmanager
def open_store() -> Iterator[tuple["Session", "Connection"]]:
    """Open the store of the settings for publishing: the session of its read model, and its ledger."""
    from app.publishing import publishing
    from app.store.engines import store_path

    settings = load_settings()
    store, postgresql = store_path(settings), postgresql_of(settings, appends=True)
    with store_errors(store), publishing(store, say_that_it_waits, postgresql=postgresql) as opened:
        yield opened


def postgresql_of(settings: "Settings", *, appends: bool = False) -> "Engine | None":
    """Return an engine for the ledger, or None if the ledger is in the store."""
    from app.ledger.postgresql import ledger_engine

    return ledger_engine(settings.database_url, appends=appends) if settings.has_postgresql else None


def say_that_it_waits() -> None:
    """Tell the user that another publisher has the lock of the store."""
    typer.echo("Another publication is running; waiting until it ends.", err=True)
