"""Other files in the place of the store are refused, and nothing waits for them."""

import os
import re
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import main
from tests.http.responses import problem
from tests.service import SAMPLE, seed, serving, url_of


def make_socket(path: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as unix:
        os.chdir(path.parent)  # the path of a socket is short
        unix.bind(path.name)


def make_other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE letter (text)")


def make_truncated_store(path: Path) -> None:
    seed(path, SAMPLE)
    os.truncate(path, 10_000)


ODD: dict[str, Callable[[Path], object]] = {
    "a named pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "a socket": make_socket,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path),
    "an empty file": Path.touch,
    "a text": lambda path: path.write_text("Dear Sir or Madam, " * 1_000),
    "a truncated store": make_truncated_store,
    "another application's database": make_other_database,
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_an_odd_file_gives_503_until_a_store_replaces_it(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object]
) -> None:
    monkeypatch.chdir(tmp_path)
    make(store)
    with serving(store) as client:
        for address in ("/v1/guides", "/health/ready"):
            unavailable = problem(client.get(address))
            assert unavailable.status == 503
            assert str(store) not in unavailable.detail
        assert client.get("/health/live").status_code == 200
        seed(good := tmp_path / "good.db", SAMPLE)
        store.rmdir() if store.is_dir() else store.unlink()
        good.rename(store)
        assert client.get("/health/ready").status_code == 200
        store.unlink()
        make(store)
        notice = client.get("/health/ready").json()["notice"]
        assert notice.endswith(" The previous file is served.")
        assert client.get("/v1/guides").json()["total"] == 2


@pytest.mark.parametrize("name", sorted(ODD.keys() - {"an empty file"}))
def test_seed_explains_an_odd_file(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ODD[name](store)
    monkeypatch.setenv("TREATY_GUIDE_DATABASE_URL", url_of(store))
    monkeypatch.setattr("sys.argv", ["treaty-guide", "seed", str(SAMPLE)])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 1
    assert re.fullmatch(rf"[^\n]*{store}[^\n]*\.\n", capsys.readouterr().err)
