"""The documentation is true: its commands run, its addresses, links and make targets exist."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from app.limits import KEEP_ALIVE_S, SHUTDOWN_S
from app.settings import Settings
from benchmarks.attack.catalogue import ATTACKS
from tests.docs import GENERATED, generate
from tests.service import ROOT, SEEDS, seed, url_of

PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
ALL_PAGES = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
DEPLOY = ROOT / "docs/deploy"
BASE = "http://127.0.0.1:8000"

# A command goes on after a backslash, and in a line that begins with `print(`.
_command = re.compile(r"^\$ ((?:.*\\\n)*.*(?:\nprint\(.*)?)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def run(command: str, **environment: str) -> str:
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def base_url(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/")


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of a store with the shipped guide."""
    store = tmp_path_factory.mktemp("docs") / "store.db"
    seed(store, SEEDS)
    return url_of(store)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@ALL_PAGES
def test_a_command_prints_the_output_below_it(client: httpx.Client, published: str, page: Path) -> None:
    for block in blocks(page, "console"):
        for command, output in _command.findall(block):
            here = command.replace(BASE, base_url(client)).replace("python3", sys.executable)
            here = here.replace(".venv/bin/treaty-guide", f"{sys.executable} -m app.cli")
            printed = run(here, TREATY_GUIDE_DATABASE_URL=published)
            assert printed.rstrip("\n") == output.rstrip("\n"), command


def test_the_example_guide_can_be_published(seeds: Path, store: Path) -> None:
    page = ROOT / "docs/editing.md"
    folder = seeds / "treaty-of-nowhere"
    for file in folder.iterdir():
        file.unlink()
    (folder / "guide.md").write_text(blocks(page, "markdown")[0], encoding="utf-8")
    for name, content in zip(
        ("corrections", "events", "sources", "accepted_warnings"), blocks(page, "yaml"), strict=True
    ):
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    assert [published.guide for published in seed(store, folder)] == ["treaty-of-nowhere"]


def test_the_python_example_calls_a_tool(client: httpx.Client) -> None:
    (example,) = blocks(ROOT / "docs/agents.md", "python")
    done = subprocess.run(
        [sys.executable, "-c", example.replace(BASE, base_url(client))],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout == "Joint Training Exercises\n"


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_javascript_example_lists_the_sections_of_a_topic(client: httpx.Client, tmp_path: Path) -> None:
    script = tmp_path / "example.mjs"
    example, *_ = blocks(ROOT / "docs/api.md", "js")
    script.write_text(example.replace(BASE, base_url(client)), encoding="utf-8")
    lines = run(f"node {script}").splitlines()
    assert lines[0] == "- Introduction (1 passages)"
    assert len(lines) == client.get("/v1/topics/economy-and-trade").json()["counts"]["sections"]


def test_code_that_is_quoted_from_the_reader_is_in_it() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "examples/reader").glob("*.js"))
    _, *quoted = blocks(ROOT / "docs/api.md", "js")
    assert quoted
    assert [block for block in quoted if block not in code] == []


def test_the_table_of_addresses_is_complete(client: httpx.Client) -> None:
    text = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    table = text[text.index("| address | returns |") :].partition("\n\n")[0]
    documented = set(client.get("/openapi.json").json()["paths"])
    listed = {found for line in table.splitlines() for found in re.findall(r"`(/[^`]*)`", line.split("|")[1])}
    assert listed == documented | {
        "/docs",
        "/openapi.json",
        "/.well-known/api-catalog",
        "/llms.txt",
        "/mcp",
        "/robots.txt",
        "/sitemap.xml",
    }


@ALL_PAGES
def test_addresses_in_the_text_exist(client: httpx.Client, page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    templates = set(client.get("/openapi.json").json()["paths"])
    for path in re.findall(r"`(/(?:v1/|health|docs|problems|openapi|\.well-known)[^\s`]*)`", text):
        assert path in templates or client.get(path).status_code == 200, path


@ALL_PAGES
def test_links_between_files_resolve(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        linked = page.parent / name if name else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


@ALL_PAGES
def test_files_that_are_named_exist(page: Path) -> None:
    for name in re.findall(
        r"`((?:app|tests|benchmarks|migrations|docs|requirements)/[\w./-]*)`", page.read_text("utf-8")
    ):
        assert (ROOT / name).exists(), name


@ALL_PAGES
def test_make_targets_and_commands_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    for command in re.findall(r"`(?:\.venv/bin/)?treaty-guide ([a-z][a-z-]*)", text):
        assert (ROOT / "app/cli" / f"{command.replace('-', '_')}.py").exists(), command


@pytest.mark.parametrize("name", GENERATED)
def test_generated_tables_are_up_to_date(name: str) -> None:
    assert generate(name) == (ROOT / name).read_text(encoding="utf-8"), "Run `make docs`."


def test_settings_that_are_named_exist() -> None:
    for page in [*PAGES, ROOT / "Dockerfile", *DEPLOY.iterdir()]:
        for name in re.findall(r"TREATY_GUIDE_([A-Z_]+)\b", page.read_text(encoding="utf-8")):
            assert name.lower() in Settings.model_fields, (page.name, name)


def test_proxies_close_idle_connections_before_the_service_does() -> None:
    for name, pattern in {"nginx.conf": r"keepalive_timeout (\d+)s;  # the", "Caddyfile": r"keepalive (\d+)s"}.items():
        [seconds] = re.findall(pattern, (DEPLOY / name).read_text())
        assert int(seconds) < KEEP_ALIVE_S


def test_the_unit_waits_for_running_requests() -> None:
    [seconds] = re.findall(r"^TimeoutStopSec=(\d+)$", (DEPLOY / "treaty-guide.service").read_text(), re.MULTILINE)
    assert int(seconds) > Settings.model_fields["shutdown_delay"].default + SHUTDOWN_S


def test_every_statement_in_the_table_of_facts_has_a_source() -> None:
    text = (ROOT / "docs/facts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z ]+) \|.* (\d+) \| (\d+) \|$", text, re.MULTILINE)
    assert len(rows) == 6
    assert [kind for kind, number, with_source in rows if number != with_source] == []


def test_the_table_of_attacks_is_complete() -> None:
    text = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \|", text, re.MULTILINE)
    assert rows == [(attack.name, attack.title) for attack in ATTACKS]
    scripts = {file.stem for file in (ROOT / "benchmarks/attack/scripts").glob("*.py")}
    assert scripts - {"__init__"} == {attack.script or attack.name for attack in ATTACKS}


def test_every_decision_has_its_parts() -> None:
    for page in (ROOT / "docs/decisions").glob("0*.md"):
        assert re.findall(r"^## (.*)", page.read_text(), re.MULTILINE) == ["Context", "Decision", "Consequences"]
