"""`treaty-guide seed`."""

from typing import Annotated

import typer

from app.cli.console import SeedsPath, load_settings, store_errors

PROGRESS_MIN_SECTIONS = 500  # a smaller publication is too fast for a progress bar


def seed(
    path: SeedsPath = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Publish even if a guide loses everything of a kind, such as all corrections.")
    ] = False,
) -> None:
    """Publish seed files into the store.

    The store is created or migrated first. Either all guides are published or none. A running service shows them
    within a second. Publishing unchanged content changes nothing. While another publication is running, the command
    waits. Prints warnings, and how much was added and removed.
    """
    from rich.console import Console
    from rich.progress import Progress

    from app.content import read_guides
    from app.content.issues import ValidationIssues
    from app.content.reader import is_guide_folder
    from app.publishing import current_guides, publish
    from app.store.engines import store_path, transaction
    from app.store.migrations import migrate
    from app.store.replacement import replacing

    settings = load_settings()
    store = store_path(settings.database_url)
    seeds = path or settings.seeds
    issues = ValidationIssues()
    guides = read_guides(seeds, issues)
    for warning in issues.warnings:
        typer.echo(str(warning), err=True)
    total = sum(len(guide.sections) for guide in guides)
    progress = Progress(console=Console(stderr=True), transient=True, disable=total < PROGRESS_MIN_SECTIONS)
    with store_errors(store), replacing(store, on_wait=_say_that_it_waits) as engine, progress:
        was_migrated = migrate(engine)
        task = progress.add_task("Publishing sections", total=total)
        with transaction(engine) as session:
            publications = publish(
                session, *guides, may_remove_all=yes, on_sections=lambda count: progress.advance(task, count)
            )
            served = current_guides(session)
    if was_migrated:
        typer.echo(f"The store {store} is ready for this version.")
    for publication in publications:
        typer.echo(f"{publication.guide}: {publication.outcome.format(publication.revision)}")
        for change in publication.changes:
            typer.echo(f"{publication.guide}: {change}")
    if not is_guide_folder(seeds):
        for guide in sorted({*served} - {guide.slug for guide in guides}):
            typer.echo(f"{guide}: still served, though it has no folder in {seeds}.")


def _say_that_it_waits() -> None:
    typer.echo("Another publication is running; waiting until it ends.", err=True)
