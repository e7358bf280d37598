"""Passages in pages: paragraphs and lists, with marks, links and numbered notes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from app import schemas
from app.representations.citations.sentence import written_date
from app.representations.html.marked_text import Element, mark
from app.text.digests import short_form
from app.text.editions import Edition
from app.urls import URLs


class Block(NamedTuple):
    """A part of a section: a `paragraph`, a `list` or a reference to another guide (`see_also`)."""

    kind: str
    passages: tuple[schemas.Passage, ...] = ()
    see_also: schemas.SeeAlso | None = None


@dataclass(frozen=True)
class Note:
    """A correction as a note to a section.

    `references` are the ids of the links to it, each with the id of its passage.
    """

    number: int
    id: str
    correction: schemas.Correction
    references: tuple[tuple[str, str], ...]


def blocks(section: schemas.Section) -> Iterator[Block]:
    """Yield the paragraphs, lists and cross-references of a section in reading order."""
    see_also: dict[str | None, list[schemas.SeeAlso]] = defaultdict(list)
    for other in section.see_also:
        see_also[other.after].append(other)
    parts: list[schemas.Passage | schemas.SeeAlso] = list(see_also[None])
    for passage in section.passages:
        parts += [passage, *see_also[passage.id]]
    return _grouped(parts)


def _grouped(parts: Iterable[schemas.Passage | schemas.SeeAlso]) -> Iterator[Block]:
    for kind, group in groupby(parts, key=lambda part: part.kind if isinstance(part, schemas.Passage) else "see_also"):
        if kind == "list_item":
            yield Block("list", tuple(part for part in group if isinstance(part, schemas.Passage)))
            continue
        for part in group:
            if isinstance(part, schemas.Passage):
                yield Block("paragraph", (part,))
            else:
                yield Block("see_also", see_also=part)


def notes(section: schemas.Section) -> dict[str, Note]:
    """Return the corrections of a section by slug, numbered in the order of the text."""
    references: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for passage in section.passages:
        for index, correction in sorted(enumerate(passage.corrections), key=lambda item: item[1].end):
            references[correction.slug].append((reference_id(passage, index), passage.id))
    corrections = {correction.slug: correction for correction in section.corrections}
    return {
        slug: Note(number, f"note.{section.slug}.{slug}", corrections[slug], tuple(links))
        for number, (slug, links) in enumerate(references.items(), start=1)
    }


def elsewhere(correction: schemas.Correction, section: str) -> list[str]:
    """Return the ids of the passages of other sections that a correction is about."""
    places: list[schemas.Correction | schemas.FurtherPlace] = [correction, *correction.also]
    return list(dict.fromkeys(place.passage for place in places if place.section != section))


def with_notes(passage: schemas.Passage, edition: Edition, notes: Mapping[str, Note], page_lang: str) -> Markup:
    """Mark a passage; each correction links its note on the same page.

    `page_lang` is the attribute `lang` of words of the page in a text of the guide.
    """

    def link(index: int, correction: schemas.PassageCorrection) -> str:
        note = notes[correction.slug]
        return (
            f'<a class="noteref" role="doc-noteref" id="{reference_id(passage, index)}" href="#{note.id}"'
            f' aria-label="Note {note.number}" data-mark="{note.number}"{page_lang}></a>'
        )

    return _marked(passage, edition, link)


def with_links(passage: schemas.Passage, edition: Edition, urls: URLs, guide: str, page_lang: str) -> Markup:
    """Mark a passage; each correction links its own page."""
    urls = replace(urls, edition=edition)

    def link(index: int, correction: schemas.PassageCorrection) -> str:
        url = escape(urls.correction(guide, correction.slug))
        label = f"Correction {correction.slug}"
        return f'<a class="noteref" href="{url}" aria-label="{label}" data-mark="*"{page_lang}></a>'

    return _marked(passage, edition, link)


def reference(passage: schemas.Passage) -> str:
    """Return the URL of a passage with the digest of its text, so that it finds the text in later revisions."""
    separator = "&" if "?" in passage.url else "?"
    return f"{passage.url}{separator}digest={short_form(passage.digest)}"


def reference_id(passage: schemas.Passage, index: int) -> str:
    """Return the id of the link to the correction with this index."""
    return f"ref.{passage.id}.{index}"


# Text fragments need the words of a passage next to each other, and so do readers who copy them. The stylesheet adds
# what is no part of the text: the numbers of notes, and words for screen readers.
def _marked(
    passage: schemas.Passage, edition: Edition, link: Callable[[int, schemas.PassageCorrection], str]
) -> Markup:
    mentions = [
        Element(mention.start, mention.end, "a", "mention", _link_attributes(mention)) for mention in passage.mentions
    ]
    corrections = [
        Element(
            correction.start,
            correction.end,
            "ins" if correction.status == "applied" and correction.primary and edition == "corrected" else "span",
            f"noted {correction.status}",
            after=link(index, correction),
        )
        for index, correction in enumerate(passage.corrections)
    ]
    return mark(passage.text, mentions, corrections)


def _link_attributes(mention: schemas.Mention) -> str:
    """Return the address of a term or an instrument, and what a tooltip says about it."""
    title = mention.title
    if mention.definition:
        title += f": {mention.definition}"
    elif mention.date_signed:
        title += f", {written_date(mention.date_signed)}"
    return f' href="{escape(mention.url)}" title="{escape(title)}"'
