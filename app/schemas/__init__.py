"""Public schemas of the API. A field without a value is null, never missing."""

from app.schemas.annotations import (
    Annotation,
    AnnotationCollection,
    AnnotationPage,
    AnnotationTarget,
    LinkedSource,
    TextPositionSelector,
    TextQuoteSelector,
    TextualBody,
)
from app.schemas.changes import Change, ChangeCount, ChangePage, Revision, RevisionPage, WordChange
from app.schemas.citations import CSLDate, CSLItem, CSLName
from app.schemas.downloads import Download, DownloadPage
from app.schemas.examples import EXCERPT_DIGEST, GUIDE, GUIDE_URL, REVISION
from app.schemas.facts import (
    Article,
    CitedBy,
    Correction,
    CorrectionPage,
    Event,
    EventPage,
    FurtherPlace,
    Instrument,
    InstrumentPage,
    Member,
    Offsets,
    Source,
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
    Section,
    SectionPage,
    SeeAlso,
    WholeGuide,
)
from app.schemas.links import (
    ArticleLink,
    EventLink,
    FactLink,
    InstrumentLink,
    InstrumentName,
    SectionLink,
    SourceLink,
    TermLink,
    TopicLink,
)
from app.schemas.models import Page
from app.schemas.passages import Mention, Passage, PassageCorrection, PassageInSection, PassagePage, QuotedCorrection
from app.schemas.publications import Publication, PublicationPage
from app.schemas.quotations import NearestPassage, Quotation, QuotationPlace
from app.schemas.search import Facet, Facets, PassageResult, SearchPage, SearchResult, Suggestion, Suggestions
from app.schemas.service import (
    FactsLicence,
    FrontPage,
    GuideTextLicences,
    Health,
    InvalidParameter,
    Problem,
    Readiness,
    Service,
    ServiceLicences,
    ServiceLinks,
    ServiceTemplates,
    SoftwareLicence,
)
from app.schemas.topics import Topic, TopicCounts, TopicPage
