"""The migrations make the same ledger in PostgreSQL as in SQLite."""

from alembic import command

from app.ledger.migrations import alembic_config, current_migration, migrate
from tests.postgresql.conftest import Ledger


def test_the_migrations_make_the_table_that_the_code_describes(ledger: Ledger) -> None:
    with ledger.engine.begin() as connection:
        migrate(connection)
        command.check(alembic_config(connection))


def test_the_migrations_can_be_undone_and_done_again(ledger: Ledger) -> None:
    columns = (
        "SELECT column_name, data_type, is_nullable, character_maximum_length FROM information_schema.columns"
        " WHERE table_name = 'ledger' ORDER BY ordinal_position"
    )
    with ledger.engine.begin() as connection:
        migrate(connection)
    made = ledger.execute(columns)
    with ledger.engine.begin() as connection:
        while current_migration(connection) is not None:
            command.downgrade(alembic_config(connection), "-1")
    assert ledger.execute(columns) == ""
    with ledger.engine.begin() as connection:
        migrate(connection)
    assert ledger.execute(columns) == made != ""
