"""The path argument and the handling of store errors, for all commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

SeedsPath = Annotated[
    Path | None,
    typer.Argument(
        metavar="PATH",
        help="A folder of guides with their topics.yaml, or the folder of one guide inside it."
        " The default is TREATY_GUIDE_SEEDS, which is seeds unless you set it.",
        show_default=False,
    ),
]


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and Alembic into `StoreUnavailable` with a sentence for the operator."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DatabaseError

    from app.errors import StoreUnavailable

    try:
        yield
    except DatabaseError as error:
        if not path.exists():
            raise StoreUnavailable(f"There is no store at {path}, and it cannot be created or read.") from error
        raise StoreUnavailable(f"The store {path} cannot be used ({error.orig}).") from error
    except CommandError as error:
        raise StoreUnavailable(f"The store {path} was made by a newer version of this service.") from error
