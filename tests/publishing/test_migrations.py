"""Migrations create the tables of the models and convert existing stores without a loss."""

import json
import sqlite3
from pathlib import Path

from alembic import command
from sqlalchemy import text

from app.store.engines import writing_engine
from app.store.migrations import alembic_config, current_migration, migrate
from tests.service import ROOT, SAMPLE, seed, serving

SEA = SAMPLE / "nowhere-and-the-sea"


def test_migrations_import_nothing_from_the_application() -> None:
    for path in (ROOT / "migrations/versions").glob("*.py"):
        source = path.read_text()
        assert "import app" not in source
        assert "from app" not in source


def test_the_migrations_make_the_tables_that_the_models_describe(store: Path) -> None:
    engine = writing_engine(store)
    assert migrate(engine)
    assert not migrate(engine)
    with engine.begin() as connection:
        command.check(alembic_config(connection))
    engine.dispose()


def test_the_migrations_can_be_undone_one_by_one_and_done_again(store: Path) -> None:
    engine = writing_engine(store)
    migrate(engine)
    made = schema_of(store)
    while True:
        with engine.begin() as connection:
            if current_migration(connection) is None:
                break
            command.downgrade(alembic_config(connection), "-1")
    assert schema_of(store) == []
    migrate(engine)
    assert schema_of(store) == made
    engine.dispose()


def schema_of(store: Path) -> list[str]:
    with sqlite3.connect(store) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE name != 'alembic_version' AND sql IS NOT NULL")
        found = sorted(row[0] for row in rows if "alembic_version" not in row[0])
    connection.close()
    return found


def test_a_store_of_the_first_version_keeps_its_content(store: Path) -> None:
    engine = writing_engine(store)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
        for statement in (
            "INSERT INTO revision VALUES (1, 'old', 'abcdef012345', 'x', 1, '2026-01-01T00:00:00.000000Z', 'Old',"
            " 'en', 'Old.', NULL, NULL)",
            "INSERT INTO section VALUES (1, 1, 0, NULL, 'all', '1', 1, 'All', 0)",
            "INSERT INTO passage VALUES (1, 1, 1, 'paragraph', 'The “Old” words')",
        ):
            connection.execute(text(statement))
    engine.dispose()
    seed(store, SEA)
    with serving(store) as client:
        assert client.get("/v1/guides/old/passages/all.1").json()["text"] == "The “Old” words"
        assert client.get("/v1/quotations?text='old' WORDS").json()["match"] == "normalized"
        assert client.get("/v1/guides/old/sections/all").json()["corrections"] == []


OLD_FACTS = """
    INSERT INTO revision VALUES
        (1, 'old', 'a', 'x', 0, '2026-01-01T00:00:00.000000Z', 'Old', 'en', 'Old.', NULL, NULL),
        (2, 'old', 'b', 'y', 1, '2026-01-02T00:00:00.000000Z', 'Old', 'en', 'Old.', NULL, NULL);
    INSERT INTO source VALUES (1, 1, 0, 'book', 'A “Book”', NULL, '1960', '["11 UST 1632"]', NULL, 1);
    INSERT INTO statement VALUES
        (1, 1, 'correction', 0, 'c', 'Words', NULL), (2, 1, 'instrument', 0, 'i', 'I', 'checked'),
        (3, 1, 'article', 0, 'i/5', 'I, V: T', 'checked'), (4, 1, 'event', 0, 'e', 'It.', 'checked'),
        (5, 1, 'term', 0, 't', 'T', 'checked'), (6, 2, 'term', 0, 't', 'T', 'checked');
    INSERT INTO citation VALUES (4, 1, 0, NULL);
    INSERT INTO correction VALUES (1, 'unsourced', 'info', 'note', NULL, 'Why?');
    INSERT INTO instrument VALUES
        (2, 'I', 'It', NULL, 'treaty', NULL, '["A", "B"]', '1960', NULL, '1960-06-23', NULL, 'gone', '[]', 'It.', NULL,
        '[{"date": "1961"}]');
    INSERT INTO article VALUES (3, 2, 'V', 'T', 'S', NULL);
    INSERT INTO event VALUES (4, '1960-02', '1960-02-01', '1960-02-29', 'It.', 'treaty');
    INSERT INTO term VALUES (5, 'T', NULL, NULL, NULL, 'Old.'), (6, 'T', NULL, NULL, 'Tī', 'New.')
"""


def test_migration_0004_keeps_the_facts_of_all_revisions(store: Path) -> None:
    engine = writing_engine(store)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0003")
        for statement in OLD_FACTS.split(";"):
            connection.exec_driver_sql(statement)
    migrate(engine)
    for _ in ("as converted", "as converted back and again"):
        with engine.begin() as connection:
            (source,) = connection.execute(text("SELECT data FROM source")).scalars()
            data = [json.loads(each) for each in connection.execute(text("SELECT data FROM statement")).scalars()]
            columns = text("SELECT instrument_id, earliest_date, latest_date FROM statement WHERE id IN (3, 4)")
            assert connection.execute(columns).all() == [(2, None, None), (None, "1960-02-01", "1960-02-29")]
            assert connection.execute(text("SELECT count(*) FROM citation")).scalar() == 1
            command.downgrade(alembic_config(connection), "0003")
            command.upgrade(alembic_config(connection), "head")
        assert json.loads(source) == {
            "title": "A “Book”",
            "publisher": None,
            "date": "1960",
            "identifiers": ["11 UST 1632"],
            "link": None,
            "checked": True,
        }
        correction, instrument, article, event, *terms = data
        assert (correction["kind"], correction["replacement"]) == ("unsourced", None)
        assert (instrument["parties"], instrument["members"]) == (["A", "B"], [{"date": "1961"}])
        assert article == {"number": "V", "title": "T", "summary": "S", "note": None}
        assert event == {"date": "1960-02", "event": "It.", "category": "treaty"}
        assert [term["definition"] for term in terms] == ["Old.", "New."]
    engine.dispose()


def test_a_field_that_an_older_revision_lacks_is_null(store: Path) -> None:
    seed(store, SAMPLE)
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE statement SET data = json_remove(data, '$.romaji') WHERE slug = 'pen'")
    connection.close()
    with serving(store) as client:
        assert client.get("/v1/terms/pen").json()["romaji"] is None
