"""The README is true: its commands are run, and what it lists is what there is."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from app.settings import Settings
from tests.service import ROOT, SEEDS, seed, url_of

README = (ROOT / "README.md").read_text(encoding="utf-8")
BASE = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def transcript(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that follows it."""
    return [(command, output) for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]


def run(command: str, **environment: str) -> str:
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(("command", "output"), transcript(blocks("console")[0]))
def test_the_curl_lines_give_the_output_that_follows_them(client: httpx.Client, command: str, output: str) -> None:
    assert run(command.replace(BASE, str(client.base_url).rstrip("/"))) == output.removesuffix("\n")


def test_the_commands_for_editors_give_the_output_that_follows_them(store: Path) -> None:
    seed(store, SEEDS)
    for command, output in transcript(blocks("console")[1]):
        here = command.replace(".venv/bin/treaty-guide", f"{sys.executable} -m app.cli")
        assert run(here, TREATY_GUIDE_DATABASE_URL=url_of(store)) == output


def test_the_guide_that_it_shows_can_be_published(seeds: Path, store: Path) -> None:
    for file in (seeds / "treaty-of-nowhere").iterdir():
        file.unlink()
    (seeds / "treaty-of-nowhere/guide.md").write_text(blocks("markdown")[0], encoding="utf-8")
    (seeds / "treaty-of-nowhere/corrections.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    assert [published.guide for published in seed(store, seeds / "treaty-of-nowhere")] == ["treaty-of-nowhere"]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_fetch_example_runs(client: httpx.Client, tmp_path: Path) -> None:
    script = tmp_path / "example.mjs"
    script.write_text(blocks("js")[0].replace(BASE, str(client.base_url).rstrip("/")), encoding="utf-8")
    lines = run(f"node {script}").splitlines()
    assert lines[0] == "- Introduction (1 passages)"
    assert len(lines) == client.get("/v1/topics/economy-and-trade").json()["counts"]["sections"]


def test_the_addresses_are_those_of_the_service(client: httpx.Client) -> None:
    table = README[README.index("| address | answers |") : README.index("- A list is")]
    listed = set(re.findall(r"`(/[^`]*)`", table))
    documented = set(client.get("/openapi.json").json()["paths"])
    assert listed == documented | {"/docs", "/openapi.json", "/.well-known/api-catalog"}


def test_the_settings_are_those_of_the_service() -> None:
    listed = re.findall(r"^\| `(TREATY_GUIDE_\w+)` \| (.*?) \| (.*) \|$", README, re.MULTILINE)
    assert listed == [
        (f"TREATY_GUIDE_{name.upper()}", f"`{field.default}`" if str(field.default) else "none", field.description)
        for name, field in Settings.model_fields.items()
    ]


def test_the_make_targets_that_it_names_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.MULTILINE)) <= targets
