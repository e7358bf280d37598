"""`seed` explains in a sentence why the store cannot be written, and the old one is served."""

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.store.replacement import replacing
from tests.cli.conftest import Run
from tests.publishing.test_publishing import SEA, reworded
from tests.service import SAMPLE, seed, serving, url_of
from tests.store.damage import damage

SEED = [sys.executable, "-m", "app.cli", "seed"]


@contextmanager
def unchanged(store: Path) -> Iterator[None]:
    """Check that a store is the same file with the same content afterwards, without others, and is served."""
    before, content = store.stat().st_ino, store.read_bytes()
    yield
    assert (store.stat().st_ino, store.read_bytes()) == (before, content)
    assert not store.with_name(f"{store.name}.new").exists()
    with serving(store) as client:
        assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize("size", ["of the copy", "of the new file"])
def test_a_full_disk(run: Run, store: Path, seeds: Path, size: str) -> None:
    seed(store, seeds)
    reworded(seeds, "no harbour", "one harbour" + " after another" * 1_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    limit = store.stat().st_size - 4_096 * (size == "of the copy")
    with unchanged(store):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limits[1]))  # the error of a larger file is like a full disk
        try:
            done = run(store, "seed", str(seeds))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr in (
        f"{store}: The store cannot be written: File too large.\n",
        f"The store {store} cannot be used (disk I/O error).\n",
    )


def test_a_read_only_folder(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    reworded(seeds)
    # Root may write everywhere, unless it gives up this capability.
    privileges = ["setpriv", "--bounding-set", "-dac_override"] if os.getuid() == 0 else []
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(store)}
    store.with_name(f"{store.name}.lock").unlink(missing_ok=True)
    with unchanged(store):
        store.parent.chmod(0o555)
        try:
            done = subprocess.run(
                [*privileges, *SEED, str(seeds)], env=environment, capture_output=True, check=False, encoding="utf-8"
            )
        finally:
            store.parent.chmod(0o755)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{store}: The store cannot be written: Permission denied.\n"


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs Linux, for a mount that only this test sees")
def test_a_store_that_is_mounted_by_itself(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    reworded(seeds)
    unshare = ["unshare", "--mount", "--map-root-user", "sh", "-c", 'mount --bind "$0" "$0" && exec "$@"', str(store)]
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(store)}
    with unchanged(store):
        done = subprocess.run(
            [*unshare, *SEED, str(seeds)], env=environment, capture_output=True, check=False, encoding="utf-8"
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{store}: The store cannot be written: it is mounted by itself, so it cannot be replaced; mount its folder"
        " instead.\n"
    )


def test_a_damaged_store(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    damage(store, random.Random(), offset=5_000)
    content = store.read_bytes()
    done = run(store, "seed", str(SEA))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{store}: The store is damaged")
    assert store.read_bytes() == content


def test_a_second_publisher_waits_for_the_first_one(store: Path) -> None:
    seed(store, SEA)
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(store)}
    with replacing(store):
        second = subprocess.Popen(
            [*SEED, str(SAMPLE)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        assert second.stderr is not None
        assert second.stderr.readline() == "Another publication is running; waiting until it ends.\n"
    output, errors = second.communicate()
    assert (second.returncode, errors) == (0, "")
    assert "treaty-of-nowhere: published as revision" in output
