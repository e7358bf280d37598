"""The service on one page."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp

from app.http.pipeline import ResponsePipeline
from app.http.problems import install_problem_handlers
from app.http.redirects import install_redirect_handler
from app.http.request_log import RequestLog
from app.http.response_cache import ResponseCache
from app.limits import SWITCH_INTERVAL_S
from app.logs import configure_logging, log_stream
from app.mcp import route as mcp
from app.metrics import RequestMetrics, SharedMemory
from app.routers import (
    api_catalog,
    assets,
    citations,
    corrections,
    crawlers,
    docs,
    downloads,
    events,
    guides,
    instruments,
    llms,
    metrics,
    openapi,
    publications,
    quotations,
    revisions,
    search,
    sections,
    service,
    sources,
    terms,
    topics,
)
from app.server.shutdown import Shutdown, delayed_shutdown
from app.settings import Settings
from app.store.engines import ReadingSessions, store_path
from app.store.served import ServedStore
from app.urls import URLs

RESOURCES = (
    service,
    metrics,
    guides,
    revisions,
    publications,
    sections,
    search,
    corrections,
    downloads,
    citations,
    quotations,
    topics,
    instruments,
    events,
    terms,
    sources,
    openapi,
    docs,
    assets,
    api_catalog,
    crawlers,
    llms,
)


def create_app(settings: Settings | None = None, memory: SharedMemory | None = None) -> ASGIApp:
    """Create the service as an ASGI application, for uvicorn or any other server.

    The metrics of workers that share `memory` are added up.
    """
    settings = settings or Settings()
    configure_logging()
    urls = URLs(settings.public_url)
    store = ServedStore(store_path(settings))
    if store.problem:
        structlog.get_logger("store").error("store refused", reason=store.problem)
    sessions = ReadingSessions(store)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Shutdown]]:
        gc.freeze()  # what is loaded now stays, so the garbage collector need not look at it again
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        with delayed_shutdown(settings.shutdown_delay) as shutdown:
            yield {"shutdown": shutdown}
        pipeline.render_thread.stop()
        sessions.close()
        log_stream.finish()
        gc.unfreeze()

    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # `app.routers.openapi` serves it, so that it rejects unknown parameters too
        generate_unique_id_function=lambda route: route.name,  # the operation ids are the names of the functions
        redirect_slashes=False,  # a redirect would be built from the client's Host header
        lifespan=lifespan,
    )
    app.state.store = store
    app.state.sessions = sessions
    app.state.has_postgresql = settings.has_postgresql
    app.state.urls = urls
    app.state.absolute_urls = URLs(settings.public_url or settings.local_url)
    app.state.content_signal = settings.content_signal
    app.state.has_tools = settings.mcp
    routers = [resource.router for resource in RESOURCES if resource is not metrics or settings.metrics]
    if settings.mcp:
        routers.append(mcp.router)
    for router in routers:
        app.include_router(router)
    install_problem_handlers(app, routers)
    install_redirect_handler(app)
    templates = [route.path for router in routers for route in router.routes if isinstance(route, Route)]
    app.state.metrics = RequestMetrics(memory or SharedMemory(), templates)
    cache = ResponseCache(store, settings.cache_bytes)
    log = RequestLog(is_on=settings.access_log, with_queries=settings.log_queries)
    before_body = mcp.load_library if settings.mcp else None
    pipeline = ResponsePipeline(app, urls, cache, log, app.state.metrics, before_body=before_body)
    return pipeline
