"""The command `treaty-guide`: check, seed, serve, export."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from alembic.util import CommandError
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import DatabaseError

from app import content
from app.addresses import Addresses
from app.content import ContentError
from app.content.editions import Edition
from app.database import reading_engine, store_path, transaction, until_readable, writing_engine
from app.http import open_files
from app.http.problems import HTTPProblem
from app.http.protocol import server_options
from app.migrating import migrate
from app.publishing import NameTaken, Outcome, publish
from app.queries import guides, sections
from app.queries.guides import Asked
from app.representations.markdown import guide_markdown
from app.representations.text import guide_text
from app.settings import Settings

MUCH_TO_PUBLISH = 500  # sections; below this, publishing is over before a progress bar could be read
SHUTDOWN_S = 10  # how long requests under way may take when the service is stopped

cli = typer.Typer(
    help="Check, publish and serve guides to treaties.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_out = Console(soft_wrap=True, highlight=False)
_err = Console(stderr=True, soft_wrap=True, highlight=False)

SeedsPath = Annotated[
    Path | None,
    typer.Argument(
        metavar="[PATH]",
        help="A folder of guides with their topics.yaml, or one guide's folder inside it."
        " By default the folder that TREATY_GUIDE_SEEDS names, which is seeds unless you set it.",
        show_default=False,
    ),
]


class Format(StrEnum):
    """What a guide can be exported as."""

    JSON = "json"
    MARKDOWN = "md"
    TEXT = "txt"


@cli.command()
def check(path: SeedsPath = None) -> None:
    """Say whether seed files can be published, and if not, what to put right in which line."""
    for guide in content.read_guides(path or Settings().seeds):
        passages = sum(len(section.passages) for section in guide.sections)
        _out.print(f"{guide.slug}: {len(guide.sections)} sections, {passages} passages; revision {guide.revision}.")


@cli.command()
def seed(path: SeedsPath = None) -> None:
    """Publish seed files into the store, which is made or brought up to date first.

    All guides are published together or none is, and a running service shows them within a second. Publishing what is
    published already changes nothing.
    """
    settings = Settings()
    read = content.read_guides(path or settings.seeds)
    engine = writing_engine(settings.database_url)
    with _explaining_store_errors(settings):
        if migrate(engine):
            _out.print(f"The store {store_path(settings.database_url)} is ready for this version.")
        total = sum(len(guide.sections) for guide in read)
        with Progress(console=_err, transient=True, disable=total < MUCH_TO_PUBLISH) as progress:
            task = progress.add_task("Publishing sections", total=total)
            with transaction(engine) as session:
                publications = publish(session, *read, on_sections=lambda count: progress.advance(task, count))
        for published in publications:
            _out.print(f"{published.guide}: {_SENTENCES[published.outcome].format(published.revision)}")


_SENTENCES = {
    Outcome.PUBLISHED: "published as revision {}.",
    Outcome.CURRENT_AGAIN: "revision {}, published before, is current again.",
    Outcome.UNCHANGED: "nothing to do, revision {} is current already.",
}


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.", show_default="8000")] = None,
    workers: Annotated[int | None, typer.Option(help="How many processes to start.", show_default="1")] = None,
    reload: Annotated[bool, typer.Option("--reload", help="Start again whenever the code changes.")] = False,
    no_access_log: Annotated[bool, typer.Option("--no-access-log", help="Log no line for each request.")] = False,
) -> None:
    """Serve the published guides over HTTP until interrupted. Options win over the environment's settings."""
    given = {"host": host, "port": port, "workers": workers, "access_log": False if no_access_log else None}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    if reload and settings.workers > 1:
        raise typer.BadParameter("--reload works with one worker; leave out --workers.")
    if not store_path(settings.database_url).exists():
        _err.print("There is no store yet: every guide will be missing until you run `treaty-guide seed`.")
    # The workers are processes of their own, which read their settings from the environment.
    os.environ["TREATY_GUIDE_ACCESS_LOG"] = str(settings.access_log)
    open_files.allow_for(settings.concurrency)
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        reload=reload,
        **server_options(settings.concurrency),
        timeout_graceful_shutdown=SHUTDOWN_S,
    )


@cli.command()
def export(
    guide: Annotated[str, typer.Argument(help="The slug of a published guide.")],
    format_: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.JSON,
    edition: Annotated[
        Edition, typer.Option(help="With the corrections that are applied, or as the author wrote it.")
    ] = "corrected",
    revision: Annotated[str | None, typer.Option(help="A revision other than the current one.")] = None,
    output: Annotated[Path | None, typer.Option(help="A file to write to, instead of standard output.")] = None,
) -> None:
    """Write a published guide as one document: its public JSON, Markdown like a seed file's, or plain text."""
    settings = Settings()
    with _explaining_store_errors(settings), transaction(reading_engine(settings.database_url)) as session:
        asyncio.run(until_readable(session))
        reading = guides.reading(session, Asked(Addresses(settings.public_url), guide, revision, edition))
        shape, parts = guides.guide(session, reading), list(sections.every_section(session, reading))
    match format_:
        case Format.JSON:
            body = ",".join(section.model_dump_json() for section in parts)
            document = f'{{"guide":{shape.model_dump_json()},"sections":[{body}]}}\n'
        case Format.MARKDOWN:
            document = guide_markdown(shape, parts)
        case Format.TEXT:
            document = guide_text(shape, parts)
    if output:
        output.write_bytes(document.encode())
    else:
        sys.stdout.buffer.write(document.encode())


@contextmanager
def _explaining_store_errors(settings: Settings) -> Iterator[None]:
    """Turn what SQLite and Alembic say into a sentence for the operator."""
    path = store_path(settings.database_url)
    try:
        yield
    except DatabaseError as error:
        if not path.exists():
            raise _UserError(f"There is no store at {path}, and none can be made or read there.") from error
        raise _UserError(f"The store {path} cannot be used ({error.orig}).") from error
    except CommandError as error:
        raise _UserError(f"The store {path} was made by a newer version of this service.") from error


class _UserError(Exception):
    """Something that the user can put right, said in a sentence."""


def main() -> None:
    """Run the command; a mistake of the user's ends with a sentence on standard error and exit code 1."""
    try:
        cli()
    except ContentError as error:
        for fault in error.faults:
            _err.print(str(fault), markup=False)
        _err.print(f"{len(error.faults)} to put right; nothing was published.")
    except ValidationError as error:
        for detail in error.errors():
            name = f"TREATY_GUIDE_{'_'.join(map(str, detail['loc']))}".upper()
            _err.print(f"{name}: {detail['msg'].removeprefix('Value error, ')}", markup=False)
    except HTTPProblem as error:
        near = f" Did you mean {' or '.join(error.did_you_mean)}?" if error.did_you_mean else ""
        _err.print(f"{error.detail}{near}", markup=False)
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, has seen enough; Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (_UserError, NameTaken, OSError) as error:
        _err.print(str(error), markup=False)
    else:
        return
    sys.exit(1)


if __name__ == "__main__":
    main()
