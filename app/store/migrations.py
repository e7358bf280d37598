"""Run Alembic's migrations, and compare a store with the newest one."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from app.errors import StoreUnavailable

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def newest_migration() -> str:
    """Return the id of the newest migration: the one that this version of the service needs."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert head is not None, "migrations/ is empty"  # noqa: S101 - a broken installation, not a state to handle
    return head


def current_migration(connection: Connection) -> str | None:
    """Return the id of the store's last migration, or None if it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def check_version(connection: Connection, newest: str) -> None:
    """Raise `StoreUnavailable`, with what to do, if the store is not at the newest migration."""
    migration = current_migration(connection) or "none"
    if migration == newest:
        return
    is_newer = migration.isdigit() and int(migration) > int(newest)
    advice = "upgrade the service" if is_newer else "run `treaty-guide seed`"
    raise StoreUnavailable(
        f"The store is at migration {migration} and this version of the service needs {newest}; {advice}."
    )


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection and its transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> bool:
    """Upgrade a store to the newest migration in one transaction; return whether it changed.

    Raises `StoreUnavailable` for a database of another application.
    """
    with engine.begin() as connection:
        current = current_migration(connection)
        if current == newest_migration():
            return False
        if current is None and {*inspect(connection).get_table_names()} - {"alembic_version"}:
            raise StoreUnavailable("The store is a database of another application.")
        command.upgrade(alembic_config(connection), "head")
        return True
