"""`doctor` reports what is wrong and how to fix it."""

import fcntl
import random
import resource
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.service import SAMPLE, changing, publish_into, seed
from tests.store.damage import damage

PUBLIC = {"TREATY_GUIDE_PUBLIC_URL": "https://treaties.example.org"}


def findings(run: Run, store: Path, level: str = "problem", **environment: str) -> list[str]:
    """Run the command and return the findings of a level; check that its exit code fits."""
    done = run(store, "doctor", **PUBLIC, **environment)
    *lines, last = done.stdout.splitlines()
    problems = sum(line.startswith("problem") for line in lines)
    assert done.returncode == (1 if problems else 0)
    assert last.startswith(f"{problems} problem{'s' * (problems != 1)}, ")
    return [line.partition(" ")[2].strip() for line in lines if line.startswith(level)]


def test_all_is_well(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    assert findings(run, store) == findings(run, store, "warning") == []
    assert [line.partition(":")[0] for line in findings(run, store, "ok")] == [
        "settings",
        "store",
        "content",
        "search index",
        "revisions",
        "leftover files",
        "limits",
    ]


def test_an_invalid_setting_is_a_sentence(run: Run, store: Path) -> None:
    done = run(store, "doctor", TREATY_GUIDE_WORKERS="0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "TREATY_GUIDE_WORKERS: Input should be greater than or equal to 1\n"


@pytest.mark.parametrize(
    ("environment", "advice"),
    [
        ({"TREATY_GUIDE_PUBLIC_URL": ""}, "Set TREATY_GUIDE_PUBLIC_URL"),
        ({"TREATY_GUIDE_CONNECTIONS_PER_ADDRESS": "2000"}, "Set TREATY_GUIDE_CONNECTIONS_PER_ADDRESS"),
        ({"TREATY_GUIDE_WORKERS": "64"}, "Set TREATY_GUIDE_WORKERS to"),
        ({"TREATY_GUIDE_CACHE_BYTES": str(10**15)}, "Set TREATY_GUIDE_CACHE_BYTES to at most"),
    ],
)
def test_settings_that_do_not_fit_are_warnings(run: Run, store: Path, environment: dict[str, str], advice: str) -> None:
    seed(store, SAMPLE)
    done = run(store, "doctor", **{**PUBLIC, **environment})
    assert done.returncode == 0
    (warning,) = [line for line in done.stdout.splitlines() if line.startswith("warning")]
    assert advice in warning


def test_a_missing_and_an_empty_store_are_to_be_seeded(run: Run, store: Path) -> None:
    (missing,) = findings(run, store)
    assert missing == f"store: {store}: The store is missing; run `treaty-guide seed`."
    publish_into(store, [])
    assert findings(run, store) == ["content: The store contains no guide. Run `treaty-guide seed`."]


def test_a_damaged_store_is_to_be_replaced(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    damage(store, random.Random(), offset=5_000)
    (damaged,) = findings(run, store)
    assert "The store is damaged" in damaged
    assert "replace it with a backup" in damaged


def test_a_gap_in_the_index_is_found(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    with changing(store) as connection:
        connection.execute("DELETE FROM index_entry WHERE kind = 'term'")
    (gap,) = findings(run, store)
    assert gap.startswith("search index: ")
    assert gap.endswith("Run `treaty-guide seed`.")


def test_content_without_its_digest_is_found(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    with changing(store) as connection:
        connection.execute("UPDATE ledger SET content = x'00' WHERE sequence = 2")
    (damaged,) = findings(run, store)
    assert damaged.startswith("revisions: Entry 2 of the ledger is damaged")


def test_leftover_files_are_named(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    store.with_name("store.db.new").touch()
    (left,) = findings(run, store, "warning")
    assert f"{store}.new" in left
    with store.with_name("store.db.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert findings(run, store, "warning") == []
        assert "leftover files: A publication is running." in findings(run, store, "ok")
    store.with_name("store.db-wal").touch()
    (journal,) = findings(run, store)
    assert f"{store}-wal" in journal


def test_a_low_limit_of_open_files_is_found(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    needed = 4 * resource.getrlimit(resource.RLIMIT_NOFILE)[1] + 128
    (limit,) = findings(run, store, TREATY_GUIDE_CONCURRENCY=str(needed), TREATY_GUIDE_CONNECTIONS_PER_ADDRESS="0")
    assert limit.startswith("limits: ")
    assert "ulimit -Hn" in limit
