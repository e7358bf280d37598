"""The API catalog (RFC 9727): where a machine that knows this host alone finds the API's description."""

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from app.http.links import API_CATALOG
from app.urls import URLs

MEDIA_TYPE = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


def serve_catalog(app: FastAPI) -> None:
    """Answer `/.well-known/api-catalog` with a set of links (RFC 9264)."""
    urls: URLs = app.state.urls
    linkset = {
        "linkset": [
            {
                "anchor": urls.at("/"),
                "service-desc": [{"href": urls.at("/openapi.json"), "type": "application/json"}],
                "service-doc": [{"href": urls.at("/docs"), "type": "text/html"}],
                "status": [{"href": urls.at("/health/ready"), "type": "application/json"}],
            }
        ]
    }

    @app.get(API_CATALOG, include_in_schema=False)
    async def api_catalog() -> JSONResponse:
        return JSONResponse(linkset, media_type=MEDIA_TYPE)
