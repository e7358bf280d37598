"""`treaty-guide rollback`."""

from typing import Annotated

import typer

from app.cli.console import open_store


def rollback(
    guide: Annotated[str, typer.Argument(help="The slug of a published guide.")],
    revision: Annotated[str, typer.Argument(help="A revision that `treaty-guide revisions` lists.")],
    note: Annotated[str | None, typer.Option(help="Why, for the record of publications.")] = None,
) -> None:
    """Make an earlier revision of a guide current again.

    The seed files stay as they are, so the next `treaty-guide seed` publishes them again.
    """
    from app.publishing import roll_back

    with open_store() as (read_model, ledger):
        publication = roll_back(read_model, ledger, guide, revision, note)
    typer.echo(f"{guide}: {publication.outcome.format(revision)}")
    for change in publication.changes:
        typer.echo(f"{guide}: {change}")
