"""Ids of resources: the part of their URLs after `/v1/`, such as `guides/a-guide/sections/history`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

from sqlmodel import Session

from app import schemas
from app.content.fields import SLUG_PATTERN
from app.errors import InvalidInput, NotFound
from app.queries import corrections, facts, guides, passages, sections, sources
from app.queries.former_names import current_names
from app.queries.selected_revisions import SelectedRevision, select_revision, select_revision_with
from app.text.editions import Edition
from app.urls import URLs

PREFIX = "/v1/"
PAGE_SIZE = 50  # corrections in one text

Find = Callable[[Session, SelectedRevision, str], Any]


@dataclass(frozen=True)
class Resource:
    """A resource that an id names: its kind, its public model and the revision that was read.

    A guide has no sections here, and a list of corrections only its first page.
    """

    kind: str
    content: Any
    selected: SelectedRevision
    path: str

    @property
    def url(self) -> str:
        """URL in the revision and edition that the id names."""
        urls = self.selected.urls
        query = {"revision": urls.revision} if urls.revision else {}
        if urls.edition == "original":
            query["edition"] = urls.edition
        return urls.at(self.path, **query)

    @property
    def title(self) -> str:
        """Display name."""
        match self.content:
            case schemas.PassageInSection():
                return f"{self.content.section_title}, passage {self.content.id}"
            case schemas.CorrectionPage():
                return f"Corrections to {self.selected.title}"
            case _:
                return str(self.content.title)


def to_id(url: str, urls: URLs) -> str:
    """Return the id of a resource with this URL."""
    return url.removeprefix(urls.public_url).removeprefix(PREFIX)


def _guide(session: Session, selected: SelectedRevision, _: str) -> schemas.WholeGuide:
    return schemas.WholeGuide(**dict(guides.guide(session, selected)), sections=[], downloads=[])


def _corrections(session: Session, selected: SelectedRevision, _: str) -> schemas.CorrectionPage:
    return corrections_from(session, selected, 0)


def corrections_from(session: Session, selected: SelectedRevision, offset: int) -> schemas.CorrectionPage:
    """Return a page of the corrections to a guide."""
    items, total = corrections.corrections(session, selected, PAGE_SIZE, offset, corrections.CorrectionFilter())
    return schemas.CorrectionPage(items=items, total=total, next=None, previous=None, next_cursor=None)


def _article(session: Session, selected: SelectedRevision, name: str) -> schemas.Article:
    return facts.article(session, selected, *name.split("/articles/"))


_slug = SLUG_PATTERN.strip("^$").replace("(", "(?:")
_OF_GUIDES: tuple[tuple[str, str, Find], ...] = (
    ("guide", "()", _guide),
    ("section", f"/sections/({_slug})", sections.section),
    ("passage", rf"/passages/({_slug}\.[1-9][0-9]{{0,5}})", passages.passage),
    ("corrections", "/corrections()", _corrections),
    ("correction", f"/corrections/({_slug})", corrections.correction),
)
_FACTS: tuple[tuple[str, str, Find], ...] = (
    ("instrument", f"instruments/({_slug})", facts.instrument),
    ("instrument", f"instruments/({_slug}/articles/{_slug})", _article),
    ("event", f"events/({_slug})", facts.event),
    ("term", f"terms/({_slug})", facts.term),
    ("source", f"sources/({_slug})", sources.source),
)


def find_resource(session: Session, urls: URLs, id_: str) -> Resource:
    """Return the resource with an id, or that had it; a URL or a path of this service is accepted as well.

    Raises `NotFound` if there is none, and `InvalidInput` for an unknown edition or revision.
    """
    try:
        parts = urlsplit(to_id(id_, urls))
    except ValueError as error:  # for example, of an unclosed bracket
        raise _nothing() from error
    path = parts.path.removeprefix(PREFIX).strip("/")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    try:
        return _find(session, urls, path, query)
    except NotFound:
        current_path = _current_path(session, path, query.get("revision"))
        if current_path == path:
            raise
        return _find(session, urls, current_path, query)


def _current_path(session: Session, path: str, revision: str | None) -> str:
    """Return the path that a renamed resource has now; any other path stays as it is."""
    words = path.split("/")
    names = {kind.removesuffix("s"): name for kind, name in zip(words[::2], words[1::2], strict=False)}
    if not re.fullmatch("[a-z0-9./-]+", path) or len(names) < len(words) // 2:
        return path
    current = current_names(session, names | ({"revision": revision} if revision else {}))
    words[1::2] = [current[kind] for kind in names]
    return "/".join(words)


def _find(session: Session, urls: URLs, path: str, query: Mapping[str, str]) -> Resource:
    revision = query.get("revision")
    for kind, pattern, find_one in _OF_GUIDES:
        if match := re.fullmatch(f"guides/({_slug}){pattern}", path):
            selected = select_revision(session, urls, match[1], revision, _edition(query.get("edition")))
            return Resource(kind, find_one(session, selected, match[2]), selected, PREFIX + path)
    for kind, pattern, find_one in _FACTS:
        if match := re.fullmatch(pattern, path):
            slug = match[1]
            selected = select_revision_with(session, urls, kind, slug.partition("/")[0], revision)
            kind_of_fact = "article" if find_one is _article else kind
            return Resource(kind_of_fact, find_one(session, selected, slug), selected, PREFIX + path)
    raise _nothing()


def _nothing() -> NotFound:
    return NotFound(
        "There is nothing with this id. Take an id from `search`, `contents` or `facts`, or a URL from them."
    )


def _edition(name: str | None) -> Edition:
    for edition in get_args(Edition):
        if name in {None, edition}:
            return edition  # type: ignore[no-any-return]  # get_args has no types
    raise InvalidInput.unknown("edition", str(name), get_args(Edition))
