"""The service on one page."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from app.http.compression import Compression
from app.http.conditional import Conditional
from app.http.headers import StandingHeaders
from app.http.languages import Languages
from app.http.lifetimes import Lifetimes
from app.http.limits import Limits
from app.http.links import Links
from app.http.methods import Methods
from app.http.negotiation import Negotiation
from app.http.problems import show_problems
from app.http.request_ids import RequestIDs
from app.http.response_cache import ResponseCache
from app.http.turns import Turns
from app.http.validators import Validators
from app.logs import configure_logging
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
from app.routers.api_catalog import serve_catalog
from app.routers.docs import serve_docs
from app.routers.openapi import describe
from app.routers.parameters import known_parameters_only
from app.settings import Settings
from app.store.engines import reading_engine, store_path
from app.store.migrations import newest_migration
from app.store.version import StoreVersion
from app.urls import URLs

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
    configure_logging()
    engine = reading_engine(settings.database_url)
    store_version = StoreVersion(store_path(settings.database_url))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        gc.freeze()  # what is loaded now stays, and need not be looked through again and again for what does not
        yield
        engine.dispose()
        store_version.close()

    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # served below, so that it refuses a parameter that it does not know
        redirect_slashes=False,  # a redirect would be built from the Host header, which is the client's
        lifespan=lifespan,
        dependencies=[Depends(known_parameters_only)],
    )
    app.state.engine = engine
    app.state.store = store_path(settings.database_url)
    app.state.newest_migration = newest_migration()
    app.state.urls = URLs(settings.public_url)
    for resource in RESOURCES:
        app.include_router(resource.router)
    serve_docs(app)
    serve_catalog(app)
    describe(app)
    show_problems(app)

    return answering(app, settings, store_version)


def answering(app: ASGIApp, settings: Settings, store_version: StoreVersion) -> ASGIApp:
    """The routes inside all that their answers share, from the innermost piece to the outermost."""
    urls = URLs(settings.public_url)
    # What the answer says of itself. Negotiation and links know what it is of, hence stand next to the routes.
    app = Languages(app)
    app = Negotiation(app, urls)
    app = Links(app, urls)
    app = Lifetimes(app)
    # The validator is of the body as the route made it, and only where the lifetime lets it be kept; a coding then
    # changes both.
    app = Validators(app)
    app = Compression(app, urls)
    app = Methods(app)
    app = Limits(app, urls)
    app = StandingHeaders(app, settings.public_url)
    # Inside the cache: what is held there is answered while others wait for their turn.
    app = Turns(app)
    # All above is the same for all who ask the same, and is held whole. What follows is done afresh for each request.
    app = ResponseCache(app, store_version, settings.cache_bytes)
    # Outside the cache, so that one entry answers GET, HEAD and a client that holds the answer already.
    app = Conditional(app)
    # Whatever happens further in, the answer has an id and is logged.
    return RequestIDs(app, access_log=settings.access_log)
