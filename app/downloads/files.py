"""Make the files of revisions, and write them into the store."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlmodel import Session

from app.downloads.csv_tables import csv_tables
from app.downloads.epub import epub
from app.downloads.guide_content import GuideContent, read_editions
from app.downloads.json_lines import json_lines
from app.downloads.sqlite_file import sqlite_file
from app.formats import CSV_TABLES, EPUB, FILE_FORMATS, JSON_LINES, SQLITE, FileFormat
from app.store.download_table import BOTH, Download
from app.store.rows import Row, insert_rows
from app.store.tables import Revision

# Each makes a file from the content in one edition, or in both.
WRITERS: Mapping[FileFormat, Callable[..., bytes]] = {
    JSON_LINES: json_lines,
    CSV_TABLES: csv_tables,
    SQLITE: sqlite_file,
    EPUB: epub,
}


def write_downloads(session: Session, revision_id: int) -> None:
    """Make the files of a revision.

    They depend on the revision and the history of its guide alone, so they are the same on every host.
    """
    revision = session.get_one(Revision, revision_id)
    editions = read_editions(session, revision.guide, revision.name)
    insert_rows(session, Download, (_row(revision_id, *file) for file in _files(editions)))


def _files(editions: Sequence[GuideContent]) -> Iterator[tuple[FileFormat, str, bytes]]:
    """Yield each file with its format and edition."""
    for format_ in FILE_FORMATS:
        if format_.has_both_editions:
            yield format_, BOTH, WRITERS[format_](*editions)
        else:
            yield from ((format_, content.edition, WRITERS[format_](content)) for content in editions)


def _row(revision_id: int, format_: FileFormat, edition: str, file: bytes) -> Row:
    return {
        "revision_id": revision_id,
        "name": format_.name,
        "edition": edition,
        "size": len(file),
        "sha256": hashlib.sha256(file).hexdigest(),
        "content": file,
    }
