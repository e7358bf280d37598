"""Metrics for Prometheus."""

import platform
from collections.abc import Iterator
from contextlib import suppress

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlmodel import col

from app import __version__
from app.errors import StoreUnavailable
from app.http.policies import NO_STORE, ResponsePolicy
from app.ledger.status import read_status
from app.representations.prometheus import MEDIA_TYPE, gauge, request_metrics
from app.routers.checked_route import CheckedRoute
from app.store.publication_tables import Publication
from app.store.tables import Revision

router = APIRouter(route_class=CheckedRoute)

EXAMPLE = 'treaty_guide_http_requests_total{route="/v1/guides/{guide}",status="200"} 12\n'


@router.get(
    "/metrics",
    summary="Get metrics",
    tags=["Operations"],
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": EXAMPLE}}}},
)
@ResponsePolicy(formats=(), cache_control=NO_STORE)
async def get_metrics(request: Request) -> Response:
    """Get numbers for Prometheus, in its text format.

    They are the sums of all worker processes of this host. The service works without a store, and then leaves out what
    concerns it.
    """
    state = request.app.state
    lines = [
        *gauge("build_info", "Version of the software.", 1, version=__version__, python=platform.python_version()),
        *gauge("store_refused", "1 if the file in the place of the store cannot be served.", bool(state.store.problem)),
        *_store_metrics(request),
        *request_metrics(state.metrics.totals()),
    ]
    return Response("\n".join(lines) + "\n", headers={"content-type": MEDIA_TYPE})


def _store_metrics(request: Request) -> Iterator[str]:
    publications = select(func.count(), func.max(col(Revision.published_at))).where(col(Revision.is_current))
    if version := request.app.state.store.current():
        yield from gauge("store_timestamp_seconds", "Time at which the store file was written.", version[3] / 1e9)
    with suppress(StoreUnavailable, DatabaseError), request.app.state.sessions.open() as session:
        guides, newest = session.connection().execute(publications).one()
        yield from gauge("guides", "Guides that are served.", guides)
        last = session.scalar(select(func.max(col(Publication.sequence))))
        yield from gauge("publication", "Number of the last publication that is served.", last or 0)
        yield from _ledger_metrics(request, last or 0)
        if newest:
            help_ = "Time of the newest publication that is served."
            yield from gauge("publication_timestamp_seconds", help_, newest.timestamp())


def _ledger_metrics(request: Request, served: int) -> Iterator[str]:
    """Yield what concerns a ledger in PostgreSQL; `served` is the number of the last publication that is served."""
    state = request.app.state
    if state.has_postgresql and (status := read_status(state.store.path)):
        lag = max(status.sequence - served, 0)
        yield from gauge("ledger_lag", "Publications in the ledger that are not served yet.", lag)
        help_ = "Time at which the ledger was last read."
        yield from gauge("ledger_timestamp_seconds", help_, status.read_at.timestamp())
        is_reachable = status.unreachable_since is None
        yield from gauge("ledger_reachable", "1 if the ledger can be read.", is_reachable)
