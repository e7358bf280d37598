"""The tables of a guide."""

from collections.abc import Iterator

from app import schemas
from app.downloads.fact_tables import SOURCE, fact_tables
from app.downloads.guide_content import GuideContent
from app.downloads.tables import POSITION, Column, Table, field_column, make_table
from app.downloads.text_tables import SECTION, correction_tables, text_tables

KIND = Column("kind", "string", "`correction`, `instrument`, `article`, `event` or `term`.")
SLUG = Column("slug", "string", "Its slug in the table of its kind; of an article `instrument/slug`.")

Statement = schemas.Correction | schemas.Instrument | schemas.Article | schemas.Event | schemas.Term


def guide_tables(corrected: GuideContent, original: GuideContent) -> list[Table]:
    """Return the tables; those that others refer to come first."""
    return [
        *text_tables(corrected, original),
        *fact_tables(corrected.facts),
        *correction_tables(corrected),
        *_links(corrected),
    ]


def _links(corrected: GuideContent) -> Iterator[Table]:
    statements = list(_statements(corrected))
    yield make_table(
        "citations",
        "The sources of corrections and facts, with the place in each.",
        [KIND, SLUG, POSITION, SOURCE, field_column(schemas.SourceLink, "pinpoint")],
        "kind slug position",
        (
            (kind, slug, position, source.slug, source.pinpoint)
            for kind, slug, statement in statements
            for position, source in enumerate(statement.sources, 1)
        ),
    )
    yield make_table(
        "fact_sections",
        "The sections that instruments, articles, events and terms concern.",
        [KIND, SLUG, POSITION, SECTION],
        "kind slug section",
        (
            (kind, slug, position, section.slug)
            for kind, slug, statement in statements
            if not isinstance(statement, schemas.Correction)
            for position, section in enumerate(statement.sections, 1)
        ),
    )


def _statements(content: GuideContent) -> Iterator[tuple[str, str, Statement]]:
    """Yield the kind and slug of each correction and fact."""
    for kind, item in content.items():
        if isinstance(item, Statement):
            yield kind, f"{item.instrument.slug}/{item.slug}" if isinstance(item, schemas.Article) else item.slug, item
