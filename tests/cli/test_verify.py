"""`treaty-guide verify`."""

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Run
from tests.downloads.files import GUIDE_URL, NOWHERE
from tests.service import GUIDE, replace_in, seed, serving

FILES = [
    ("jsonl", "corrected"),
    ("jsonl", "original"),
    ("csv", "corrected"),
    ("sqlite", "corrected"),
    ("epub", "original"),
]


@pytest.fixture
def base(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/")


@pytest.fixture
def file(client: httpx.Client, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A downloaded file, whose format and edition the test names."""
    name, edition = request.param
    path = tmp_path / "renamed"
    path.write_bytes(client.get(f"{GUIDE_URL}/downloads/{name}", params={"edition": edition}).content)
    return path


@pytest.mark.parametrize("file", FILES, indirect=True, ids="-".join)
def test_a_file_as_it_was_downloaded_is_verified(run: Run, store: Path, file: Path, base: str) -> None:
    done = run(store, "verify", str(file), "--service", base)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(rf"edition(s)?, revision [0-9a-f]{{12}} of {GUIDE}: as the service has it\.$", done.stdout.strip())


def rewrite(path: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a file in a zip file."""
    with zipfile.ZipFile(path) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    assert old in files[name]
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content.replace(old, new) if each == name else content)


@pytest.mark.parametrize("file", [("jsonl", "corrected")], indirect=True)
def test_a_changed_line_is_named(run: Run, store: Path, file: Path, base: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if json.loads(line)["item"].get("id") == "history.1")
    lines[number] = lines[number].replace("1960", "1961")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(store, "verify", str(file), "--service", base)
    assert done.returncode == 1
    assert (
        done.stderr
        == f"This is not the file that the service has. These parts differ: {GUIDE_URL}/passages/history.1.\n"
    )


@pytest.mark.parametrize("file", [("csv", "corrected")], indirect=True)
def test_a_changed_row_of_a_csv_table_is_named(run: Run, store: Path, file: Path, base: str) -> None:
    rewrite(file, "terms.csv", b"Anpo protests", b"Anpo parties")
    done = run(store, "verify", str(file), "--service", base)
    assert done.returncode == 1
    assert "These parts differ: terms anpo-protests." in done.stderr


@pytest.mark.parametrize("file", [("sqlite", "corrected")], indirect=True)
def test_a_changed_row_of_the_database_is_named(run: Run, store: Path, file: Path, base: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE events SET date = '1961' WHERE slug = '1960-01-19'")
    done = run(store, "verify", str(file), "--service", base)
    assert done.returncode == 1
    assert "These parts differ: events 1960-01-19." in done.stderr


@pytest.mark.parametrize("file", [("epub", "original")], indirect=True)
def test_a_changed_page_of_a_book_is_named(run: Run, store: Path, file: Path, base: str) -> None:
    rewrite(file, "EPUB/section-history.xhtml", b"1951", b"1952")
    done = run(store, "verify", str(file), "--service", base)
    assert done.returncode == 1
    assert "These parts differ: EPUB/section-history.xhtml." in done.stderr


@pytest.mark.parametrize("file", [("epub", "original"), ("csv", "corrected")], indirect=True)
def test_a_file_that_another_program_saved_has_the_same_content(run: Run, store: Path, file: Path, base: str) -> None:
    with zipfile.ZipFile(file) as archive:
        first = archive.namelist()[0]
    rewrite(file, first, b"", b"")
    done = run(store, "verify", str(file), "--service", base)
    assert done.returncode == 1
    assert done.stderr.startswith("The content is what the service has, but the bytes differ")


def test_a_file_of_an_older_revision_is_verified_and_the_newer_one_named(
    run: Run, store: Path, seeds: Path, tmp_path: Path
) -> None:
    seed(store, seeds)
    path = tmp_path / "old.jsonl"
    with serving(store) as client:
        path.write_bytes(client.get(f"{NOWHERE}/downloads/jsonl").content)
        replace_in(seeds / "treaty-of-nowhere", "Nobody was asked.", "Somebody was asked.")
        seed(store, seeds)
        done = run(store, "verify", str(path), "--service", str(client.base_url))
        newer = client.get(NOWHERE).json()["revision"]
    assert done.returncode == 0
    assert done.stdout.endswith(f"The service has a newer revision, {newer}.\n")


@pytest.mark.parametrize("content", [b"", b"text", b"{}\n", b"PK\x03\x04 no zip", b"SQLite format 3\0 no database"])
def test_another_file_is_refused(run: Run, store: Path, tmp_path: Path, base: str, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    done = run(store, "verify", str(path), "--service", base)
    assert (done.returncode, done.stderr) == (1, "This is not a download of a guide, or it is damaged.\n")


@pytest.mark.parametrize("file", [("jsonl", "corrected")], indirect=True)
def test_what_keeps_a_file_from_being_compared_is_said(run: Run, store: Path, file: Path, sample: httpx.Client) -> None:
    for service, reason in (
        ("ftp://127.0.0.1", "is not the URL of a service"),
        ("http://127.0.0.1:9", "cannot be reached"),
        (str(sample.base_url), "does not have this file: There is no guide"),
    ):
        done = run(store, "verify", str(file), "--service", service)
        assert done.returncode == 1
        assert reason in done.stderr
