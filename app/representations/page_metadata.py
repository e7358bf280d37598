"""Descriptions of pages for search engines, and their types in Open Graph (https://ogp.me)."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from app import schemas
from app.content.sources import SourceFields
from app.representations.citations.reference import plain
from app.representations.citations.sentence import written_date
from app.schemas.models import PublicModel

MAX_LENGTH = 200  # characters

# The full stop after an initial, as in “U.S. forces”, ends no sentence.
_sentence_end = re.compile(r"(?:(?<!\b[A-Z])[.]|[!?])[”’\"')]?(?=\s)|[。！？]」?")
_direction_marks = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")

LISTS: Mapping[type[PublicModel], str] = {
    schemas.GuidePage: "The guides, each with its contents.",
    schemas.SectionPage: "The sections, in reading order.",
    schemas.PassagePage: "The paragraphs and list items of the guide, in reading order.",
    schemas.TopicPage: "The subjects of the guides' sections.",
    schemas.CorrectionPage: "Errors in the text of the guide, with explanations and sources.",
    schemas.RevisionPage: "The published states of the guide, newest first.",
    schemas.Revision: "A published state of the guide, and how much it changed.",
    schemas.PublicationPage: "What happened to the guides: publications, renames and withdrawals.",
    schemas.ChangePage: "What differs between two revisions of the guide.",
    schemas.DownloadPage: "The guide as files, each with its size and SHA-256.",
    schemas.InstrumentPage: "Treaties, agreements, notes and statements, with their dates.",
    schemas.EventPage: "The timeline: what happened, oldest first.",
    schemas.TermPage: "The glossary: what the terms mean, with the Japanese terms.",
    schemas.SourcePage: "The works that the corrections and facts rest on.",
}


def description(content: Any) -> str | None:
    """Return the first sentences about content, at most 200 characters, or None."""
    describe = _DESCRIPTIONS.get(type(content))
    text = describe(content) if describe else LISTS.get(type(content))
    return first_sentences(text) if text else None


def open_graph_type(content: Any) -> str:
    """Return `book` for a guide, `article` for its parts, otherwise `website`."""
    return _TYPES.get(type(content), "website")


def first_sentences(text: str) -> str:
    """Return the first sentences of a text that fit, or else the words that fit and `…`."""
    text = plain(_direction_marks.sub("", text))
    if len(text) <= MAX_LENGTH:
        return text
    ends = [match.end() for match in _sentence_end.finditer(text, 0, MAX_LENGTH + 1) if match.end() <= MAX_LENGTH]
    if ends:
        return text[: ends[-1]]
    end = text.rfind(" ", 0, MAX_LENGTH)
    return f"{text[: end if end > 0 else MAX_LENGTH - 1]}…"


def _source(source: SourceFields) -> str:
    names = [author.literal or author.family for author in source.authors]
    date = written_date(source.date) if source.date else None
    return ", ".join(filter(None, [*names, source.publisher, date, *source.identifiers]))


def _section(section: schemas.Section) -> str:
    return " ".join(passage.text for passage in section.passages[:2])


_DESCRIPTIONS: Mapping[type[PublicModel], Callable[[Any], str]] = {
    schemas.FrontPage: lambda page: page.description,
    schemas.WholeGuide: lambda guide: guide.summary,
    schemas.Section: _section,
    schemas.PassageInSection: lambda passage: passage.text,
    schemas.Topic: lambda topic: topic.description,
    schemas.Correction: lambda correction: correction.explanation,
    schemas.Instrument: lambda instrument: instrument.description,
    schemas.Article: lambda article: article.summary,
    schemas.Event: lambda event: f"{written_date(event.date)}: {event.title}",
    schemas.Term: lambda term: term.definition,
    schemas.Source: _source,
}

_TYPES: Mapping[type[PublicModel], str] = {
    schemas.WholeGuide: "book",
    schemas.Section: "article",
    schemas.PassageInSection: "article",
}
