"""Passages in a book: with links to the glossary, and with numbered notes."""

from collections.abc import Mapping

from markupsafe import Markup, escape

from app import schemas
from app.representations.html.marked_text import Element, mark
from app.representations.html.passages import Note, reference_id
from app.text.editions import Edition


def marked(passage: schemas.Passage, edition: Edition, notes: Mapping[str, Note]) -> Markup:
    """Mark a passage. Each correction is followed by the number of its note, which leads to it."""
    mentions = [
        Element(
            mention.start, mention.end, "a", "mention", f' href="{escape(mention.url)}"{_glossary_reference(mention)}'
        )
        for mention in passage.mentions
    ]
    corrections = [
        Element(
            correction.start,
            correction.end,
            "ins" if correction.status == "applied" and correction.primary and edition == "corrected" else "span",
            f"noted {correction.status}",
            after=_note_reference(notes[correction.slug], reference_id(passage, index)),
        )
        for index, correction in enumerate(passage.corrections)
    ]
    return mark(passage.text, mentions, corrections)


def _glossary_reference(mention: schemas.Mention) -> str:
    return ' epub:type="glossref" role="doc-glossref"' if mention.kind == "term" else ""


def _note_reference(note: Note, id_: str) -> str:
    return (
        f'<a class="noteref" epub:type="noteref" role="doc-noteref" id="{id_}" href="#{note.id}"'
        f' aria-label="Note {note.number}">{note.number}</a>'
    )
