"""`treaty-guide rebuild`."""

import typer

from app.cli.console import load_settings, postgresql_of, say_that_it_waits, store_errors


def rebuild() -> None:
    """Make everything that is served again from the record of publications.

    Responses stay the same. Use it if the store is damaged; `seed` does it by itself after an upgrade.
    """
    from rich.console import Console
    from rich.progress import Progress

    from app.errors import StoreUnavailable
    from app.ledger.entries import last_entry
    from app.ledger.postgresql import reading_ledger
    from app.publishing import catch_up, rebuilding
    from app.store.engines import store_path

    settings = load_settings()
    store, postgresql = store_path(settings), postgresql_of(settings)
    if not store.exists() and not postgresql:
        raise StoreUnavailable(f"There is no store {store}; run `treaty-guide seed`.")
    progress = Progress(console=Console(stderr=True), transient=True)
    opened = reading_ledger(postgresql) if postgresql else None
    with store_errors(store), progress, rebuilding(store, say_that_it_waits, opened) as (read_model, ledger):
        total, _ = last_entry(ledger) or (0, None)
        task = progress.add_task("Projecting publications", total=total)
        catch_up(read_model, ledger, on_entry=lambda count: progress.advance(task, count))
    typer.echo(f"The store {store} was rebuilt from {total} publication{'s' * (total != 1)}.")
