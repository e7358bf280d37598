"""How SQLite runs statements whose time depends on the order in which it reads tables."""

from pathlib import Path

from app.queries.quotations import _candidates, _exact_candidates
from app.store.engines import CompiledSelect, reading_engine, transaction
from app.store.served import ServedStore
from tests.service import SAMPLE, seed


def test_a_quotation_in_one_guide_reads_the_passages_of_no_other(store: Path) -> None:
    seed(store, SAMPLE)
    for select in (_candidates, _exact_candidates):
        assert _tables_read(store, select) == ["revision", "section", "passage"]


def _tables_read(store: Path, select: CompiledSelect) -> list[str]:
    """Return the tables of a statement in the order of its loops, without those of subqueries."""
    values = {"text": "signed", "key": "signed", "guide": "treaty-of-nowhere"} | select.constants
    engine = reading_engine(ServedStore(store))
    with transaction(engine) as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {select.sql}", values)
        steps = [row.detail.split() for row in plan if row.parent == 0]
    engine.dispose()
    return [words[1] for words in steps if words[0] in {"SCAN", "SEARCH"}]
