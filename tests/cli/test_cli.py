"""The command `treaty-guide`: in this process, and a few times in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.representations.hostile_guide import GUIDE as HOSTILE
from tests.representations.hostile_guide import make_hostile
from tests.service import GUIDE, SAMPLE, SEEDS, changing, copy_of, seed, serving_process, url_of

PROGRAM = [sys.executable, "-m", "app.cli"]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped guide."""
    store = tmp_path_factory.mktemp("cli") / "store.db"
    seed(store, SEEDS)
    return store


def test_help_imports_no_library_that_is_slow_to_import() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "app.cli", "--help"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert "Publish seed files into the store." in done.stdout
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert {"app", "typer"} <= imported
    assert not {"alembic", "fastapi", "pydantic", "rich", "sqlalchemy", "sqlmodel", "starlette", "uvicorn"} & imported


def test_check_prints_the_size_of_each_guide_and_writes_nothing(store: Path) -> None:
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(store)}
    done = subprocess.run([*PROGRAM, "check"], env=environment, capture_output=True, check=True, encoding="utf-8")
    size, accepted = done.stdout.splitlines()
    assert re.fullmatch(rf"{GUIDE}: 18 sections, 62 passages; revision [0-9a-f]{{12}}\.", size)
    assert accepted == f"29 warnings accepted in seeds/{GUIDE}/accepted_warnings.yaml."
    assert not store.exists()


def test_check_lists_each_issue_with_its_file_and_line(run: Run, store: Path, seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("#harbours}", "#Harbours}"))
    done = run(store, "check", str(seeds))
    assert done.returncode == 1
    assert f"{path}:10: “Harbours” is not a slug" in done.stderr
    assert done.stderr.endswith("2 issues found; nothing was published.\n")


def test_check_prints_warnings_and_treats_them_as_errors_if_strict(run: Run, store: Path, seeds: Path) -> None:
    path = seeds / "treaty-of-nowhere/sources.yaml"
    path.write_text(path.read_text().replace("https:", "http:"))
    warning = f"{path}:9: warning: “link” is not https; use an https address of the work.\n"
    done = run(store, "check", str(seeds))
    assert (done.returncode, done.stderr) == (0, warning)
    assert "treaty-of-nowhere: 7 sections" in done.stdout
    done = run(store, "check", "--strict", str(seeds))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == warning + "1 issue found; nothing was published.\n"
    assert run(store, "check", "--strict", str(SAMPLE)).returncode == 0


def test_seed_prints_warnings_and_publishes(run: Run, store: Path, seeds: Path) -> None:
    path = seeds / "treaty-of-nowhere/sources.yaml"
    path.write_text(path.read_text().replace("https:", "http:"))
    done = run(store, "seed", str(seeds))
    assert done.returncode == 0
    assert f"{path}:9: warning: “link” is not https" in done.stderr
    assert "treaty-of-nowhere: published as revision " in done.stdout


def test_seed_creates_the_store_and_reports_each_guide(run: Run, store: Path) -> None:
    first, second = run(store, "seed"), run(store, "seed")
    assert f"{GUIDE}: published as revision " in first.stdout
    assert f"{GUIDE}: unchanged, revision " in second.stdout
    assert first.returncode == second.returncode == 0


def test_a_large_guide_is_published_with_a_progress_bar(run: Run, store: Path, seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    more = "".join(f"\n## More {n} {{#more-{n}}}\n\nWords.\n" for n in range(500))
    path.write_text(path.read_text() + more)
    done = run(store, "seed", str(seeds), FORCE_COLOR="1", TERM="xterm")
    assert done.returncode == 0
    assert "Publishing sections" in done.stderr
    assert "published as revision" in done.stdout


def test_exported_text_is_the_source_document(run: Run, shipped: Path) -> None:
    done = run(shipped, "export", GUIDE, "--format", "txt", "--edition", "original")
    assert done.stdout == (SEEDS / GUIDE / "source.txt").read_text()


@pytest.mark.parametrize(
    ("folder", "guide"), [(SEEDS, GUIDE), (SAMPLE, "treaty-of-nowhere"), (SAMPLE, "nowhere-and-the-sea")]
)
def test_exported_markdown_is_read_as_the_same_revision(
    run: Run, store: Path, tmp_path: Path, folder: Path, guide: str
) -> None:
    seed(store, folder)
    copied = copy_of(folder, tmp_path / "copy") / guide
    (copied / "guide.md").unlink()
    options = ["--format", "md", "--output", str(copied / "guide.md")]
    exported = run(store, "export", guide, *options)
    assert (exported.returncode, exported.stdout) == (0, "")
    again = run(store, "seed", str(copied))
    assert "unchanged" in again.stdout, again.stderr


def test_exported_markdown_has_the_former_slugs(run: Run, store: Path, seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    named = path.read_text().replace("\ntopics:", "\nformerly: [sea, lake]\ntopics:")
    path.write_text(named.replace("{#harbours}", '{#harbours formerly="ports quays"}'))
    seed(store, path.parent)
    run(store, "export", path.parent.name, "--format", "md", "--output", str(path))
    assert '## Harbours {#harbours formerly="ports quays"}' in path.read_text()
    assert "unchanged" in run(store, "seed", str(path.parent)).stdout


def test_exported_markdown_of_a_hostile_guide_is_read_as_the_same_revision(run: Run, store: Path, seeds: Path) -> None:
    path = seeds / HOSTILE / "guide.md"
    make_hostile(path.parent)
    seed(store, seeds)
    written = path.read_text()
    run(store, "export", HOSTILE, "--format", "md", "--output", str(path))
    assert path.read_text() != written
    assert run(store, "check", str(seeds)).returncode == 0
    assert f"{HOSTILE}: unchanged" in run(store, "seed", str(seeds)).stdout


def test_exported_json_has_the_public_shape(run: Run, shipped: Path) -> None:
    exported = json.loads(run(shipped, "export", GUIDE).stdout)
    assert exported["guide"]["slug"] == GUIDE
    assert len(exported["sections"]) == 18


def test_export_into_a_pipe_that_closes_early_prints_no_error(shipped: Path) -> None:
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
        (
            ["serve"],
            {"TREATY_GUIDE_DATABASE_URL": "postgresql+psycopg://editor:secret@host:abc/x"},
            "TREATY_GUIDE_DATABASE_URL: write postgresql+psycopg://user:password@host:port/database\n",
        ),
        (["follow"], {}, "There is nothing to follow: TREATY_GUIDE_DATABASE_URL names an SQLite file.\n"),
        (["copy-ledger", "x.db"], {}, "Set TREATY_GUIDE_DATABASE_URL to the URL of the PostgreSQL database"),
        (
            ["seed"],
            {"TREATY_GUIDE_DATABASE_URL": "sqlite:////nowhere/x.db"},
            "/nowhere/x.db: The store cannot be",
        ),
        (
            ["export", GUIDE],
            {"TREATY_GUIDE_DATABASE_URL": "sqlite:////nowhere/x.db"},
            "/nowhere/x.db: The store is missing",
        ),
        (["serve"], {"TREATY_GUIDE_PORT": "99999"}, "TREATY_GUIDE_PORT: Input should be less than or equal to 65535"),
        *(
            (["serve"], {"TREATY_GUIDE_PUBLIC_URL": url}, "TREATY_GUIDE_PUBLIC_URL: write a scheme, a host")
            for url in (
                "https://a\nX-A: b",
                "https://a\n",
                "https://a b",
                "https://a/?b",
                "https://\u00e9",
                "https://",
                "a",
            )
        ),
        (["serve", "--reload", "--workers", "2"], {}, "--reload works with one worker"),
        (["frobnicate"], {}, "No such command 'frobnicate'"),
    ],
)
def test_a_mistake_is_reported_in_a_sentence(
    run: Run, shipped: Path, arguments: list[str], environment: dict[str, str], sentence: str
) -> None:
    done = run(shipped, *arguments, **environment)
    assert done.returncode in {1, 2}
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["seed", "serve", "follow", "rebuild"])
def test_postgresql_without_its_driver_says_what_to_install(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    url = "postgresql+psycopg://user@127.0.0.1/guides"
    done = run(store, command, TREATY_GUIDE_DATABASE_URL=url, TREATY_GUIDE_READ_MODEL=str(store))
    assert done.returncode == 1
    assert "A ledger in PostgreSQL needs psycopg" in done.stderr
    assert done.stderr.endswith("run `pip install 'treaty-guide[postgresql]'`.\n")
    assert not store.exists()


@pytest.mark.parametrize(
    "arguments", [["serve", "--reload", "--workers", "2"], ["export", "nowhere"], ["seed", "/nowhere"]]
)
@pytest.mark.parametrize(
    ("variable", "warning"),
    [
        (
            "TREATY_GUIDE_WORKER",
            "TREATY_GUIDE_WORKER is not a setting; it is ignored. Did you mean TREATY_GUIDE_WORKERS?",
        ),
        (
            "TREATY_GUIDE_CONCURENCY",
            "TREATY_GUIDE_CONCURENCY is not a setting; it is ignored. Did you mean TREATY_GUIDE_CONCURRENCY?",
        ),
        ("TREATY_GUIDE_XYZ", "TREATY_GUIDE_XYZ is not a setting; it is ignored."),
        ("TREATYGUIDE_PORT", "TREATYGUIDE_PORT is not a setting; it is ignored. Did you mean TREATY_GUIDE_PORT?"),
        (
            "TRAETY_GUIDES_SEEDS",
            "TRAETY_GUIDES_SEEDS is not a setting; it is ignored. Did you mean TREATY_GUIDE_SEEDS?",
        ),
        ("treaty_guide_port", None),
        ("TRUSTED_PORT", None),
        ("PORT", None),
        ("WORKERS", None),
    ],
)
def test_a_misspelt_setting_gives_a_warning_that_names_the_closest_one(
    run: Run, shipped: Path, arguments: list[str], variable: str, warning: str | None
) -> None:
    lines = run(shipped, *arguments, **{variable: "4"}).stderr.splitlines()
    assert [line for line in lines if "is not a setting" in line] == ([f"warning: {warning}"] if warning else [])


def test_a_mistake_is_reported_without_a_traceback(store: Path) -> None:
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(store)}
    done = subprocess.run([*PROGRAM, "export", GUIDE], env=environment, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{store}: The store is missing; run `treaty-guide seed`.\n"


def test_a_file_that_is_not_a_store_is_reported(run: Run, store: Path) -> None:
    store.write_text("not a database" * 1000)
    assert "cannot be used (file is not a database)" in run(store, "seed").stderr


def test_a_store_of_a_newer_version_is_reported(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    with changing(store) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "made by a newer version" in run(store, "seed").stderr


@pytest.mark.parametrize("options", [["--no-access-log"], ["--workers", "2"]])
def test_serve_logs_each_request_and_stops_on_sigterm(shipped: Path, options: list[str]) -> None:
    with serving_process(shipped, *options) as (client, process):
        assert client.get("/v1/guides", headers={"X-Request-ID": "look-here"}).status_code == 200
        client.close()
        process.send_signal(signal.SIGTERM)
        log = process.communicate()[1]
    assert process.returncode in {0, -signal.SIGTERM}
    assert ("look-here" in log) == ("--no-access-log" not in options)
