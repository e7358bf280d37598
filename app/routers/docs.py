"""Swagger UI. All its files are in this package, so the page loads nothing from other hosts."""

import mimetypes
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from app.errors import NotFound
from app.http.policies import ASSET_CACHING, ResponsePolicy
from app.routers.checked_route import CheckedRoute
from app.routers.parameters import URLsDep

SWAGGER_UI = Path(__file__).parent / "swagger_ui"
PAGE = (SWAGGER_UI / "index.html").read_text(encoding="utf-8")
ASSETS = {path.name: path.read_bytes() for path in (SWAGGER_UI / "assets").iterdir()}

# Swagger UI embeds its icons as data. “Try it out” calls the public URL, even if the page has another origin.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'{public_origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

router = APIRouter(include_in_schema=False, route_class=CheckedRoute)


@router.get("/docs")
@ResponsePolicy(formats=())
async def get_docs(urls: URLsDep) -> HTMLResponse:
    """Serve the Swagger UI page."""
    public_origin = " " + "/".join(urls.public_url.split("/")[:3]) if urls.public_url else ""
    policy = CONTENT_SECURITY_POLICY.format(public_origin=public_origin)
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": policy})


@router.get("/docs/assets/{name}")
@ResponsePolicy(formats=(), cache_control=ASSET_CACHING)
async def get_docs_asset(name: str) -> Response:
    """Serve a script, stylesheet or icon of the page."""
    if name not in ASSETS:
        raise NotFound.unknown("file", name, ASSETS)
    return Response(ASSETS[name], media_type=mimetypes.guess_type(name)[0] or "text/plain")
