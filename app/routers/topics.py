"""Topics, and their sections across guides."""

from fastapi import APIRouter

from app import schemas
from app.http.policies import ResponsePolicy
from app.queries import topics
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import EditionName, SessionDep, TopicSlug, URLsDep

router = APIRouter(prefix="/v1/topics", tags=["Topics"], route_class=ContentRoute)


@router.get("", summary="List the topics")
@ResponsePolicy()
async def list_topics(session: SessionDep, urls: URLsDep, paging: PagingDep) -> schemas.TopicPage:
    """List the topics in their editorial order, each with counts."""
    found = topics.topics(session, urls)
    return paging.page(schemas.TopicPage, found[paging.offset : paging.offset + paging.limit], len(found))


@router.get("/{topic}", summary="Get a topic")
@ResponsePolicy()
async def get_topic(session: SessionDep, urls: URLsDep, topic: TopicSlug) -> schemas.Topic:
    """Get one topic: its description and counts."""
    return topics.topic(session, urls, topic)


@router.get("/{topic}/sections", summary="List the sections of a topic")
@ResponsePolicy()
async def list_topic_sections(
    session: SessionDep,
    urls: URLsDep,
    topic: TopicSlug,
    paging: PagingDep,
    edition: EditionName = "corrected",
) -> schemas.SectionPage:
    """List the sections of a topic, guide by guide, in reading order."""
    found, total = topics.topic_sections(session, urls, edition, topic, paging.limit, paging.offset)
    if not found:
        topics.topic(session, urls, topic)
    return paging.page(schemas.SectionPage, found, total)
