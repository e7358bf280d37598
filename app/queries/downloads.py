"""Queries for the files of a revision."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from app import schemas
from app.formats import FILE_FORMATS, FileFormat
from app.queries.selected_revisions import SelectedRevision
from app.store.download_table import BOTH, Download
from app.store.engines import fetch_all


@dataclass(frozen=True)
class File:
    """A file and its name, such as `us-japan-security-treaty-0123456789ab.sqlite`."""

    name: str
    media_type: str
    content: bytes


def downloads(session: Session, selected: SelectedRevision) -> list[schemas.Download]:
    """Return the files that have the selected edition."""
    columns = select(col(Download.name), col(Download.size), col(Download.sha256))
    found = {row.name: row for row in fetch_all(session, columns.where(*_has_edition(selected)))}
    pinned = selected.urls.pinned_to(selected.revision)
    return [
        schemas.Download(
            title=f"{format_.title}, {_edition(selected, format_)}",
            media_type=format_.media_type,
            bytes=found[format_.name].size,
            sha256=found[format_.name].sha256,
            url=pinned.guide(selected.guide, f"/downloads/{format_.name}"),
        )
        for format_ in FILE_FORMATS
    ]


def download(session: Session, selected: SelectedRevision, format_: FileFormat) -> File:
    """Return the file in a format that has the selected edition."""
    chosen = select(col(Download.content)).where(*_has_edition(selected), col(Download.name) == format_.name)
    ((content,),) = fetch_all(session, chosen)
    edition = "" if format_.has_both_editions else f"-{selected.edition}"
    return File(f"{selected.guide}-{selected.revision}{edition}.{format_.extension}", format_.media_type, content)


def _has_edition(selected: SelectedRevision) -> tuple[ColumnElement[bool], ...]:
    edition = col(Download.edition).in_((selected.edition, BOTH))
    return col(Download.revision_id) == selected.revision_id, edition


def _edition(selected: SelectedRevision, format_: FileFormat) -> str:
    return "both editions" if format_.has_both_editions else f"{selected.edition} edition"
