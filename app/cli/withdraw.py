"""`treaty-guide withdraw`."""

from typing import Annotated

import typer

from app.cli.console import open_store


def withdraw(
    guide: Annotated[str, typer.Argument(help="The slug of a published guide.")],
    reason: Annotated[str, typer.Option(help="Why; readers see it.")],
) -> None:
    """Withdraw a guide with its facts and all of its revisions.

    Its addresses then give status 410 with the date and the reason. Publishing it again restores it.
    """
    from app.publishing import withdraw

    if not reason.strip():
        raise typer.BadParameter("Say why; readers see it.", param_hint="--reason")
    with open_store() as (read_model, ledger):
        withdraw(read_model, ledger, guide, " ".join(reason.split()))
    typer.echo(f"{guide}: withdrawn. Remove its folder from the seeds, or `treaty-guide seed` restores it.")
