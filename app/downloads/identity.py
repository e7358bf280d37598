"""Say what a downloaded file is, and digest its parts."""

import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.downloads.csv_tables import DESCRIPTION_FILE
from app.errors import NotVerified
from app.formats import CSV_TABLES, EPUB, JSON_LINES, SQLITE, FileFormat
from app.text.editions import Edition

EPUB_PACKAGE = "EPUB/package.opf"

_opf_property = re.compile(r'<meta property="schema:(identifier|version|bookEdition)">([^<]*)</meta>')


@dataclass(frozen=True)
class Identity:
    """The format of a file, and the guide, revision and edition that it says it has."""

    format: FileFormat
    guide: str
    revision: str
    edition: Edition


def identify(content: bytes) -> Identity:
    """Return what a file says it is, whatever its name; raise `NotVerified` if it is no download."""
    try:
        if content.startswith(b"SQLite format 3\0"):
            return _identify_database(content)
        if content.startswith(b"PK"):
            return _identify_zip(content)
        first = json.loads(content.partition(b"\n")[0])["item"]
        edition: Edition = "original" if "edition=original" in first["url"] else "corrected"
        return Identity(JSON_LINES, str(first["slug"]), str(first["revision"]), edition)
    except (KeyError, TypeError, ValueError, sqlite3.Error, zipfile.BadZipFile) as error:
        raise NotVerified("This is not a download of a guide, or it is damaged.") from error


def digest_parts(format_: FileFormat, content: bytes) -> set[tuple[str, str]]:
    """Return the name and digest of each part of a file: a line, a row or a page."""
    split = {JSON_LINES: _lines, CSV_TABLES: _csv_rows, SQLITE: _database_rows, EPUB: _zipped_files}
    return {(name, hashlib.sha256(part).hexdigest()) for name, part in split[format_](content)}


def _identify_database(content: bytes) -> Identity:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        ((guide, revision),) = database.execute("SELECT slug, revision FROM guide")
    return Identity(SQLITE, guide, revision, "corrected")


def _identify_zip(content: bytes) -> Identity:
    files = dict(_zipped_files(content))
    if DESCRIPTION_FILE in files:
        package = json.loads(files[DESCRIPTION_FILE])
        return Identity(CSV_TABLES, package["name"], package["version"], "corrected")
    found = dict(_opf_property.findall(files[EPUB_PACKAGE].decode()))
    edition: Edition = "original" if found["bookEdition"] == "original" else "corrected"
    return Identity(EPUB, found["identifier"], found["version"], edition)


def _lines(content: bytes) -> Iterator[tuple[str, bytes]]:
    for number, line in enumerate(content.splitlines(), 1):
        try:
            name = urlsplit(json.loads(line)["item"]["url"]).path
        except (AttributeError, KeyError, TypeError, ValueError):
            name = f"line {number}"
        yield name, line


def _csv_rows(content: bytes) -> Iterator[tuple[str, bytes]]:
    for name, file in _zipped_files(content):
        if not name.endswith(".csv"):
            continue  # the description has the digests of the tables
        for row in csv.reader(io.StringIO(file.decode("utf-8-sig", "replace"), newline="")):
            yield f"{name.removesuffix('.csv')} {row[0] if row else ''}", json.dumps(row).encode()


def _database_rows(content: bytes) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        schema = database.execute("SELECT name, sql FROM sqlite_schema").fetchall()
        yield from ((f"definition of {name}", str(sql).encode()) for name, sql in schema)
        for name, sql in schema:
            if str(sql).startswith("CREATE TABLE") and "_fts" not in name:
                quoted = name.replace('"', '""')
                for row in database.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - the name is quoted
                    yield f"{name} {row[0]}", repr(row).encode()


def _zipped_files(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)
