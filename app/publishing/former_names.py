"""Collect the slugs that a guide and its parts had before."""

from collections.abc import Iterator, Sequence

from app import content
from app.ledger.entries import FormerName


def former_names(guide: content.Guide) -> Iterator[FormerName]:
    """Yield each former slug; that of an article begins with the slug of its instrument."""
    for old in guide.formerly:
        yield FormerName("guide", old, guide.slug)
    parts: dict[str, Sequence[content.Section | content.LocatedCorrection | content.Fact | content.Source]] = {
        "section": guide.sections,
        "correction": guide.corrections,
        "instrument": guide.instruments,
        "event": guide.events,
        "term": guide.terms,
        "source": guide.sources,
    }
    for kind, items in parts.items():
        for item in items:
            for old in item.formerly:
                yield FormerName(kind, old, item.slug)
    for instrument in guide.instruments:
        for article in instrument.articles:
            for old in article.formerly:
                yield FormerName("article", f"{instrument.slug}/{old}", f"{instrument.slug}/{article.slug}")
