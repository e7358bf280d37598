"""Run Alembic's migrations of the ledger."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.errors import StoreUnavailable

NEWER = "The ledger was made by a newer version; upgrade the service."
MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection and its transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def current_migration(connection: Connection) -> str | None:
    """Return the id of the last migration of a database, or None if it has no ledger yet."""
    return MigrationContext.configure(connection).get_current_revision()


def version_problem(connection: Connection) -> str:
    """Return why a ledger cannot be read by this version of the software, or an empty string."""
    current, newest = current_migration(connection), ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if current is None:
        return "There is no ledger yet; run `treaty-guide seed`."
    if current == newest:
        return ""
    if newest and current < newest:
        return "The ledger was made by an older version; run `treaty-guide seed`."
    return NEWER


def migrate(connection: Connection) -> None:
    """Create the ledger, or upgrade it to the newest migration.

    Raises `StoreUnavailable` for a ledger of a newer version, and for a store that was made before there was a ledger.
    """
    scripts = ScriptDirectory(str(MIGRATIONS))
    current = current_migration(connection)
    if current == scripts.get_current_head():
        return
    if current is not None and current < str(scripts.get_base()):
        raise StoreUnavailable(
            "The store was made before publications were recorded, and cannot be converted; remove it and run"
            " `treaty-guide seed` again."
        )
    command.upgrade(alembic_config(connection), "head")
