"""The command `treaty-guide`, run as a user runs it."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.service import GUIDE, SAMPLE, SEEDS, seed, url_of


def command(store: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the command says and how it ends."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        env={**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(store), "TERM": "dumb", **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped guide."""
    store = tmp_path_factory.mktemp("cli") / "store.db"
    seed(store, SEEDS)
    return store


def test_check_says_what_is_there_and_writes_nothing(store: Path) -> None:
    done = command(store, "check")
    assert done.returncode == 0
    assert re.fullmatch(rf"{GUIDE}: 18 sections, 62 passages; revision [0-9a-f]{{12}}\.\n", done.stdout)
    assert not store.exists()


def test_check_lists_what_to_put_right(store: Path, seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("#harbours}", "#Harbours}"))
    done = command(store, "check", str(seeds))
    assert done.returncode == 1
    assert f"{path}:10: “Harbours” cannot be an address" in done.stderr
    assert done.stderr.endswith("2 issues found; nothing was published.\n")
    assert "Traceback" not in done.stderr


def test_seed_makes_the_store_and_says_what_it_did(store: Path) -> None:
    first, second = command(store, "seed"), command(store, "seed")
    assert f"{GUIDE}: published as revision " in first.stdout
    assert f"{GUIDE}: unchanged, revision " in second.stdout
    assert first.returncode == second.returncode == 0


def test_a_large_guide_is_published_with_progress(store: Path, seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    more = "".join(f"\n## More {n} {{#more-{n}}}\n\nWords.\n" for n in range(1200))
    path.write_text(path.read_text() + more)
    done = command(store, "seed", str(seeds), FORCE_COLOR="1", TERM="xterm")
    assert done.returncode == 0
    assert "Publishing sections" in done.stderr
    assert "published as revision" in done.stdout


def test_export_gives_the_source_document_as_text(shipped: Path) -> None:
    assert (
        command(shipped, "export", GUIDE, "--format", "txt", "--edition", "original").stdout
        == (SEEDS / GUIDE / "source.txt").read_text()
    )


def test_export_gives_markdown_that_reads_back_as_the_same_revision(shipped: Path, seeds: Path) -> None:
    for slug in (GUIDE, "treaty-of-nowhere", "nowhere-and-the-sea"):
        store = shipped if slug == GUIDE else seeds.parent / "sample.db"
        if slug != GUIDE:
            seed(store, SAMPLE)
        folder = seeds / slug
        folder.mkdir(exist_ok=True)
        for file in ((SEEDS if slug == GUIDE else SAMPLE) / slug).iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        (folder / "guide.md").unlink()
        arguments = ["--format", "md", "--edition", "original", "--output", str(folder / "guide.md")]
        done = command(store, "export", slug, *arguments)
        assert (done.returncode, done.stdout) == (0, "")
        if slug == GUIDE:
            (seeds / "topics.yaml").write_bytes((SEEDS / "topics.yaml").read_bytes())
        else:
            (seeds / "topics.yaml").write_bytes((SAMPLE / "topics.yaml").read_bytes())
        again = command(store, "seed", str(folder))
        assert "unchanged" in again.stdout, again.stderr


def test_export_gives_the_public_json(shipped: Path) -> None:
    exported = json.loads(command(shipped, "export", GUIDE).stdout)
    assert exported["guide"]["slug"] == GUIDE
    assert len(exported["sections"]) == 18


def test_export_into_a_pipe_that_closes_early_is_quiet(shipped: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m app.cli export {GUIDE} | head -c 10",
        shell=True,
        env={**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(shipped)},
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b'{"guide":{', b"")


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["export", "us-japan"], {}, f"There is no guide “us-japan” here. Did you mean {GUIDE}?"),
        (["check", "/nowhere/at/all"], {}, "There is no guide here"),
        (
            ["seed"],
            {"TREATY_GUIDE_DATABASE_URL": "postgresql://x"},
            "TREATY_GUIDE_DATABASE_URL: the store is an SQLite",
        ),
        (["seed"], {"TREATY_GUIDE_DATABASE_URL": "sqlite:////nowhere/x.db"}, "There is no store at /nowhere/x.db"),
        (["export", GUIDE], {"TREATY_GUIDE_DATABASE_URL": "sqlite:////nowhere/x.db"}, "There is no store at"),
        (["serve"], {"TREATY_GUIDE_PORT": "99999"}, "TREATY_GUIDE_PORT: Input should be less than or equal to 65535"),
        (["serve", "--reload", "--workers", "2"], {}, "--reload works with one worker"),
        (["frobnicate"], {}, "No such command 'frobnicate'"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence(
    shipped: Path, arguments: list[str], environment: dict[str, str], sentence: str
) -> None:
    done = command(shipped, *arguments, **environment)
    assert done.returncode in {1, 2}
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_store_and_a_newer_store_are_told_apart(store: Path, tmp_path: Path) -> None:
    store.write_text("not a database" * 1000)
    assert "cannot be used (file is not a database)" in command(store, "seed").stderr
    newer = tmp_path / "newer.db"
    seed(newer, SAMPLE)
    import sqlite3

    connection = sqlite3.connect(newer)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert "made by a newer version" in command(newer, "seed").stderr


@pytest.mark.parametrize("extra", [["--no-access-log"], ["--workers", "2"]])
def test_serve_answers_logs_each_request_and_stops_when_asked(shipped: Path, extra: list[str]) -> None:
    serving = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--port", "0", *extra],
        env={**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(shipped)},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert serving.stderr is not None
    address = next(found[0] for line in serving.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
    with httpx.Client(transport=httpx.HTTPTransport(retries=10)) as client:
        assert client.get(f"{address}/health/ready", headers={"X-Request-ID": "look-here"}).status_code == 200
    serving.send_signal(signal.SIGTERM)
    log = serving.communicate()[1]
    assert serving.returncode in {0, -signal.SIGTERM}
    assert ("look-here" in log) == ("--no-access-log" not in extra)
