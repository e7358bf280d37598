"""Run the command `treaty-guide` in the process of the tests."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from tests.service import url_of

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command in this process.

    It takes a store, arguments and environment variables.
    """

    def run(store: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        for name, value in {"TREATY_GUIDE_DATABASE_URL": url_of(store), "TERM": "dumb", **environment}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["treaty-guide", *arguments])
        with pytest.raises(SystemExit) as exit_:
            main()
        assert isinstance(exit_.value.code, int)
        return subprocess.CompletedProcess(arguments, exit_.value.code, *capsys.readouterr())

    return run
