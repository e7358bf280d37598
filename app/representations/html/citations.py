"""The references that pages show; the address `/citation` returns the same."""

from dataclasses import replace
from datetime import datetime

from app import schemas
from app.queries.citations import CitedRevision
from app.queries.guides import SelectedRevision
from app.representations.citations.sentence import sentence
from app.representations.citations.works import guide_reference, part_reference
from app.representations.context import RenderContext


def cite_guide(guide: schemas.Guide, context: RenderContext) -> str:
    """Return the reference to a guide."""
    selected = _selected(context)
    published = _published(selected, guide.revision, guide.published_at)
    return sentence(guide_reference(published, guide.slug, _url(context, guide.revision), selected.edition))


def cite_section(section: schemas.Section, context: RenderContext) -> str:
    """Return the reference to a section."""
    published = _published(_selected(context), section.revision, section.published_at)
    url = _url(context, section.revision, f"/sections/{section.slug}")
    return sentence(part_reference(published, section.title, section.number, section.slug, url, section.edition))


def cite_passage(passage: schemas.PassageInSection, context: RenderContext) -> str:
    """Return the reference to a passage."""
    selected = _selected(context)
    published = _published(selected, passage.revision, passage.published_at)
    url = _url(context, passage.revision, f"/passages/{passage.id}")
    title, number = passage.section_title, passage.section_number
    return sentence(part_reference(published, title, number, passage.id, url, selected.edition))


def _selected(context: RenderContext) -> SelectedRevision:
    if context.selected is None:
        raise ValueError("Only parts of a guide can be cited.")
    return context.selected


def _published(selected: SelectedRevision, revision: str, published_at: datetime) -> CitedRevision:
    return CitedRevision(selected.title, selected.language, revision, published_at.date())


def _url(context: RenderContext, revision: str, path: str = "") -> str:
    """Return the absolute URL of a guide, or of a path below it, pinned to a revision."""
    selected = _selected(context)
    return replace(context.absolute_urls, revision=revision, edition=selected.edition).guide(selected.guide, path)
