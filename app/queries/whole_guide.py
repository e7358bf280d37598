"""A guide with its text."""

from sqlmodel import Session

from app import schemas
from app.queries import downloads, guides, sections
from app.queries.selected_revisions import SelectedRevision


def whole_guide(session: Session, selected: SelectedRevision) -> schemas.WholeGuide:
    """Return a guide with all its sections and its downloads."""
    return schemas.WholeGuide(
        **dict(guides.guide(session, selected)),
        sections=list(sections.all_sections(session, selected)),
        downloads=downloads.downloads(session, selected),
    )
