"""Run Alembic's migrations, and compare a store with the newest one."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def newest_migration() -> str:
    """Return the id of the newest migration: the one that this version of the service needs."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert head is not None, "migrations/ is empty"  # noqa: S101 - a broken installation, not a state to handle
    return head


def current_migration(connection: Connection) -> str | None:
    """Return the id of the store's last migration, or None if it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def alembic_config(connection: Connection) -> Config:
    """Return a configuration that runs Alembic's commands on an open connection, in its transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> bool:
    """Upgrade a store to the newest migration in one transaction; return whether it changed."""
    with engine.begin() as connection:
        if current_migration(connection) == newest_migration():
            return False
        command.upgrade(alembic_config(connection), "head")
        return True
