"""The command `treaty-guide`, one file per command.

Commands import the service when they run, so that `--help` and usage errors are fast.
"""

import os
import sys

import typer

from app.cli.check import check
from app.cli.copy_ledger import copy_ledger
from app.cli.doctor import doctor
from app.cli.export import export
from app.cli.follow import follow
from app.cli.prune import prune
from app.cli.rebuild import rebuild
from app.cli.revisions import revisions
from app.cli.rollback import rollback
from app.cli.seed import seed
from app.cli.serve import serve
from app.cli.verify import verify
from app.cli.withdraw import withdraw
from app.limits import BACKGROUND_NICENESS

cli = typer.Typer(
    help="Check, publish and serve guides to treaties.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help starts in two thirds of the time
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    check,
    seed,
    serve,
    follow,
    export,
    revisions,
    rollback,
    withdraw,
    prune,
    rebuild,
    copy_ledger,
    doctor,
    verify,
):
    cli.command()(command)


def main() -> None:
    """Run the command; report an error that the user can fix in a sentence, with exit code 1."""
    if sys.argv[1:2] in (["seed"], ["rebuild"]):
        os.nice(BACKGROUND_NICENESS)  # readers of a service on this machine come first
    try:
        cli()
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, closed it. Python would report the same error when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        lines = _explain(error)
        if not lines:
            raise
        for line in lines:
            typer.echo(line, err=True)
    else:
        return
    sys.exit(1)


def _explain(error: Exception) -> list[str]:
    """Return the lines that tell the user what to fix; none for an unexpected error."""
    from pydantic import ValidationError

    from app.errors import ContentError, InvalidInput, NotFound, TreatyGuideError

    match error:
        case ContentError():
            issues = f"{len(error.issues)} issue{'s' * (len(error.issues) > 1)}"
            return [*map(str, error.issues), f"{issues} found; nothing was published."]
        case NotFound() | InvalidInput() if error.did_you_mean:
            return [f"{error} Did you mean {' or '.join(error.did_you_mean)}?"]
        case TreatyGuideError() | OSError():
            return [str(error)]
        case ValidationError(title="Settings"):
            return [
                f"TREATY_GUIDE_{'_'.join(map(str, detail['loc']))}".upper()
                + f": {detail['msg'].removeprefix('Value error, ')}"
                for detail in error.errors()
            ]
    return []
