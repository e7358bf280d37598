"""The history of the tables, in migrations/, and where a store stands in it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def newest_migration() -> str:
    """The migration that this version of the service reads and writes."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert head is not None, "migrations/ is empty"  # noqa: S101 - a broken installation, not a state to handle
    return head


def migration_of(connection: Connection) -> str | None:
    """The migration that a store is at; None where it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def alembic_config(connection: Connection) -> Config:
    """What Alembic's commands need to work on an open connection, in its transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> bool:
    """Bring a store to the newest migration in one transaction; say whether there was anything to do."""
    with engine.begin() as connection:
        if migration_of(connection) == newest_migration():
            return False
        command.upgrade(alembic_config(connection), "head")
        return True
