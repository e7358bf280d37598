"""Public schemas of the API. A field without a value is null, never missing."""

from app.schemas.examples import GUIDE, GUIDE_URL, REVISION
from app.schemas.facts import (
    Article,
    CitedBy,
    Correction,
    CorrectionPage,
    Event,
    EventLink,
    EventPage,
    FactLink,
    FurtherPlace,
    Instrument,
    InstrumentPage,
    Member,
    Offsets,
    Source,
    SourceLink,
    SourcePage,
    Term,
    TermPage,
)
from app.schemas.guides import (
    ContentsEntry,
    Guide,
    GuideCounts,
    GuideLinks,
    GuidePage,
    Passage,
    Revision,
    RevisionPage,
    Section,
    SectionPage,
    SeeAlso,
)
from app.schemas.models import Page, SectionLink, TopicLink
from app.schemas.quotations import NearestPassage, Quotation, QuotationPlace
from app.schemas.search import Facet, Facets, PassageResult, SearchPage, SearchResult, Suggestion, Suggestions
from app.schemas.service import Health, InvalidParameter, Problem, Service, ServiceLinks, ServiceTemplates
from app.schemas.topics import Topic, TopicCounts, TopicPage
