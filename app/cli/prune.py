"""`treaty-guide prune`."""

from typing import Annotated

import typer

from app.cli.console import load_settings, postgresql_of, say_that_it_waits, store_errors


def prune(
    keep: Annotated[int, typer.Option(min=1, help="How many revisions of each guide stay at least.")],
    include_recent: Annotated[
        bool,
        typer.Option("--include-recent", help="Also remove revisions that were current within the last year."),
    ] = False,
) -> None:
    """Remove old revisions of all guides for ever, which makes the store smaller.

    Removed are those that were current before the last `--keep` ones. The current revision always stays, and so do
    those that were current within the last year, because citations name them. Everything that is served is then made
    again from what is left.
    """
    from datetime import UTC, datetime

    from app.ledger.entries import REVISION_LENGTH, read_entries
    from app.ledger.entries import prune as prune_ledger
    from app.ledger.postgresql import appending
    from app.publishing import catch_up, publishing, rebuilding
    from app.publishing.pruning import prunable
    from app.store.engines import store_path

    settings = load_settings()
    store, postgresql = store_path(settings), postgresql_of(settings, appends=True)
    with store_errors(store), publishing(store, say_that_it_waits, postgresql=postgresql) as (_, ledger):
        if not prunable(read_entries(ledger), keep, datetime.now(UTC), include_recent=include_recent):
            typer.echo("There is no revision to remove.")
            return
    opened = appending(postgresql, say_that_it_waits) if postgresql else None
    with store_errors(store), rebuilding(store, say_that_it_waits, opened) as (read_model, ledger):
        pruned = prunable(read_entries(ledger), keep, datetime.now(UTC), include_recent=include_recent)
        for (guide, title), digests in pruned.items():
            prune_ledger(ledger, guide, title, digests)
        catch_up(read_model, ledger)
    for (guide, _), digests in pruned.items():
        for digest in digests:
            typer.echo(f"{guide}: removed revision {digest[:REVISION_LENGTH]}.")
