"""The tables of instruments, articles, events, terms and sources."""

from collections.abc import Iterator, Sequence

from app import schemas
from app.content.fields import earliest_date, latest_date
from app.content.sources import Author
from app.downloads.guide_content import Facts
from app.downloads.tables import POSITION, Column, Table, field_columns, make_table, values

INSTRUMENT = Column("instrument", "string", "Slug of the instrument.", refers_to=("instruments", "slug"))
SOURCE = Column("source", "string", "Slug of the source.", refers_to=("sources", "slug"))


def fact_tables(facts: Facts) -> Iterator[Table]:
    """Yield the tables; those that others refer to come first."""
    sources = field_columns(schemas.Source)
    yield make_table(
        "sources",
        "Works that corrections and facts cite.",
        sources,
        "slug",
        (values(each, sources) for each in facts.sources),
        searched=("title", "publisher"),
    )
    yield _texts(
        "source_identifiers", "Numbers and names of sources.", SOURCE, "identifier", facts.sources, "identifiers"
    )
    authors = field_columns(Author)
    yield make_table(
        "source_authors",
        "The authors of sources: persons with `family` and `given` name, bodies with their `literal` name.",
        [SOURCE, POSITION, *authors],
        "source position",
        (
            (each.slug, position, *values(author, authors))
            for each in facts.sources
            for position, author in enumerate(each.authors, 1)
        ),
    )
    instruments = field_columns(schemas.Instrument)
    yield make_table(
        "instruments",
        "Treaties, agreements, exchanges of notes and statements.",
        instruments,
        "slug",
        (values(each, instruments) for each in facts.instruments),
        searched=("title", "official_title", "title_ja", "popular_name_ja", "description"),
        indexed=("legal_character", "date_in_force"),
    )
    yield _texts(
        "instrument_parties", "Who is bound by an instrument.", INSTRUMENT, "party", facts.instruments, "parties"
    )
    yield _texts(
        "instrument_identifiers",
        "Places of instruments in published series.",
        INSTRUMENT,
        "identifier",
        facts.instruments,
        "identifiers",
    )
    members = field_columns(schemas.Member)
    yield make_table(
        "instrument_members",
        "Agreements or occasions in a series that is one instrument.",
        [INSTRUMENT, POSITION, *members],
        "instrument position",
        (
            (each.slug, position, *values(member, members))
            for each in facts.instruments
            for position, member in enumerate(each.members, 1)
        ),
    )
    articles = field_columns(schemas.Article)
    yield make_table(
        "articles",
        "Articles of instruments, in the editors' words.",
        [INSTRUMENT, *articles],
        "instrument slug",
        ((each.slug, *values(article, articles)) for each in facts.instruments for article in each.articles),
        searched=("title", "summary"),
    )
    events = field_columns(schemas.Event)
    days = [
        Column(f"{end}_date", "string", f"The {end} day that the date may mean: an RFC 3339 date.")
        for end in ("earliest", "latest")
    ]
    yield make_table(
        "events",
        "The timeline, oldest first.",
        [*events, *days],
        "slug",
        ((*values(each, events), earliest_date(each.date), latest_date(each.date)) for each in facts.events),
        searched=("title",),
        indexed=("category", "earliest_date"),
    )
    terms = field_columns(schemas.Term)
    yield make_table(
        "terms",
        "The glossary, in alphabetical order.",
        terms,
        "slug",
        (values(each, terms) for each in facts.terms),
        searched=("title", "abbreviation", "ja", "romaji", "definition"),
    )


def _texts(
    name: str,
    description: str,
    owner: Column,
    column: str,
    items: Sequence[schemas.Source | schemas.Instrument],
    field: str,
) -> Table:
    """Return the table of a field that is a list of texts."""
    return make_table(
        name,
        description,
        [owner, POSITION, Column(column, "string", "One of the texts.")],
        f"{owner.name} position",
        ((item.slug, position, text) for item in items for position, text in enumerate(getattr(item, field), 1)),
    )
