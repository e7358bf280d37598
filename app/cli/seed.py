"""`treaty-guide seed`."""

import gc
from typing import Annotated

import typer

from app.cli.console import SeedsPath, load_settings, postgresql_of, say_that_it_waits, store_errors

PROGRESS_MIN_SECTIONS = 500  # a smaller publication is too fast for a progress bar
MAX_NAMED_GUIDES = 5  # of those without a folder: `seed` may be given one of many folders
# Importing and publishing make many objects and few cycles. To look for cycles less often saves an eighth of the time.
GC_THRESHOLD = 10_000  # objects; Python's default is 700 to 2,000


def seed(
    path: SeedsPath = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Publish even if a guide loses everything of a kind, such as all corrections.")
    ] = False,
    note: Annotated[str | None, typer.Option(help="What changed and why, for the record of publications.")] = None,
) -> None:
    """Publish seed files into the store.

    The store is created first, or made ready for this version. Either all guides are published or none. A running
    service shows them within a second. Publishing unchanged content changes nothing. While another publication is
    running, the command waits. Prints warnings, and how much was added and removed.
    """
    gc.set_threshold(GC_THRESHOLD)
    from rich.console import Console
    from rich.progress import Progress

    from app.content import read_guides
    from app.content.issues import ValidationIssues
    from app.content.reader import is_guide_folder
    from app.publishing import current_guides, publish, publishing
    from app.store.engines import store_path

    settings = load_settings()
    store = store_path(settings)
    seeds = path or settings.seeds
    issues = ValidationIssues()
    guides = read_guides(seeds, issues)
    for warning in issues.warnings:
        typer.echo(str(warning), err=True)
    total = sum(len(guide.sections) for guide in guides)
    progress = Progress(console=Console(stderr=True), transient=True, disable=total < PROGRESS_MIN_SECTIONS)
    publisher = publishing(store, say_that_it_waits, postgresql=postgresql_of(settings, appends=True))
    with store_errors(store), progress, publisher as (read_model, ledger):
        task = progress.add_task("Publishing sections", total=total)
        publications = publish(
            read_model,
            ledger,
            *guides,
            note=note,
            may_remove_all=yes,
            on_sections=lambda count: progress.advance(task, count),
        )
        served = current_guides(read_model)
    for publication in publications:
        typer.echo(f"{publication.guide}: {publication.outcome.format(publication.revision)}")
        for change in publication.changes:
            typer.echo(f"{publication.guide}: {change}")
    if not is_guide_folder(seeds):
        without_folder = sorted({*served} - {guide.slug for guide in guides})
        for guide in without_folder[:MAX_NAMED_GUIDES]:
            typer.echo(
                f"{guide}: still served, though it has no folder in {seeds}; to withdraw it, run"
                f" `treaty-guide withdraw {guide} --reason TEXT`."
            )
        if (others := len(without_folder) - MAX_NAMED_GUIDES) > 0:
            typer.echo("So is 1 more guide." if others == 1 else f"So are {others:,} more guides.")
