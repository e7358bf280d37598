"""The time that one SQL statement may take."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from app.store import connections, engines
from app.store.served import ServedStore
from tests.http.responses import problem
from tests.service import SAMPLE, seed, serving

COUNT = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT count(*) FROM n")


@pytest.fixture
def reading(store: Path) -> Iterator[Engine]:
    """A read-only engine of a store with the sample guides."""
    seed(store, SAMPLE)
    engine = engines.reading_engine(ServedStore(store))
    yield engine
    engine.dispose()


def test_a_statement_over_its_budget_is_interrupted_and_the_next_one_is_not(reading: Engine) -> None:
    with Session(reading) as session:
        for _ in range(2):
            with pytest.raises(DatabaseError, match="interrupted"):
                session.connection().execute(COUNT, {"last": 1_000_000_000})
            assert session.connection().execute(COUNT, {"last": 1_000}).scalar() == 1_000


def test_a_budget_that_is_over_does_not_interrupt_the_next_transaction(
    reading: Engine,
) -> None:
    with Session(reading) as session:
        driver: Any = session.connection().connection.driver_connection
        driver.set_progress_handler(driver.is_over_budget, 1)
    for _ in range(3):
        with Session(reading) as session:
            assert session.connection().execute(COUNT, {"last": 1_000}).scalar() == 1_000
            connection: Any = session.connection().connection.driver_connection
            connection.deadline = -1  # as if a thread with more processor time went on with the connection


def test_a_publication_has_no_budget(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MAX_QUERY_S", -1)
    seed(store, SAMPLE)
    with engines.transaction(engines.writing_engine(store)) as session:
        assert session.connection().execute(COUNT, {"last": 100_000}).scalar() == 100_000


@pytest.fixture
def hasty(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """A client of a server that interrupts a statement when it first looks at its budget."""
    seed(store, SAMPLE)
    monkeypatch.setattr(connections, "MAX_QUERY_S", -1)
    monkeypatch.setattr(connections, "PROGRESS_STEPS", 10)
    with serving(store) as client:
        yield client


@pytest.mark.parametrize(
    "address",
    [
        "/v1/search?q=treaty",
        "/v1/suggestions?q=tr",
        "/v1/quotations?text=treaty",
        "/v1/guides/treaty-of-nowhere/sections",
        "/v1/guides/treaty-of-nowhere/sections/signing",
        "/v1/events",
    ],
)
def test_a_query_over_its_budget_is_a_503_that_says_to_narrow_it(hasty: httpx.Client, address: str) -> None:
    response = hasty.get(address)
    assert problem(response).status == 503
    assert response.json()["type"] == "/problems/query-too-expensive"
    assert "narrow" in response.json()["detail"]
    assert "retry-after" not in response.headers  # the same query would take as long
