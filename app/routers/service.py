"""The service itself: what it is, whether it is well, and what its problems mean."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse
from sqlmodel import col, select

from app import __version__, schemas
from app.errors import NotFound, StoreUnavailable
from app.formats import JSON
from app.http.policies import NO_STORE, ResponsePolicy
from app.http.problem_types import ProblemType
from app.ledger.status import read_status
from app.queries import guides, topics
from app.representations import html
from app.representations.context import RenderContext
from app.routers import api_catalog
from app.routers.content_route import ContentRoute
from app.routers.pagination import MAX_LIMIT
from app.routers.parameters import AbsoluteURLsDep, FormatDep, SessionDep, URLsDep
from app.store.tables import Revision
from app.urls import URLs

DESCRIPTION = "Guides to treaties as content that programs can use: by section, by topic, by passage."

API_LINKS = (
    (api_catalog.PATH, 'rel="api-catalog"'),
    ("/openapi.json", 'rel="service-desc"; type="application/json"'),
    ("/docs", 'rel="service-doc"; type="text/html"'),
)

router = APIRouter(route_class=ContentRoute)


@router.get("/", summary="Get the service document", tags=["Service"])
@ResponsePolicy(links=API_LINKS)
async def get_service(session: SessionDep, urls: URLsDep, chosen: FormatDep) -> schemas.Service:
    """Get the name, version and licences of the service, and links to everything else.

    As Markdown, HTML and plain text you get a front page with the guides and topics.
    """
    service = describe_service(urls)
    if chosen is JSON:
        return service
    found, _ = guides.guides(session, urls, MAX_LIMIT, 0)
    return schemas.FrontPage(**dict(service), guides=found, topics=topics.topics(session, urls))


def describe_service(urls: URLs) -> schemas.Service:
    """Return the service document."""
    return schemas.Service(
        name="Treaty guide",
        version=__version__,
        description=DESCRIPTION,
        links=schemas.ServiceLinks(
            guides=urls.at("/v1/guides"),
            topics=urls.at("/v1/topics"),
            instruments=urls.at("/v1/instruments"),
            events=urls.at("/v1/events"),
            terms=urls.at("/v1/terms"),
            sources=urls.at("/v1/sources"),
            changes=urls.at("/v1/changes"),
            docs=urls.at("/docs"),
            openapi=urls.at("/openapi.json"),
            health=urls.at("/health/ready"),
        ),
        templates=schemas.ServiceTemplates(
            search=urls.at("/v1/search?q={q}"),
            suggestions=urls.at("/v1/suggestions?q={q}"),
            quotation=urls.at("/v1/quotations?text={text}"),
            guide=urls.guide("{guide}"),
            section=urls.section("{guide}", "{section}"),
            passage=urls.passage("{guide}", "{passage}"),
            article=urls.article("{instrument}", "{article}"),
        ),
        licences=schemas.ServiceLicences(
            software=schemas.SoftwareLicence(spdx_id="MIT", url="https://spdx.org/licenses/MIT.html"),
            guide_texts=schemas.GuideTextLicences(url=urls.at("/v1/guides")),
            corrections_and_facts=schemas.FactsLicence(
                spdx_id="CC0-1.0", url="https://creativecommons.org/publicdomain/zero/1.0/"
            ),
        ),
    )


@router.get("/health/live", summary="Check that the process is alive", tags=["Operations"])
@ResponsePolicy(formats=(), cache_control=NO_STORE)
async def get_liveness() -> schemas.Health:
    """Return 200 while the process runs. If this fails, restart the process."""
    return schemas.Health()


@router.get("/health/ready", summary="Check that the service is ready", tags=["Operations"])
@ResponsePolicy(formats=(), cache_control=NO_STORE)
async def get_readiness(session: SessionDep, request: Request) -> schemas.Readiness:
    """Return 200 if the service has a store with a guide.

    Otherwise, and once the service is stopping, you get a 503 with the reason. If a newer store file cannot be served,
    because it is damaged for example, the previous one is served, and `notice` says so. While the database in which
    publications are recorded is unreachable, everything is served as before, and you get the time since when.
    """
    if getattr(request.state, "shutdown", None) and request.state.shutdown.has_begun:
        raise StoreUnavailable("The service is stopping.")
    if session.exec(select(Revision.id).where(col(Revision.is_current)).limit(1)).first() is None:
        raise StoreUnavailable("The store contains no guide; run `treaty-guide seed`.")
    store = request.app.state.store
    notices = [f"{store.problem} The previous file is served."] if store.problem else []
    status = read_status(store.path) if request.app.state.has_postgresql else None
    if status:
        notices.append(status.notice)
    elif request.app.state.has_postgresql:
        notices.append("The ledger is not followed; run `treaty-guide follow`.")
    return schemas.Readiness(
        notice=" ".join(filter(None, notices)) or None,
        ledger_unreachable_since=status.unreachable_since if status else None,
    )


@router.get(
    "/problems/{name}",
    summary="Get a problem type",
    tags=["Operations"],
    response_class=HTMLResponse,
    responses={200: {"content": {"text/html": {"example": '<!doctype html><html lang="en">…</html>'}}}},
)
@ResponsePolicy(formats=())
async def get_problem_type(
    urls: URLsDep,
    absolute_urls: AbsoluteURLsDep,
    name: Annotated[
        str, Path(description="The name of a problem type.", pattern=r"^[a-z-]{1,40}$", examples=["not-found"])
    ],
) -> HTMLResponse:
    """Get the page that a problem's `type` links to. It explains the problem and what to do."""
    problems = {problem.slug: problem for problem in ProblemType}
    if name not in problems:
        raise NotFound.unknown("problem type", name, problems)
    problem = problems[name]
    context = RenderContext(
        path=f"/problems/{name}",
        query=(),
        urls=urls,
        absolute_urls=absolute_urls,
        selected=None,
        alternates=(),
        operation="Operations/get_problem_type",
    )
    page = html.ProblemPage(problem.title, problem.status, problem.explanation)
    return HTMLResponse(html.render_problem(page, context))
