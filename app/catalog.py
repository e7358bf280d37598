"""The API catalog (RFC 9727): where a machine that knows this host alone finds the API's description."""

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from app.addresses import Addresses
from app.http.links import API_CATALOG

MEDIA_TYPE = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


def serve_catalog(app: FastAPI) -> None:
    """Answer `/.well-known/api-catalog` with a set of links (RFC 9264)."""
    addresses: Addresses = app.state.addresses
    linkset = {
        "linkset": [
            {
                "anchor": addresses.at("/"),
                "service-desc": [{"href": addresses.at("/openapi.json"), "type": "application/json"}],
                "service-doc": [{"href": addresses.at("/docs"), "type": "text/html"}],
                "status": [{"href": addresses.at("/health/ready"), "type": "application/json"}],
            }
        ]
    }

    @app.get(API_CATALOG, include_in_schema=False)
    async def api_catalog() -> JSONResponse:
        return JSONResponse(linkset, media_type=MEDIA_TYPE)
