"""Swagger UI, served whole from this package: no script, style or font comes from another host."""

import mimetypes
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response

from app.errors import NotFound

SWAGGER_UI = Path(__file__).parent / "swagger_ui"


def serve_docs(app: FastAPI) -> None:
    """Answer `/docs` and the files that it loads."""
    page = (SWAGGER_UI / "index.html").read_text(encoding="utf-8")
    assets = {path.name: path.read_bytes() for path in (SWAGGER_UI / "assets").iterdir()}

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(page)

    @app.get("/docs/assets/{name}", include_in_schema=False)
    async def docs_asset(name: str) -> Response:
        if name not in assets:
            raise NotFound.unknown("file", name, assets)
        return Response(assets[name], media_type=mimetypes.guess_type(name)[0] or "text/plain")
