"""The stylesheet, script and icon of the web pages."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from app.errors import NotFound
from app.http.policies import PINNED, ResponsePolicy
from app.representations.html.assets import ASSETS
from app.routers.checked_route import CheckedRoute
from app.routers.parameters import URLsDep

router = APIRouter(include_in_schema=False, route_class=CheckedRoute)


@router.get("/assets/{name}")
@ResponsePolicy(formats=(), cache_control=PINNED)
async def get_asset(urls: URLsDep, name: str) -> Response:
    """Serve a file, or redirect to its current name.

    A page that a cache kept during an update names the file of another version.
    """
    for asset in ASSETS.values():
        if asset.name == name:
            return Response(asset.content, media_type=asset.media_type)
        if asset.was_named(name):
            return RedirectResponse(urls.at(asset.path))
    raise NotFound.unknown("file", name, [asset.name for asset in ASSETS.values()])
