"""What the API promises: the public shapes. A field that has no value is null, never missing."""

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
from app.schemas.service import Health, InvalidParameter, Problem, Service, ServiceLinks
from app.schemas.shapes import GUIDE, REVISION, Page, SectionLink, Shape, TopicLink
from app.schemas.topics import Topic, TopicCounts, TopicPage

__all__ = [
    "GUIDE",
    "REVISION",
    "ContentsEntry",
    "Guide",
    "GuideCounts",
    "GuideLinks",
    "GuidePage",
    "Health",
    "InvalidParameter",
    "Page",
    "Passage",
    "Problem",
    "Revision",
    "RevisionPage",
    "Section",
    "SectionLink",
    "SectionPage",
    "SeeAlso",
    "Service",
    "ServiceLinks",
    "Shape",
    "Topic",
    "TopicCounts",
    "TopicLink",
    "TopicPage",
]
