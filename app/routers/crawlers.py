"""Files for crawlers of search engines: robots.txt (RFC 9309) and the sitemap."""

import math
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import PlainTextResponse

from app.errors import NotFound
from app.http.policies import ResponsePolicy
from app.queries.sitemap import pages
from app.representations.sitemap import MAX_URLS, sitemap, sitemap_index
from app.routers.checked_route import CheckedRoute
from app.routers.parameters import AbsoluteURLsDep, SessionDep

SITEMAP_PATH = "/sitemap.xml"

router = APIRouter(include_in_schema=False, route_class=CheckedRoute)


@router.get("/robots.txt")
@ResponsePolicy(formats=())
async def get_robots(request: Request, urls: AbsoluteURLsDep) -> PlainTextResponse:
    """Allow all crawlers, name the sitemap and, if the operator has set one, the usage line."""
    signal = request.app.state.content_signal
    lines = [
        "User-agent: *",
        *([f"Content-Signal: {signal}"] if signal else []),
        "Allow: /",
        "",
        f"Sitemap: {urls.at(SITEMAP_PATH)}",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")


@router.get(SITEMAP_PATH)
@ResponsePolicy(formats=())
async def get_sitemap(session: SessionDep, urls: AbsoluteURLsDep) -> Response:
    """List the pages of the current revisions, or else the files that list them."""
    found, total = pages(session, urls, MAX_URLS)
    if total <= MAX_URLS:
        return _xml(sitemap(found))
    parts = math.ceil(total / MAX_URLS)
    return _xml(sitemap_index(urls.at(f"/sitemap-{part}.xml") for part in range(1, parts + 1)))


@router.get("/sitemap-{part}.xml")
@ResponsePolicy(formats=())
async def get_sitemap_part(
    session: SessionDep, urls: AbsoluteURLsDep, part: Annotated[str, Path(pattern=r"^[1-9][0-9]{0,5}$")]
) -> Response:
    """List the pages of one file of the sitemap index."""
    found, _ = pages(session, urls, MAX_URLS, (int(part) - 1) * MAX_URLS)
    if not found:
        raise NotFound(f"There is no such part of the sitemap; {SITEMAP_PATH} lists them.")
    return _xml(sitemap(found))


def _xml(text: str) -> Response:
    return Response(text.encode(), media_type="application/xml")
