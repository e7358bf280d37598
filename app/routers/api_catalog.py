"""The API catalog (RFC 9727), which links the API's description at a well-known address."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.http.policies import ResponsePolicy
from app.routers.checked_route import CheckedRoute
from app.routers.parameters import URLsDep

PATH = "/.well-known/api-catalog"
MEDIA_TYPE = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'

router = APIRouter(include_in_schema=False, route_class=CheckedRoute)


@router.get(PATH)
@ResponsePolicy(formats=(), links=((PATH, 'rel="api-catalog"'),))  # RFC 9727 section 2: also for HEAD
async def get_api_catalog(urls: URLsDep) -> JSONResponse:
    """Return the catalog as a link set (RFC 9264)."""
    links = {
        "anchor": urls.at("/"),
        "service-desc": [{"href": urls.at("/openapi.json"), "type": "application/json"}],
        "service-doc": [{"href": urls.at("/docs"), "type": "text/html"}],
        "status": [{"href": urls.at("/health/ready"), "type": "application/json"}],
    }
    return JSONResponse({"linkset": [links]}, media_type=MEDIA_TYPE)
