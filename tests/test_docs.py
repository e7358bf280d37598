"""The documentation is true: its commands run, and its lists match the code."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.docs import MARKED, with_generated_tables
from tests.service import ROOT, SEEDS, seed, url_of

PATHS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
PAGES = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in PATHS}
BASE = "http://127.0.0.1:8000"
MISSPELT = "/v1/guides/us-japan-security-treaty/sections/histroy"  # an example of a problem response


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGES[page], re.DOTALL)


def transcripts() -> list[tuple[str, str]]:
    """Return each command of the console blocks with its output."""
    return [
        (command, output)
        for page in PAGES
        for block in blocks(page, "console")
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


REQUESTS = [(command, output) for command, output in transcripts() if command.startswith("curl ")]
EDITING = [(command, output) for command, output in transcripts() if not command.startswith("curl ")]


def run(command: str, **environment: str) -> str:
    process = subprocess.run(
        command, shell=True, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, encoding="utf-8"
    )
    assert process.returncode == 0, process.stderr
    return process.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(("command", "output"), REQUESTS)
def test_a_request_prints_its_output(client: httpx.Client, command: str, output: str) -> None:
    python = command.replace("python3 ", f"{sys.executable} ")
    assert run(python.replace(BASE, str(client.base_url).rstrip("/"))) == output


def test_the_commands_for_editors_print_their_output(store: Path) -> None:
    seed(store, SEEDS)
    for command, output in EDITING:
        here = command.replace(".venv/bin/treaty-guide", f"{sys.executable} -m app.cli")
        assert run(here, TREATY_GUIDE_DATABASE_URL=url_of(store)) == output


def test_the_example_guide_can_be_published(seeds: Path, store: Path) -> None:
    for file in (seeds / "treaty-of-nowhere").iterdir():
        file.unlink()
    names = ("guide.md", "corrections.yaml", "events.yaml", "sources.yaml")
    examples = [*blocks("docs/editing.md", "markdown")[:1], *blocks("docs/editing.md", "yaml")]
    for file_name, content in zip(names, examples, strict=True):
        (seeds / "treaty-of-nowhere" / file_name).write_text(content, encoding="utf-8")
    assert [published.guide for published in seed(store, seeds / "treaty-of-nowhere")] == ["treaty-of-nowhere"]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_fetch_example_runs(client: httpx.Client, tmp_path: Path) -> None:
    script = tmp_path / "example.mjs"
    code = blocks("docs/api.md", "js")[0]
    script.write_text(code.replace(BASE, str(client.base_url).rstrip("/")), encoding="utf-8")
    lines = run(f"node {script}").splitlines()
    assert lines[0] == "- Introduction (1 passages)"
    assert len(lines) == client.get("/v1/topics/economy-and-trade").json()["counts"]["sections"]


def test_the_list_of_addresses_is_complete(client: httpx.Client) -> None:
    table = PAGES["docs/api.md"].partition("## Addresses")[2].partition("A field without")[0]
    documented = set(client.get("/openapi.json").json()["paths"])
    assert set(re.findall(r"`(/[^`]*)`", table)) == documented | {"/docs", "/openapi.json", "/.well-known/api-catalog"}


def test_every_address_exists(client: httpx.Client) -> None:
    documented = set(client.get("/openapi.json").json()["paths"])
    for page, text in PAGES.items():
        if page == "CHANGELOG.md":
            continue
        for address in {found.rstrip(".") for found in re.findall(r"/(?:v1|health)/[^\s`\"'|()<>,;#]+", text)}:
            if "{" in address:
                assert address in documented, (page, address)
            elif address != MISSPELT:
                assert client.get(address).status_code in (200, 422), (page, address)  # 422 without a required `q`


@pytest.mark.parametrize("page", [page for page, text in PAGES.items() if MARKED.search(text)])
def test_generated_tables_are_current(page: str) -> None:
    assert with_generated_tables(PAGES[page]) == PAGES[page], "run `make docs`"


def test_every_statement_in_the_table_of_facts_has_a_source() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \|.* (\d+) \| (\d+) \|$", PAGES["docs/facts.md"], re.MULTILINE)
    assert len(rows) == 6
    assert [kind for kind, number, with_source in rows if number != with_source] == []


def test_links_between_files_resolve() -> None:
    links = [
        (page, target.partition("#")[0])
        for page, text in PAGES.items()
        for target in re.findall(r"\]\(([^)\s]+)\)", text)
        if not target.startswith(("http:", "https:", "#"))
    ]
    assert [(page, target) for page, target in links if not (ROOT / page).parent.joinpath(target).exists()] == []


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page, text in PAGES.items():
        assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets, page
