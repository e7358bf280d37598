"""Build the document of each model: a title, an address, the content, and links to continue."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app import schemas
from app.representations.blocks import Block
from app.representations.context import RenderContext
from app.representations.documents import changes, corrections, facts, guides, search, sections, service
from app.schemas.models import PublicModel

Builder = Callable[[Any, RenderContext], Iterable[Block]]

BUILDERS: Mapping[type[PublicModel], Builder] = {
    schemas.FrontPage: service.front_page,
    schemas.GuidePage: guides.guide_list,
    schemas.WholeGuide: guides.whole_guide,
    schemas.RevisionPage: changes.revision_list,
    schemas.Revision: changes.revision,
    schemas.ChangePage: changes.change_list,
    schemas.DownloadPage: guides.download_list,
    schemas.PublicationPage: changes.publication_list,
    schemas.SectionPage: sections.section_list,
    schemas.Section: sections.section,
    schemas.PassagePage: sections.passage_list,
    schemas.PassageInSection: sections.passage,
    schemas.CorrectionPage: corrections.correction_list,
    schemas.Correction: corrections.correction,
    schemas.TopicPage: service.topic_list,
    schemas.Topic: service.topic,
    schemas.InstrumentPage: facts.instrument_list,
    schemas.Instrument: facts.instrument,
    schemas.Article: facts.article,
    schemas.EventPage: facts.event_list,
    schemas.Event: facts.event,
    schemas.TermPage: facts.term_list,
    schemas.Term: facts.term,
    schemas.SourcePage: facts.source_list,
    schemas.Source: facts.source,
    schemas.SearchPage: search.search_page,
}


def build_document(content: PublicModel, context: RenderContext) -> Iterable[Block]:
    """Return the blocks of the document."""
    return BUILDERS[type(content)](content, context)
