"""Find the names and the fields of a resource that two revisions have in different ways."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from app import schemas
from app.schemas.changes import Resource
from app.text.differences import Words, compare_words
from app.text.display import in_words

# Fields that follow from others, say where a resource stands, or show other resources.
_HIDDEN = {
    *("counts", "digest", "edition", "guide", "level", "number", "published_at", "revision", "url"),
    *("children", "contents", "corrections", "events", "links", "next", "previous", "related", "section", "terms"),
    *("corrected_span", "original_span", "prefix", "slug", "suffix"),
}
_HIDDEN_BY_KIND: Mapping[str, Set[str]] = {
    "correction": {"title", "passage"},  # the quote, and a place
    "instrument": {"articles"},
    "section": {"articles", "instruments", "passages"},
    "source": {"cited_by"},
}


def former_name(change: schemas.Change) -> str | None:
    """Return the slug of a resource, or the id of a passage, before the change; None if it is the same after."""
    names = [version.id if isinstance(version, schemas.Passage) else version.slug for version in _versions(change)]
    return names[0] if len(set(names)) > 1 else None


def change_name(change: schemas.Change) -> str:
    """Return what happened to a resource, in a word: `renamed` if it has another slug and the same content."""
    return "renamed" if change.change == "moved" and change.slug and former_name(change) else change.change


def changed_fields(change: schemas.Change) -> Iterator[tuple[str, list[Words]]]:
    """Yield the name of each field that differs, in words, and its words before and after."""
    if change.kind == "passage" or change.change in {"added", "removed"}:
        return
    before, after = (version.model_dump(mode="json") for version in _versions(change))
    hidden = _HIDDEN | _HIDDEN_BY_KIND.get(change.kind, set())
    for name in after:
        first, second = ("" if name in hidden else _in_words(version[name]) for version in (before, after))
        if first != second:
            yield in_words(name), compare_words(first, second)


def _versions(change: schemas.Change) -> list[Resource]:
    return [version for version in (change.before, change.after) if version]


def _in_words(value: Any) -> str:
    """Return the value of a field as text; a list of links as their titles."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(map(_in_words, value))
        case {"title": str(title), **others}:
            return f"{title}, {others['pinpoint']}" if others.get("pinpoint") else title
        case dict():
            return ", ".join(filter(None, map(_in_words, value.values())))
    return str(value)
