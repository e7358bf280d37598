"""The search index always covers the current revisions."""

import sqlite3
from pathlib import Path

import httpx
from sqlmodel import Session

from app.content import read_guides
from app.publishing import Outcome
from app.search.indexed_text import FURTHER, PASSAGE
from app.search.nearest import nearest_passages
from app.store.engines import reading_engine
from app.store.served import ServedStore
from app.text.analyser import terms_of
from tests.publishing.test_publishing import reworded
from tests.service import GUIDE, SEEDS, changing, rebuild, seed

SEA = "nowhere-and-the-sea"


def indexed_texts(store: Path) -> list[list[str]]:
    """Return the terms of each indexed passage of sections."""
    with sqlite3.connect(store) as connection:
        found = connection.execute(
            "SELECT text FROM search_index JOIN index_entry ON index_entry.id = search_index.rowid"
            " WHERE kind = 'section' ORDER BY search_index.rowid"
        ).fetchall()
    connection.close()
    return [passage.partition(FURTHER)[0].split() for (text,) in found for passage in text.split(PASSAGE)[1:]]


def test_the_index_contains_only_current_revisions(store: Path, seeds: Path) -> None:
    seed(store, seeds / SEA)
    assert indexed_texts(store) == [terms_of("Nowhere has no harbour.")]
    reworded(seeds)
    seed(store, seeds / SEA)
    assert indexed_texts(store) == [terms_of("Nowhere has one harbour.")]
    reworded(seeds, "one harbour", "no harbour")
    assert [published.outcome for published in seed(store, seeds / SEA)] == [Outcome.CURRENT_AGAIN]
    assert indexed_texts(store) == [terms_of("Nowhere has no harbour.")]


def test_guides_share_the_index(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    before = indexed_texts(store)
    reworded(seeds)
    seed(store, seeds / SEA)
    after = indexed_texts(store)
    assert [terms for terms in before if terms not in after] == [terms_of("Nowhere has no harbour.")]
    assert [terms for terms in after if terms not in before] == [terms_of("Nowhere has one harbour.")]


def test_the_corrected_edition_is_indexed(store: Path) -> None:
    seed(store, SEEDS)
    (guide,) = read_guides(SEEDS)
    corrected = [passage.corrected or passage.text for section in guide.sections for passage in section.passages]
    assert indexed_texts(store) == list(map(terms_of, corrected))
    assert "{YEAR}" not in " ".join(corrected)


def test_a_rebuild_repairs_a_damaged_index(store: Path) -> None:
    seed(store, SEEDS)
    whole = indexed_texts(store)
    with changing(store) as connection:
        connection.execute("DELETE FROM search_index WHERE rowid % 2")
        connection.execute("DELETE FROM index_entry WHERE NOT rowid % 3")
        connection.execute("INSERT INTO search_index (rowid, title, text) VALUES (999, '', '¶ left over')")
    rebuild(store)
    assert indexed_texts(store) == whole
    with sqlite3.connect(store) as connection:
        sizes = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("search_index", "index_entry")
        ]
    connection.close()
    assert sizes[0] == sizes[1]


def test_the_nearest_passage_shares_the_rarest_words(store: Path) -> None:
    seed(store, SEEDS)
    engine = reading_engine(ServedStore(store))
    with Session(engine) as session, sqlite3.connect(store) as connection:
        passages = connection.execute("SELECT id, coalesce(corrected, original) FROM passage").fetchall()
        for id_, passage in passages:
            misquoted = " ".join(word for n, word in enumerate(passage.split()) if n % 4)
            assert nearest_passages(session, misquoted)[0] == id_
        assert nearest_passages(session, 'xyzzy "" * NEAR(') == []
    connection.close()
    engine.dispose()


def nearest(store: Path) -> dict[str, list[str]]:
    """Return the related sections of each section, nearest first."""
    with sqlite3.connect(store) as connection:
        pairs = connection.execute(
            "SELECT one.slug, other.slug FROM section AS one LEFT JOIN related ON related.section_id = one.id"
            " LEFT JOIN section AS other ON other.id = related.other_id ORDER BY one.id, related.position"
        ).fetchall()
    connection.close()
    return {one: [other for section, other in pairs if section == one and other] for one, _ in pairs}


def test_related_sections_are_the_nearest_in_content(store: Path) -> None:
    seed(store, SEEDS)
    related = nearest(store)
    assert len(related) == 18
    for section, others in related.items():
        assert section not in others
        assert len(set(others)) == len(others) == 5
    assert related["challenges-and-criticisms"][:2] == ["external-pressures-and-negotiations", "domestic-opposition"]
    assert "conclusion" in related["trade-implications"][:2]


def test_a_section_links_its_related_ones_to_read_next(client: httpx.Client) -> None:
    section = client.get(f"/v1/guides/{GUIDE}/sections/challenges-and-criticisms").json()
    assert [link["slug"] for link in section["related"]][:1] == ["external-pressures-and-negotiations"]
    assert len(section["related"]) == 5
    for link in section["related"]:
        assert client.get(link["url"]).json()["title"] == link["title"]


def test_a_section_that_shares_no_word_has_no_related_ones(store: Path, seeds: Path) -> None:
    path = seeds / SEA / "guide.md"
    path.write_text(
        f"{path.read_text()}\n## Lakes {{#lakes}}\n\nNowhere has lakes.\n\n## Pens {{#pens}}\n\nInk dries.\n"
    )
    seed(store, seeds / SEA)
    assert nearest(store) == {"harbours": ["lakes"], "lakes": ["harbours"], "pens": []}
