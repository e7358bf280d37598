"""SQL of the search, by kind of result.

The statements contain no user input, only named parameters: `query`, `kind`, `guide`, `topic`, `limit` and `offset`.
"""

from typing import NamedTuple

# BM25 weights of a word in the title, in the other names and in the text.
TITLE_WEIGHT, NAMES_WEIGHT, TEXT_WEIGHT = 4.0, 3.0, 1.0


class _Index(NamedTuple):
    """A full-text index: its name, the table of its rowids, and SQL for rowids by filter."""

    name: str
    table: str
    in_guide: str
    in_topic: str
    topics: str

    def filters(self, *, guide: bool = True, topic: bool = True) -> str:
        by_guide = f"(:guide IS NULL OR {self.name}.rowid IN ({self.in_guide}))" if guide else "TRUE"
        by_topic = f"(:topic IS NULL OR {self.name}.rowid IN ({self.in_topic}))" if topic else "TRUE"
        return f"{by_guide} AND {by_topic}"

    @property
    def kind_filter(self) -> str:
        return f"(:kind = 'section' OR {self.name}.rowid IN (SELECT id FROM statement WHERE kind = :kind))"  # noqa: S608


_IN_GUIDE = (
    "SELECT {0}.id FROM {0} JOIN revision ON revision.id = {0}.revision_id"
    " WHERE revision.is_current AND revision.guide = :guide"
)
_SECTIONS_IN_TOPIC = (
    "SELECT section_id FROM section_topic JOIN topic ON topic.id = section_topic.topic_id WHERE topic.slug = :topic"
)
_SECTIONS = _Index(
    name="section_index",
    table="section",
    in_guide=_IN_GUIDE.format("section"),
    in_topic=_SECTIONS_IN_TOPIC,
    topics="SELECT section_id AS id, topic_id FROM section_topic",
)
_FACTS = _Index(
    name="fact_index",
    table="statement",
    in_guide=_IN_GUIDE.format("statement"),
    in_topic=f"SELECT statement_id FROM statement_section WHERE section_id IN ({_SECTIONS_IN_TOPIC})",  # noqa: S608
    topics="SELECT DISTINCT statement_id AS id, topic_id FROM statement_section JOIN section_topic USING (section_id)",
)


def _page(index: _Index) -> str:
    """Return SQL for a page of an index's best rows; only these are highlighted, which is slow."""
    name, table = index.name, index.table
    return f"""
        WITH page AS MATERIALIZED (
            SELECT rowid AS id, bm25({name}, {TITLE_WEIGHT}, {NAMES_WEIGHT}, {TEXT_WEIGHT}) AS score
            FROM {name}
            WHERE {name} MATCH :query AND {index.kind_filter} AND {index.filters()}
            ORDER BY score, rowid LIMIT :limit OFFSET :offset
        )
        SELECT page.score, {table}.slug, revision.guide, highlight({name}, 0, :open, :close) AS title,
            highlight({name}, 1, :open, :close) AS names, highlight({name}, 2, :open, :close) AS text
        FROM page
        CROSS JOIN {name} ON {name}.rowid = page.id
        CROSS JOIN {table} ON {table}.id = page.id
        CROSS JOIN revision ON revision.id = {table}.revision_id
        WHERE {name} MATCH :query
        ORDER BY page.score, page.id
    """  # noqa: S608


def _facets(index: _Index) -> str:
    """Return SQL for the matches per guide, topic and kind, each without its own filter."""
    name, table = index.name, index.table
    return f"""
        SELECT 'guide' AS facet, revision.guide AS slug, revision.title AS label, matching.count
        FROM (
            SELECT {table}.revision_id, count(*) AS count
            FROM {name} CROSS JOIN {table} ON {table}.id = {name}.rowid
            WHERE {name} MATCH :query AND {index.kind_filter} AND {index.filters(guide=False)}
            GROUP BY {table}.revision_id
        ) AS matching
        JOIN revision ON revision.id = matching.revision_id
        UNION ALL
        SELECT 'topic', topic.slug, topic.label, sum(matching.count)
        FROM (
            SELECT index_topic.topic_id, count(*) AS count
            FROM {name} CROSS JOIN ({index.topics}) AS index_topic ON index_topic.id = {name}.rowid
            WHERE {name} MATCH :query AND {index.kind_filter} AND {index.filters(topic=False)}
            GROUP BY index_topic.topic_id
        ) AS matching
        JOIN topic ON topic.id = matching.topic_id
        GROUP BY topic.slug
        UNION ALL
        SELECT 'kind', 'section', '', count(*)
        FROM section_index
        WHERE section_index MATCH :query AND {_SECTIONS.filters()}
        UNION ALL
        SELECT 'kind', statement.kind, '', count(*)
        FROM fact_index
        JOIN statement ON statement.id = fact_index.rowid
        WHERE fact_index MATCH :query AND {_FACTS.filters()}
        GROUP BY statement.kind
    """  # noqa: S608


_FACT_KINDS = ("term", "instrument", "event")
PAGE_SQL = {"section": _page(_SECTIONS)} | dict.fromkeys(_FACT_KINDS, _page(_FACTS))
FACETS_SQL = {"section": _facets(_SECTIONS)} | dict.fromkeys(_FACT_KINDS, _facets(_FACTS))
