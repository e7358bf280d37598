"""The revision that a response is read from: its headers, links to other versions, and the parameter `as_of`."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import Annotated

from fastapi import Query, Request, Response
from sqlmodel import Session

from app.errors import InvalidInput
from app.http.redirects import TemporaryRedirect
from app.queries.predecessors import names_before
from app.queries.revisions import revision_at
from app.queries.selected_revisions import SelectedRevision
from app.urls import canonical_url

AsOf = Annotated[
    str | None,
    Query(
        description="Return the revision that was current at the end of this day, or at this time, in UTC: a 307 leads"
        " to its address. Dates that do not exist give 422, and times before the first publication 404.",
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?Z)?$",
        examples=["2026-11-22"],
    ),
]


def set_content_headers(response: Response, selected: SelectedRevision) -> None:
    """Set the headers of a response that belongs to one guide."""
    response.headers.update({"Content-Language": selected.language, "Content-Revision": selected.revision})


def use_revision(
    session: Session, selected: SelectedRevision, request: Request, response: Response
) -> SelectedRevision:
    """Note the revision that a request reads, for its headers and its other formats."""
    set_content_headers(response, selected)
    if "revision" in request.query_params:
        add_version_headers(session, request, response, selected)
    request.state.selected = selected
    return selected


def redirect_to_revision_at(session: Session, request: Request, guide: str, as_of: str) -> None:
    """Raise a redirect to this address in the revision that was current at a time.

    Raises `InvalidInput` for a date that does not exist, or together with `revision`, and `NotFound` if the guide had
    no revision then.
    """
    if "revision" in request.query_params:
        raise InvalidInput.of(("as_of", "Use either this parameter or `revision`."))
    raise TemporaryRedirect(_url_with(request, {"revision": revision_at(session, guide, _moment(as_of))}))


def _moment(as_of: str) -> datetime:
    try:
        moment = datetime.fromisoformat(as_of)
    except ValueError as error:
        raise InvalidInput.of(("as_of", "This date or time does not exist.")) from error
    return moment if moment.tzinfo else datetime.combine(moment, time.max, UTC)


def add_version_headers(session: Session, request: Request, response: Response, selected: SelectedRevision) -> None:
    """Add the links of RFC 5829 and the time of RFC 7089 to a response that is pinned to a revision.

    A resource that is new in the revision has no predecessor, and a renamed one has it at its former address.
    """
    current = _url_with(request, {})
    links = {"original": current, "latest-version": current}
    names = {**request.query_params, **request.path_params, "revision": selected.previous or ""}
    if selected.previous and (before := names_before(session, selected, names)):
        links["predecessor-version"] = _url_with(request, before)
    links["version-history"] = selected.urls.at(f"/v1/guides/{selected.guide}/revisions")
    response.headers["Link"] = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in links.items())
    response.headers["Memento-Datetime"] = format_datetime(selected.published_at, usegmt=True)


def _url_with(request: Request, names: Mapping[str, str]) -> str:
    """Return the URL of a request with other values of some parameters; without `revision` it is the current one."""
    path: str = request.scope["route"].path.format_map({**request.path_params, **names})
    query = {name: value for name, value in request.query_params.items() if name not in {"as_of", "revision"}}
    query |= {name: value for name, value in names.items() if name in query or name == "revision"}
    url: str = request.app.state.urls.at(canonical_url(path, query.items()))
    return url
