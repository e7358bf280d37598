"""Find resources by a number, a title, an abbreviation or a misspelled slug."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, String, bindparam, func, select
from sqlmodel import Session, col

from app.errors import MAX_QUOTED_LENGTH, closest
from app.store.engines import CompiledSelect
from app.store.tables import Passage, Revision, Section, Source, Statement, Topic

MAX_NAMES = 1_000  # resources of a kind that a name is compared with, so that an unknown one costs little
CACHED_KEYS = 8_192

_passage_id = re.compile(r"(.*[^./_ -])[./_ -]+([1-9][0-9]{0,5})")
_roman = re.compile("(x{0,3})(ix|iv|v?i{0,3})")


def _names(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Select a slug and other names of resources of current revisions."""
    labelled = (column.label(f"name_{number}") for number, column in enumerate(columns))
    # Rows are named tuples, whose fields need a name.
    return select(*labelled).select_from(Revision).where(col(Revision.is_current)).limit(MAX_NAMES)


def _of_guide(*columns: Any) -> Select[*tuple[Any, ...]]:
    return _names(*columns).where(col(Revision.guide) == bindparam("guide"))


def _statements(kind: str, *names: str) -> Select[*tuple[Any, ...]]:
    fields = (func.json_extract(col(Statement.data), f"$.{name}") for name in names)
    selected = _names(col(Statement.slug), col(Statement.label), *fields).join(Statement)
    return selected.where(col(Statement.kind) == kind)


# An article's slug is in the store with that of its instrument.
_instrument = bindparam("instrument", type_=String)
_article_slug = func.substr(col(Statement.slug), func.length(_instrument) + 2)
_selects = {
    "guide": _names(col(Revision.guide), col(Revision.title)),
    "section": _of_guide(col(Section.slug), col(Section.title), col(Section.number), "section " + col(Section.number))
    .join(Section)
    .order_by(col(Section.position)),
    "topic": _names(col(Topic.slug), col(Topic.label)).join(Topic),
    "correction": _statements("correction").where(col(Revision.guide) == bindparam("guide")),
    "instrument": _statements("instrument", "title", "title_ja", "popular_name_ja"),
    "article": _names(_article_slug, "article " + _article_slug)
    .join(Statement)
    .where(
        col(Statement.kind) == "article",
        col(Statement.slug) > _instrument + "/",
        col(Statement.slug) < _instrument + "0",  # the character after the slash
    ),
    "event": _statements("event", "date"),
    "term": _statements("term", "abbreviation", "ja"),
    "source": _names(col(Source.slug), func.json_extract(col(Source.data), "$.title")).join(Source),
}
_by_kind = {kind: CompiledSelect(statement) for kind, statement in _selects.items()}
_by_slug = {
    kind: CompiledSelect(statement.where(next(iter(statement.selected_columns)) == bindparam("slug")))
    for kind, statement in _selects.items()
}
_passage = CompiledSelect(
    _of_guide(col(Passage.id))
    .join(Section)
    .join(Passage)
    .where(col(Section.slug) == bindparam("section"), col(Passage.n) == bindparam("n"))
)


def slugs_named(
    session: Session, kind: str, name: str, within: Mapping[str, str], *, similar: bool = True
) -> Sequence[str]:
    """Return the slugs of the resources that have this name, best first.

    If there are none and `similar` is true, return similar slugs. `within` has the slugs of the guide and the
    instrument that the resources belong to. An empty name stands for all.
    """
    name = name[:MAX_QUOTED_LENGTH]
    if kind == "passage":
        return _passages_named(session, name, within, similar=similar)
    if kind not in _by_kind:
        return []
    lower = "-".join(re.findall("[a-z0-9]+", name.lower()))
    if found := _by_slug[kind].fetch_all(session, slug=lower, **within):
        return [found[0][0]]
    rows = _by_kind[kind].fetch_all(session, **within)
    slugs = list(dict.fromkeys(slug for slug, *_ in rows))
    if not name:
        return slugs
    wanted = _key(name)
    same = dict.fromkeys(slug for slug, *names in rows if any(wanted in _keys(other) for other in (slug, *names)))
    return list(same) or (closest(wanted, slugs) if similar else [])


def _passages_named(session: Session, name: str, within: Mapping[str, str], *, similar: bool) -> Sequence[str]:
    """Return the ids of passages with this section and number, such as `history/1` or `1/1`."""
    if not (match := _passage_id.fullmatch(name)):
        return []
    section, n = match.groups()
    return [
        f"{slug}.{n}"
        for slug in slugs_named(session, "section", section, within, similar=similar)
        if _passage.fetch_all(session, **{**within, "section": slug, "n": int(n)})
    ]


@lru_cache(CACHED_KEYS)
def _keys(name: str | None) -> frozenset[str]:
    """Return the keys of a name and of its parts before and in brackets."""
    return frozenset(_key(part) for part in (name, *re.split("[()]", name)) if part.strip()) if name else frozenset()


def _key(name: str) -> str:
    """Return a form that is equal for names that differ in case, punctuation or Roman numbers."""
    words = re.findall(r"\w+", name.casefold().replace("_", " "))
    return "-".join(_arabic(word) for word in words if word != "the") or name


def _arabic(word: str) -> str:
    """Return a Roman number below 40 in Arabic digits, and any other word as it is."""
    if not (match := _roman.fullmatch(word)):
        return word
    tens, ones = match.groups()
    values = {"ix": 9, "iv": 4}
    return str(10 * len(tens) + values.get(ones, 5 * ones.count("v") + ones.count("i")))
