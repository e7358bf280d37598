"""Configure Alembic: use the connection of `app.ledger.migrations`, or a new one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from app.ledger import tables
from app.ledger.postgresql import ledger_engine
from app.settings import Settings
from app.store.engines import store_path
from app.store.replacement import replacing


def _render_item(kind: str, item: object, context: object) -> str | Literal[False]:
    """Write SQLAlchemy's types into new migrations, because the types in `app` may change later."""
    return "sa.String(27)" if kind == "type" and isinstance(item, tables.Timestamp) else False


def _include_name(name: str | None, kind: str, parents: object) -> bool:
    """Exclude the tables of the read model, which has no migrations."""
    return kind != "table" or name in tables.metadata.tables


@contextmanager
def _connection() -> Iterator[Connection]:
    if given := context.config.attributes.get("connection"):
        yield given
        return
    settings = Settings()
    if settings.has_postgresql:
        with ledger_engine(settings.database_url, appends=True).begin() as own:
            yield own
    else:
        with replacing(store_path(settings)) as engine, engine.begin() as own:
            yield own


with _connection() as connection:
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        render_as_batch=True,
        render_item=_render_item,
        include_name=_include_name,
    )
    with context.begin_transaction():
        context.run_migrations()
