"""Swagger UI, served whole from this package: no script, style or font comes from another host."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

SWAGGER_UI = Path(__file__).parent / "swagger_ui"


def serve_docs(app: FastAPI) -> None:
    """Answer `/docs` and the files that it loads."""
    page = (SWAGGER_UI / "index.html").read_text(encoding="utf-8")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(page)

    app.mount("/docs/assets", StaticFiles(directory=SWAGGER_UI / "assets"))
