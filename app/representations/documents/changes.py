"""Documents of revisions and of the changes between them."""

from collections.abc import Iterator

from app import schemas
from app.representations.blocks import Block, Deleted, Inline, Inserted, Line, Paragraph, fact, link
from app.representations.changed_fields import change_name, changed_fields, former_name
from app.representations.context import RenderContext
from app.representations.documents.parts import bullet, continued, guide_link, head, page
from app.text.display import in_words

_MARKS: Line = (Deleted("…"), " marks deleted words, ", Inserted("…"), " inserted ones.")


def revision_list(content: schemas.RevisionPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of revisions."""
    items = (
        bullet(
            link(each.revision, each.url),
            f", published {_time(each)}",
            " (current)" if each.current else "",
            *(f"; {count.kind}: {_counts(count)}" for count in each.changes),
        )
        for each in content.items
    )
    return page("Revisions", context, content, items)


def revision(content: schemas.Revision, context: RenderContext) -> Iterator[Block]:
    """Yield a revision with how much it changed."""
    yield from head(content.title, content.url)
    yield from fact("Published", f"{_time(content)}{', current' if content.current else ''}")
    yield from fact("Digest", content.digest)
    yield from fact("Revision before", content.previous)
    yield from (bullet(each.kind, ": ", _counts(each)) for each in content.changes)
    yield from continued(
        context,
        *fact("Guide in this revision", link(content.guide_url, content.guide_url)),
        *fact("What it changed", link(content.changes_url, content.changes_url)),
        *guide_link(context),
    )


def change_list(content: schemas.ChangePage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of changes: passages with their words, other resources with the fields that differ."""
    compared = f"From revision {content.since} to" if content.since else "Everything in the first revision,"
    blocks: list[Block] = [Paragraph((f"{compared} {content.until}. ", *_MARKS))]
    for each in content.items:
        blocks += _change(each)
    return page("Changes", context, content, blocks)


def publication_list(content: schemas.PublicationPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of what happened to the guides."""
    items = (
        bullet(
            f"{each.at:%Y-%m-%d %H:%M} UTC: ",
            link(each.title, each.url),
            f", {in_words(each.kind)}",
            f", formerly {', '.join(each.formerly)}" if each.formerly else "",
            f", revision {each.revision}" if each.revision else "",
            f". {each.note}" if each.note else "",
        )
        for each in content.items
    )
    since = fact("Later changes", f"{context.urls.at('/v1/changes')}?since={content.next_cursor}")
    return page("Changes to the guides", context, content, items, *since)


def _change(content: schemas.Change) -> Iterator[Block]:
    former = former_name(content)
    origin = f", formerly {former}" if former else ""
    words: Line = ()
    if content.words:
        words = (": ", *(_marked(each.op, each.text) for each in content.words))
    yield bullet(link(content.title, content.url), f" ({content.kind}, {change_name(content)}{origin})", *words)
    for name, parts in changed_fields(content):
        yield bullet(f"{name}: ", *(_marked(*part) for part in parts), depth=1)


def _marked(op: str, text: str) -> Inline:
    if op == "equal":
        return text
    return Deleted(text) if op == "delete" else Inserted(text)


def _counts(count: schemas.ChangeCount) -> str:
    numbers = {"added": count.added, "removed": count.removed, "changed": count.changed, "moved": count.moved}
    return ", ".join(f"{number} {change}" for change, number in numbers.items() if number)


def _time(content: schemas.Revision) -> str:
    return f"{content.published_at:%Y-%m-%d %H:%M} UTC"
