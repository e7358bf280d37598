"""The same revision gives the same bytes, in any process and place."""

import os
import subprocess
import sys
from pathlib import Path

from sqlmodel import col, select

from app.store.download_table import Download
from app.store.engines import ReadingSessions
from app.store.served import ServedStore
from tests.service import SAMPLE, seed, url_of


def files(store: Path) -> list[tuple[object, ...]]:
    with ReadingSessions(ServedStore(store)).open() as session:
        rows = session.exec(select(Download).order_by(col(Download.revision_id), col(Download.name))).all()
        return [(row.revision_id, row.name, row.edition, row.sha256, row.content) for row in rows]


def test_a_rebuild_makes_files_with_the_same_bytes(store: Path) -> None:
    seed(store, SAMPLE)
    before = files(store)
    assert len(before) == 2 * 6
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "TREATY_GUIDE_PUBLIC_URL": "https://treaties.example.org"}
    environment = {**os.environ, **elsewhere, "TREATY_GUIDE_DATABASE_URL": url_of(store)}
    subprocess.run([sys.executable, "-m", "app.cli", "rebuild"], env=environment, check=True)
    assert files(store) == before
