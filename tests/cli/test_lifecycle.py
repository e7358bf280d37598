"""`treaty-guide revisions`, `rollback`, `withdraw` and `prune`."""

import re
from pathlib import Path

from tests.cli.conftest import Run
from tests.publishing.test_publishing import reworded
from tests.service import seed, serving

GUIDE = "nowhere-and-the-sea"


def test_revisions_are_listed_rolled_back_and_pruned(run: Run, store: Path, seeds: Path) -> None:
    [old] = seed(store, seeds / GUIDE)
    reworded(seeds)
    [new] = seed(store, seeds / GUIDE)
    line = re.compile(r"[0-9a-f]{12}  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC(  current)?")
    listed = run(store, "revisions", GUIDE).stdout.splitlines()
    assert [(each[:12], match[1] is not None) for each in listed if (match := line.fullmatch(each))] == [
        (new.revision, True),
        (old.revision, False),
    ]
    assert run(store, "rollback", GUIDE, old.revision).stdout == (
        f"{GUIDE}: revision {old.revision}, published before, is current again.\n"
    )
    assert run(store, "prune", "--keep", "1").stdout == "There is no revision to remove.\n"
    pruned = run(store, "prune", "--keep", "1", "--include-recent")
    assert pruned.stdout == f"{GUIDE}: removed revision {new.revision}.\n"
    assert run(store, "revisions", GUIDE).stdout.count("\n") == 1


def test_a_withdrawal_says_how_to_keep_it(run: Run, store: Path, seeds: Path) -> None:
    seed(store, seeds)
    done = run(store, "withdraw", GUIDE, "--reason", "It is  wrong.")
    assert done.stdout == f"{GUIDE}: withdrawn. Remove its folder from the seeds, or `treaty-guide seed` restores it.\n"
    for again in (run(store, "withdraw", GUIDE, "--reason", "Again."), run(store, "revisions", GUIDE)):
        assert again.returncode == 1
        assert re.fullmatch(rf"The guide “{GUIDE}” was withdrawn on 20\S+Z: It is wrong\.\n", again.stderr)
    assert f"{GUIDE}: restored as revision" in run(store, "seed", str(seeds)).stdout
    with serving(store) as client:
        assert client.get(f"/v1/guides/{GUIDE}").status_code == 200


def test_mistakes_change_nothing(run: Run, store: Path, seeds: Path) -> None:
    seed(store, seeds)
    before = store.stat()
    assert run(store, "withdraw", "nowhere-and-sea", "--reason", "x").stderr == (
        f"There is no guide “nowhere-and-sea” here. Did you mean {GUIDE}?\n"
    )
    assert run(store, "withdraw", GUIDE, "--reason", " ").returncode == 2
    assert run(store, "withdraw", GUIDE).returncode == 2
    assert run(store, "rollback", GUIDE, "000000000000").returncode == 1
    assert run(store, "prune", "--keep", "0").returncode == 2
    assert store.stat() == before
