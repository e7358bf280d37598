"""`treaty-guide check`."""

from typing import Annotated

import typer

from app.cli.console import SeedsPath, load_settings


def check(
    path: SeedsPath = None, strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False
) -> None:
    """Check seed files and report every problem with its file and line."""
    from app.content import read_guides
    from app.content.issues import ValidationIssues
    from app.errors import ContentError

    issues = ValidationIssues()
    guides = read_guides(path or load_settings().seeds, issues)
    if strict and issues.warnings:
        raise ContentError(issues.warnings)
    for warning in issues.warnings:
        typer.echo(str(warning), err=True)
    for guide in guides:
        passages = sum(len(section.passages) for section in guide.sections)
        typer.echo(f"{guide.slug}: {len(guide.sections)} sections, {passages} passages; revision {guide.revision}.")
    for file, count in issues.accepted.items():
        typer.echo(f"{count} warning{'s' * (count != 1)} accepted in {file}.")
