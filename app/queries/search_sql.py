"""SQL of the search.

The statement contains no user input, only named parameters: `query`, `phrase`, `name`, `named_kind`, `kind`, `guide`,
`topic`, `limit` and `offset`.
"""

# BM25 weights of a term in the title, in the other names and in the text.
TITLE_WEIGHT, NAMES_WEIGHT, TEXT_WEIGHT = 4.0, 3.0, 1.0

# Short texts score high, so a kind with short texts counts less; the title of an event is a sentence.
KIND_WEIGHTS = {"section": 1.0, "term": 0.8, "instrument": 0.8, "article": 0.7, "event": 0.6, "correction": 0.4}
NAMED_WEIGHT = 3.0  # by which a kind counts more if the query names it: `named_kind`
PHRASE_WEIGHT, NAME_WEIGHT = 2.0, 1.5  # if the whole query is a phrase there, or the beginning of a name
SECTION_WEIGHT = 0.05  # of each section that a statement concerns: of equals, the one that matters more comes first

_WEIGHT = " ".join(f"WHEN '{kind}' THEN {weight}" for kind, weight in KIND_WEIGHTS.items())
_MATCHING = "SELECT rowid FROM search_index WHERE search_index MATCH :{}"
_IN_TOPIC = "section_topic JOIN topic ON topic.id = section_topic.topic_id WHERE topic.slug = :topic"

# Rows of the page, with a score, and then the number of matches per guide, topic and kind, each without its own filter.
SEARCH_SQL = f"""
    WITH matching AS MATERIALIZED (
        SELECT index_entry.id, index_entry.revision_id, index_entry.kind, index_entry.section_id,
            index_entry.statement_id,
            bm25(search_index, {TITLE_WEIGHT}, {NAMES_WEIGHT}, {TEXT_WEIGHT})
                * (1 + {SECTION_WEIGHT} * index_entry.concerns) * CASE index_entry.kind {_WEIGHT} END
                * iif(index_entry.kind = :named_kind, {NAMED_WEIGHT}, 1)
                * iif(index_entry.id IN ({_MATCHING.format("phrase")}), {PHRASE_WEIGHT}, 1)
                * iif(index_entry.id IN ({_MATCHING.format("name")}), {NAME_WEIGHT}, 1) AS score,
            :kind IN ('all', index_entry.kind) AS in_kind,
            :guide IS NULL OR index_entry.revision_id = (
                SELECT id FROM revision WHERE is_current AND guide = :guide
            ) AS in_guide,
            :topic IS NULL OR index_entry.section_id IN (SELECT section_id FROM {_IN_TOPIC})
                OR index_entry.statement_id IN (
                    SELECT statement_id FROM statement_section WHERE section_id IN (SELECT section_id FROM {_IN_TOPIC})
                ) AS in_topic
        FROM search_index CROSS JOIN index_entry ON index_entry.id = search_index.rowid
        WHERE search_index MATCH :query
    )
    SELECT * FROM (
        SELECT 'page', id, score, kind FROM matching WHERE in_kind AND in_guide AND in_topic
        ORDER BY score, id LIMIT :limit OFFSET :offset
    )
    UNION ALL
    SELECT 'guide', revision.guide, matches.count, revision.title
    FROM (
        SELECT revision_id, count(*) AS count FROM matching WHERE in_kind AND in_topic GROUP BY revision_id
    ) AS matches
    JOIN revision ON revision.id = matches.revision_id
    UNION ALL
    SELECT 'topic', topic.slug, sum(matches.count), min(topic.label)
    FROM (
        SELECT topic_id, count(*) AS count
        FROM (
            SELECT section_topic.topic_id
            FROM matching CROSS JOIN section_topic ON section_topic.section_id = matching.section_id
            WHERE in_kind AND in_guide
            UNION ALL
            SELECT topic_id FROM (
                SELECT DISTINCT matching.id, section_topic.topic_id
                FROM matching
                CROSS JOIN statement_section ON statement_section.statement_id = matching.statement_id
                CROSS JOIN section_topic ON section_topic.section_id = statement_section.section_id
                WHERE in_kind AND in_guide
            )
        )
        GROUP BY topic_id
    ) AS matches
    JOIN topic ON topic.id = matches.topic_id
    GROUP BY topic.slug
    UNION ALL
    SELECT 'kind', kind, count(*), '' FROM matching WHERE in_guide AND in_topic GROUP BY kind
"""  # noqa: S608 - of constants
