"""Publishing: in one transaction, as immutable revisions that are named by their content."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import text

from app.content import read_guides
from app.errors import SlugConflict
from app.publishing import Outcome
from app.store.engines import reading_engine, writing_engine
from app.store.served import ServedStore
from tests.service import SAMPLE, publish_into, seed, serving, url_of

SEA = SAMPLE / "nowhere-and-the-sea"


def reworded(seeds: Path, old: str = "no harbour", new: str = "one harbour") -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_publishing_the_same_content_again_changes_nothing(store: Path) -> None:
    first, second = seed(store, SEA), seed(store, SEA)
    assert [first[0].outcome, second[0].outcome] == [Outcome.PUBLISHED, Outcome.UNCHANGED]
    assert first[0].revision == second[0].revision
    with serving(store) as client:
        assert client.get("/v1/guides/nowhere-and-the-sea/revisions").json()["total"] == 1


def test_the_name_of_a_revision_is_the_digest_of_its_content(store: Path) -> None:
    (guide,) = read_guides(SEA)
    (published,) = publish_into(store, [guide])
    assert published.revision == guide.digest[:12]


def test_an_older_revision_stays_readable_and_can_become_current_again(store: Path, seeds: Path) -> None:
    (old,) = seed(store, seeds / "nowhere-and-the-sea")
    reworded(seeds)
    (new,) = seed(store, seeds / "nowhere-and-the-sea")
    address = "/v1/guides/nowhere-and-the-sea/passages/harbours.1"
    with serving(store) as client:
        assert client.get(address).json()["text"] == "Nowhere has one harbour."
        assert client.get(address, params={"revision": old.revision}).json()["text"] == "Nowhere has no harbour."
        reworded(seeds, "one harbour", "no harbour")
        (again,) = seed(store, seeds / "nowhere-and-the-sea")
        assert (again.outcome, again.revision) == (Outcome.CURRENT_AGAIN, old.revision)
        assert client.get(address).json()["text"] == "Nowhere has no harbour."
        listed = client.get("/v1/guides/nowhere-and-the-sea/revisions").json()["items"]
        assert [(item["revision"], item["current"]) for item in listed] == [
            (new.revision, False),
            (old.revision, True),
        ]


def test_a_running_service_shows_a_new_publication(store: Path, seeds: Path) -> None:
    seed(store, seeds / "nowhere-and-the-sea")
    with serving(store) as client:
        before = client.get("/v1/guides/nowhere-and-the-sea/sections/harbours").json()
        reworded(seeds)
        (published,) = seed(store, seeds / "nowhere-and-the-sea")
        after = client.get("/v1/guides/nowhere-and-the-sea/sections/harbours").json()
    assert before["revision"] != after["revision"] == published.revision


def test_a_store_file_can_be_replaced_while_it_is_served(store: Path, seeds: Path, tmp_path: Path) -> None:
    seed(store, seeds / "nowhere-and-the-sea")
    reworded(seeds)
    seed(tmp_path / "new.db", seeds / "nowhere-and-the-sea")
    address = "/v1/guides/nowhere-and-the-sea/passages/harbours.1"
    with serving(store) as client:
        assert "no harbour" in client.get(address).text
        (tmp_path / "new.db").replace(store)
        assert "one harbour" in client.get(address).text


def test_line_29_a_serving_connection_cannot_write(store: Path) -> None:
    seed(store, SEA)
    engine = reading_engine(ServedStore(store))
    for statement in ("DELETE FROM passage", "CREATE TABLE more (id INTEGER)", "PRAGMA user_version=7"):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="readonly"):
            connection.execute(text(statement))
    engine.dispose()


def test_a_store_in_a_read_only_folder_is_served(store: Path) -> None:
    seed(store, SEA)
    store.chmod(0o444)
    store.parent.chmod(0o555)
    try:
        with serving(store) as client:
            assert client.get("/health/ready").status_code == 200
            assert list(store.parent.glob("store.db-*")) == []
    finally:
        store.parent.chmod(0o755)


def test_foreign_keys_are_enforced(store: Path) -> None:
    seed(store, SEA)
    engine = writing_engine(store)
    with pytest.raises(DBAPIError, match="FOREIGN KEY"), engine.begin() as connection:
        connection.execute(text("INSERT INTO related (section_id, position, other_id, score) VALUES (99, 1, 98, 0)"))
    engine.dispose()


def test_two_publishers_at_once_both_succeed(store: Path, seeds: Path) -> None:
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(store)}
    arguments = [sys.executable, "-m", "app.cli", "seed", str(seeds)]
    running = [subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    output = b"".join(process.communicate()[0] for process in running)
    assert [process.returncode for process in running] == [0, 0, 0]
    assert output.count(b"published as revision") == 2
    assert output.count(b"already current") == 4


def test_a_guide_cannot_use_the_slug_of_another_guides_fact(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    folder = seeds / "nowhere-and-the-sea"
    (folder / "sources.yaml").write_text("- {slug: herd-book, type: book, title: Herds, checked: true}\n")
    (folder / "terms.yaml").write_text(
        "- {slug: pen, term: pen, definition: For sheep., sources: [herd-book], confidence: checked}\n"
    )
    with pytest.raises(SlugConflict, match="“nowhere-and-the-sea” and “treaty-of-nowhere” both have the term “pen”"):
        seed(store, seeds / "nowhere-and-the-sea")
    with serving(store) as client:
        assert client.get("/v1/terms/pen").json()["definition"] == "What a treaty is signed with."
        assert client.get("/v1/guides/nowhere-and-the-sea").json()["counts"]["terms"] == 0
