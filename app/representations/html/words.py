"""Names of values in pages, and the order in which pages show things."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from app.content.corrections import Status
from app.content.events import Category
from app.content.fields import Confidence
from app.content.instruments import ArticleFields, LegalCharacter
from app.schemas import Correction, Term
from app.text.display import in_words

PAGE_LANGUAGE = "en"
PAGE_LANG = Markup(' lang="{}"').format(PAGE_LANGUAGE)

CATEGORY_NAMES: Mapping[Category, str] = {
    "treaty": "Treaties",
    "agreement": "Agreements",
    "political": "Politics",
    "domestic": "Domestic affairs",
    "judicial": "Court judgments",
    "exercise": "Exercises",
    "culture": "Culture",
}
LEGAL_CHARACTER_NAMES: Mapping[LegalCharacter, str] = {
    "treaty": "Treaties",
    "executive_agreement": "Executive agreements",
    "exchange_of_notes": "Exchanges of notes",
    "political_document": "Political documents",
    "domestic_measure": "Domestic measures",
}
STATUS_NAMES: Mapping[Status, str] = {
    "applied": "Correction",
    "suggested": "Suggestion",
    "note": "Note",
}
CONFIDENCE_WORDS: Mapping[Confidence, str] = {
    "checked": "Checked: all details were compared with the sources.",
    "partly_checked": "Partly checked: some details were compared with the sources.",
    "unchecked": "Not checked yet: no detail was compared with the sources.",
}
SOURCE_WORDS: Mapping[bool, str] = {
    True: "Checked: the editors found every statement that cites it in the work.",
    False: "Not checked completely: some statements that cite it are still to be compared with the work.",
}
FILTER_NAMES: Mapping[str, str] = {
    "guide": "Guide",
    "revision": "Revision",
    "section": "Section",
    "topic": "Topic",
    "since": "Since",
    "until": "Until",
    "in_force_on": "In force on",
    "parent": "Part of",
    "passage": "Passage",
    "kind": "Kind",
    "severity": "Severity",
}
OTHER = "Other"  # initials that are not in the Latin alphabet


def lang_attribute(language: str) -> Markup:
    """Return the attribute `lang` of a text in a language, or nothing if the page has that language."""
    return Markup("") if language == PAGE_LANGUAGE else Markup(' lang="{}"').format(language)


def article_name(article: ArticleFields) -> str:
    """Return `Article V`, but `Preamble` as it is."""
    return f"Article {article.number}" if re.fullmatch("[IVXLCDM]+|[0-9]+.*", article.number) else article.number


def correction_kind(correction: Correction) -> str:
    """Return what a correction is, such as `Suggestion: overstatement, minor`."""
    return f"{STATUS_NAMES[correction.status]}: {in_words(correction.kind)}, {correction.severity}"


def counted(number: int, noun: str) -> str:
    """Return a number of things, such as `1 section` or `2 sections`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def by_letter(terms: Iterable[Term]) -> dict[str, list[Term]]:
    """Group terms by the first letter of their titles, without its accent."""
    letters: dict[str, list[Term]] = {}
    for term in terms:
        initial = unicodedata.normalize("NFKD", term.title)[:1].upper()
        letters.setdefault(initial if "A" <= initial <= "Z" else OTHER, []).append(term)
    return letters
