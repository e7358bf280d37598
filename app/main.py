"""The service on one page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from app.addresses import Addresses
from app.database import reading_engine, store_path
from app.docs import serve_docs
from app.http.headers import StandingHeaders
from app.http.limits import Limits
from app.http.methods import Methods
from app.http.problems import show_problems
from app.http.request_ids import RequestIDs
from app.logs import log_as_lines
from app.migrating import newest_migration
from app.openapi import describe
from app.routers import (
    citations,
    corrections,
    events,
    guides,
    instruments,
    quotations,
    search,
    sections,
    service,
    sources,
    terms,
    topics,
)
from app.routers.parameters import known_parameters_only
from app.settings import Settings

RESOURCES = (
    service,
    guides,
    sections,
    search,
    corrections,
    citations,
    quotations,
    topics,
    instruments,
    events,
    terms,
    sources,
)


def create_app(settings: Settings | None = None) -> ASGIApp:
    """The service as an ASGI application, for uvicorn or any other server."""
    settings = settings or Settings()
    log_as_lines()
    engine = reading_engine(settings.database_url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        engine.dispose()

    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would be built from the Host header, which is the client's
        lifespan=lifespan,
        dependencies=[Depends(known_parameters_only)],
    )
    app.state.engine = engine
    app.state.store = store_path(settings.database_url)
    app.state.newest_migration = newest_migration()
    app.state.addresses = Addresses(settings.public_url)
    for resource in RESOURCES:
        app.include_router(resource.router)
    serve_docs(app)
    describe(app)
    show_problems(app)

    # Outermost first: whatever happens further in, the answer has an id, is logged, and carries the standing headers.
    limited = Limits(Methods(app), app.state.addresses)
    return RequestIDs(StandingHeaders(limited, settings.public_url), access_log=settings.access_log)
