"""The vocabulary: write the words of each revision, and complete prefixes with those of the current ones."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select, text
from sqlmodel import Session, col

from app.search.documents import Document, section_documents, statement_documents
from app.search.index import batches
from app.store.rows import insert_rows
from app.store.search_tables import Word
from app.store.tables import Section, Statement
from app.text.analyser import Token, analyse, is_ideograph

MAX_COMPLETIONS = 2_000  # most frequent words, of all prefixes of a query together
MAX_UNSPACED = 20  # characters of a word in Chinese, Japanese or Korean


class Completion(NamedTuple):
    """A folded word that begins with a prefix, and its usual form."""

    prefix: str
    word: str
    form: str


_COMPLETIONS = text("""
    SELECT prefix, word, form FROM (
        SELECT prefix.value AS prefix, word.word, min(word.form) AS form,
            row_number() OVER (
                PARTITION BY prefix.value ORDER BY sum(word.sections) DESC, sum(word.facts) DESC, word.word
            ) AS number
        FROM json_each(:prefixes) AS prefix
        CROSS JOIN revision
        CROSS JOIN word ON word.revision_id = revision.id
            AND word.word >= prefix.value AND word.word < prefix.value || char(1114111)
        WHERE revision.is_current AND (:guide IS NULL OR revision.guide = :guide)
        GROUP BY prefix.value, word.word
    )
    WHERE number <= :limit
    ORDER BY prefix, number
""")


def write_vocabulary(session: Session, revision_id: int) -> None:
    """Write the words of a revision's sections and statements."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    in_sections = _count_words(documents_of(session, revision_id), forms)
    in_facts = _count_words(_statement_documents_of(session, revision_id), forms)
    insert_rows(
        session,
        Word,
        (
            {
                "revision_id": revision_id,
                "word": word,
                "form": written.most_common(1)[0][0],
                "sections": in_sections[word],
                "facts": in_facts[word],
            }
            for word, written in sorted(forms.items())
        ),
    )


def documents_of(session: Session, revision_id: int) -> Iterator[Document]:
    """Yield the documents of a revision's sections in reading order."""
    ids = select(col(Section.id)).where(col(Section.revision_id) == revision_id).order_by(col(Section.position))
    for batch in batches(session.scalars(ids).all()):
        yield from section_documents(session, batch)


def completions(
    session: Session, prefixes: Sequence[str], limit: int = MAX_COMPLETIONS, guide: str | None = None
) -> list[Completion]:
    """Return the most frequent words with each prefix, at most `limit`, of one guide or all."""
    if not prefixes:
        return []
    parameters = {"prefixes": json.dumps(prefixes), "limit": max(1, limit // len(prefixes)), "guide": guide}
    return [Completion(*row) for row in session.connection().execute(_COMPLETIONS, parameters)]


def by_prefix(completions: Sequence[Completion]) -> Mapping[str, Sequence[str]]:
    """Group completions: return the words of each prefix."""
    words: dict[str, list[str]] = {}
    for completion in completions:
        words.setdefault(completion.prefix, []).append(completion.word)
    return words


def words_of_vocabulary(text: str) -> Iterator[Sequence[Token]]:
    """Yield the tokens of each word of a text: also of compounds, and of runs of ideographs."""
    analysis = analyse(text)
    yield from ([token] for token in analysis.tokens if not token.is_unspaced)
    for compound in analysis.compounds:
        tokens = analysis.tokens[compound.first : compound.last + 1]
        if compound.terms:
            yield tokens
        for is_word, characters in groupby(tokens, key=is_ideograph):
            run = list(characters)
            if is_word and 1 < len(run) <= MAX_UNSPACED:
                yield run


def join(tokens: Sequence[Token]) -> str:
    """Return the folded word that tokens are together."""
    return "".join(token.word for token in tokens)


def _statement_documents_of(session: Session, revision_id: int) -> Iterator[Document]:
    ids = select(col(Statement.id)).where(col(Statement.revision_id) == revision_id)
    for batch in batches(session.scalars(ids).all()):
        yield from statement_documents(session, batch)


def _count_words(documents: Iterable[Document], forms: defaultdict[str, Counter[str]]) -> Counter[str]:
    """Return the number of documents that contain each word, and count its spellings in `forms`."""
    documents_with: Counter[str] = Counter()
    for document in documents:
        words = set()
        for each in (document.title, *document.all_passages):
            for tokens in words_of_vocabulary(each):
                word = join(tokens)
                forms[word][each[tokens[0].start : tokens[-1].end]] += 1
                words.add(word)
        documents_with.update(words)
    return documents_with
