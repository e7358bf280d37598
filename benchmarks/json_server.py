"""Run json-server over the sections of a guide, in a folder of its own."""

import subprocess
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.large import ROOT
from benchmarks.serving import Server, running

VERSION = "0.17.4"
FOLDER = ROOT / ".node-bench"
INSTALLED = FOLDER / f".json-server-{VERSION}"
COMMAND = FOLDER / "node_modules/.bin/json-server"


def install() -> None:
    """Install this version unless it is installed."""
    if not INSTALLED.exists():
        npm = ["npm", "install", "--prefix", str(FOLDER), "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*npm, f"json-server@{VERSION}"], check=True, capture_output=True)
        INSTALLED.touch()


def serving(file: Path) -> AbstractContextManager[Server]:
    """Serve a JSON file of lists, whose objects are identified by their slugs, without a log."""
    options = ("--quiet", "--read-only", "--id", "slug", "--host", "127.0.0.1")
    return running(str(COMMAND), *options, str(file))
