"""Names of values in pages, and the order in which pages show things."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from app.content.events import Category
from app.content.fields import Confidence
from app.content.instruments import ArticleFields, LegalCharacter
from app.content.sources import Author
from app.schemas import Term

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
}
CITATION_FORMATS: Mapping[str, str] = {
    "csl-json": "CSL-JSON",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "text": "Text",
}
OTHER = "Other"  # initials that are not in the Latin alphabet


def in_words(value: str) -> str:
    """Return the value of an enumeration as words: `Executive agreement`."""
    return re.sub("[_-]", " ", value).capitalize()


def short_form(sentence: str) -> str:
    """Return the words before the colon of a sentence."""
    return sentence.partition(":")[0]


def article_name(article: ArticleFields) -> str:
    """Return `Article V`, but `Preamble` as it is."""
    return f"Article {article.number}" if re.fullmatch("[IVXLCDM]+|[0-9]+.*", article.number) else article.number


def author_name(author: Author) -> str:
    """Return the name of a body, or a person's given and family name."""
    return author.literal or " ".join(filter(None, (author.given, author.family)))


def by_letter(terms: Iterable[Term]) -> dict[str, list[Term]]:
    """Group terms by the first letter of their titles, without its accent."""
    letters: dict[str, list[Term]] = {}
    for term in terms:
        initial = unicodedata.normalize("NFKD", term.title)[:1].upper()
        letters.setdefault(initial if "A" <= initial <= "Z" else OTHER, []).append(term)
    return letters
