"""`treaty-guide export`."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli.console import load_settings, store_errors
from app.text.editions import Edition


def export(
    guide: Annotated[str, typer.Argument(help="The slug of a published guide.")],
    format_: Annotated[Literal["json", "md", "txt"], typer.Option("--format", help="The format to write.")] = "json",
    edition: Annotated[
        Edition | None,
        typer.Option(
            help="The text with applied corrections, or as the author wrote it. By default corrected, but original as"
            " Markdown, because corrections refer to the author's words.",
            show_default=False,
        ),
    ] = None,
    revision: Annotated[str | None, typer.Option(help="A revision other than the current one.")] = None,
    output: Annotated[Path | None, typer.Option(help="A file to write to instead of standard output.")] = None,
) -> None:
    """Write a published guide as one document.

    The document is the public JSON, Markdown that `check` accepts as guide.md, or plain text.
    """
    from app.queries import former_names, guides, sections
    from app.queries.selected_revisions import select_revision
    from app.representations.seed_markdown import guide_markdown
    from app.representations.source_text import guide_text
    from app.store.engines import ReadingSessions, store_path
    from app.store.served import ServedStore
    from app.urls import URLs

    edition = edition or ("original" if format_ == "md" else "corrected")
    settings = load_settings()
    store = store_path(settings)
    with store_errors(store), ReadingSessions(ServedStore(store)).open() as session:
        selected = select_revision(session, URLs(settings.public_url), guide, revision, edition)
        former_slugs = former_names.former_slugs(session, selected)
        public_guide, parts = guides.guide(session, selected), list(sections.all_sections(session, selected))
    match format_:
        case "json":
            body = ",".join(section.model_dump_json() for section in parts)
            document = f'{{"guide":{public_guide.model_dump_json()},"sections":[{body}]}}\n'
        case "md":
            document = guide_markdown(public_guide, parts, former_slugs)
        case "txt":
            document = guide_text(public_guide, parts)
    if output:
        output.write_bytes(document.encode())
    else:
        sys.stdout.buffer.write(document.encode())
