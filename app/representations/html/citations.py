"""References in pages, the same as those at `/citation`."""

from datetime import datetime

from app import schemas
from app.queries.citations import CitedRevision
from app.queries.selected_revisions import SelectedRevision
from app.representations.citations.sentence import sentence
from app.representations.citations.works import guide_reference, part_reference
from app.representations.context import RenderContext
from app.text.digests import short_form


def cite_guide(guide: schemas.Guide, context: RenderContext) -> str:
    """Return the reference to a guide."""
    selected = _selected(context)
    published = _published(selected, guide.revision, guide.published_at)
    url = context.absolute_urls.pinned_to(guide.revision).guide(guide.slug)
    return sentence(guide_reference(published, guide.slug, url, selected.edition))


def cite_section(section: schemas.Section, context: RenderContext) -> str:
    """Return the reference to a section."""
    published = _published(_selected(context), section.revision, section.published_at)
    url = context.absolute_urls.pinned_to(section.revision).section(section.guide, section.slug)
    return sentence(part_reference(published, section.title, section.number, section.slug, url, section.edition))


def cite_passage(passage: schemas.PassageInSection, context: RenderContext) -> str:
    """Return the reference to a passage."""
    selected = _selected(context)
    published = _published(selected, passage.revision, passage.published_at)
    url = context.absolute_urls.pinned_to(passage.revision).passage(
        selected.guide, passage.id, digest=short_form(passage.digest)
    )
    title, number = passage.section_title, passage.section_number
    return sentence(part_reference(published, title, number, passage.id, url, selected.edition))


def _selected(context: RenderContext) -> SelectedRevision:
    if context.selected is None:
        raise ValueError("Only parts of a guide can be cited.")
    return context.selected


def _published(selected: SelectedRevision, revision: str, published_at: datetime) -> CitedRevision:
    return CitedRevision(selected.title, selected.language, revision, published_at.date())
