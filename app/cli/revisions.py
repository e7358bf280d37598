"""`treaty-guide revisions`."""

import sys
from typing import Annotated

import typer

from app.cli.console import load_settings, store_errors


def revisions(guide: Annotated[str, typer.Argument(help="The slug of a published guide.")]) -> None:
    """List the revisions of a guide, newest first, each with the time of its first publication."""
    from app.queries.revisions import revisions
    from app.queries.selected_revisions import select_revision
    from app.store.engines import ReadingSessions, store_path
    from app.store.served import ServedStore
    from app.urls import URLs

    store = store_path(load_settings())
    with store_errors(store), ReadingSessions(ServedStore(store)).open() as session:
        listed, _ = revisions(session, select_revision(session, URLs(), guide), sys.maxsize, 0)
    for each in listed:
        current = "  current" if each.current else ""
        typer.echo(f"{each.revision}  {each.published_at:%Y-%m-%d %H:%M:%S} UTC{current}")
