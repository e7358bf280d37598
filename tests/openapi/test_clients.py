"""Clients generated from the OpenAPI document compile without patches and work."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.contract import AGREED
from tests.openapi import HERE, TOOLS
from tests.service import GUIDE, ROOT

GENERATOR = ROOT / ".venv-clients/bin"  # an environment of its own, because openapi-python-client needs an older typer
TOPIC = "military-cooperation-and-exercises"


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=HERE, env={**os.environ, **environment}, capture_output=True, text=True)


def succeed(*command: str | Path, **environment: str) -> str:
    done = run(*command, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def front_end() -> Path:
    """The front end in JavaScript, compiled with the generated types."""
    succeed(TOOLS / "openapi-typescript", AGREED, "--output", HERE / "treaty-guide.d.ts")
    succeed(TOOLS / "tsc", "--project", HERE)
    return HERE / "built/front_end.js"


@pytest.fixture(scope="module")
def python_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that contains the package `treaty_guide`, generated without a warning."""
    folder = tmp_path_factory.mktemp("client")
    package = folder / "treaty_guide"
    generate: list[str | Path] = [
        GENERATOR / "openapi-python-client",
        "generate",
        "--fail-on-warning",
        "--meta",
        "none",
        "--config",
        HERE / "python_client.yaml",
    ]
    formatter = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # ruff, which the generator calls
    succeed(*generate, "--path", AGREED, "--output-path", package, PATH=formatter)
    return folder


def marked(passage: dict[str, Any], numbers: dict[str, int]) -> str:
    """Return the text of a passage with its mentions in braces, and the numbers of the notes."""
    shown = []
    for offset in range(len(passage["text"]) + 1):
        shown += ["}" for each in passage["mentions"] if each["end"] == offset]
        shown += [f"[{numbers[each['slug']]}]" for each in passage["corrections"] if each["end"] == offset]
        shown += ["{" for each in passage["mentions"] if each["start"] == offset]
        shown.append(passage["text"][offset : offset + 1])
    return "".join(shown)


@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_a_front_end_in_typescript_shows_a_section_with_notes_and_mentions(
    client: httpx.Client, front_end: Path, edition: str
) -> None:
    section = client.get(f"/v1/guides/{GUIDE}/sections/key-provisions?edition={edition}").json()
    lines = succeed("node", front_end, str(client.base_url), "section", GUIDE, "key-provisions", edition).splitlines()
    numbers = {correction["slug"]: number for number, correction in enumerate(section["corrections"], 1)}
    for passage in section["passages"]:
        assert f"{passage['id']} {marked(passage, numbers)}" in lines
    for correction in section["corrections"]:
        note = f"[{numbers[correction['slug']]}] {correction['status']}: {correction['explanation']} ("
        assert any(line.startswith(note) for line in lines)
    for passage in section["passages"]:
        for mention in passage["mentions"]:
            assert f"{mention['title']}: {mention['definition'] or mention['date_signed']}" in lines


def test_a_front_end_in_typescript_cites_searches_and_suggests(client: httpx.Client, front_end: Path) -> None:
    def lines(*arguments: str) -> list[str]:
        return succeed("node", front_end, str(client.base_url), *arguments).splitlines()

    reference = client.get(f"/v1/guides/{GUIDE}/passages/history.1/citation?format=text").text
    assert lines("cite", GUIDE, "history.1") == reference.splitlines()
    results = client.get("/v1/search?q=market+access").json()["items"]
    assert lines("search", "market access") == [
        f"{each['title']}: {each['passages'][0]['excerpt'] if each['passages'] else '-'}" for each in results
    ]
    suggestions = client.get("/v1/suggestions?q=trea").json()["items"]
    assert lines("suggest", "trea") == [f"{each['title']} {each['slug'] or '-'}" for each in suggestions]


def test_line_22_a_front_end_in_typescript_shows_the_sections_of_a_topic(client: httpx.Client, front_end: Path) -> None:
    sections = client.get(f"/v1/topics/{TOPIC}/sections").json()["items"]
    lines = succeed("node", front_end, str(client.base_url), "topic", TOPIC).splitlines()
    assert len(sections) > 1  # the front end fetches pages of one
    assert lines == [f"{section['title']} ({len(section['passages'])} passages)" for section in sections]


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("topic", "histroy"), "/v1/topics/histroy/sections"),
        (("section", GUIDE, "histroy"), f"/v1/guides/{GUIDE}/sections/histroy"),
        (("cite", GUIDE, "histroy.1"), f"/v1/guides/{GUIDE}/passages/histroy.1/citation"),
        (("search", " "), "/v1/search?q=+"),
    ],
)
def test_line_22_a_front_end_in_typescript_shows_the_detail_of_a_problem(
    client: httpx.Client, front_end: Path, arguments: tuple[str, ...], path: str
) -> None:
    done = run("node", front_end, str(client.base_url), *arguments)
    assert (done.returncode, done.stderr) == (1, f"Error: {client.get(path).json()['detail']}\n")


def test_the_front_end_in_typescript_has_no_cast() -> None:
    assert succeed("node", HERE / "casts.js", HERE / "front_end.ts") == ""
    assert "@ts-" not in (HERE / "front_end.ts").read_text()
    options = json.loads((HERE / "tsconfig.json").read_text())["compilerOptions"]
    assert options["strict"]
    assert options["noUncheckedIndexedAccess"]


def test_line_22_a_field_that_is_not_in_the_document_does_not_compile(front_end: Path, tmp_path: Path) -> None:
    wrong = HERE / "built/wrong.ts"
    wrong.write_text(
        (HERE / "front_end.ts").read_text().replace("section.title", "section.titel").replace('"./', '"../')
    )
    done = run(TOOLS / "tsc", "--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", wrong)
    assert done.returncode != 0
    assert "'titel' does not exist" in done.stdout


def test_line_22_a_generated_client_in_python_compiles_and_fetches_a_section(
    client: httpx.Client, python_client: Path
) -> None:
    succeed(GENERATOR / "python", "-W", "error", "-m", "compileall", "-q", python_client)
    section = client.get(f"/v1/guides/{GUIDE}/sections/history").json()
    example: list[str | Path] = [GENERATOR / "python", HERE / "example.py", str(client.base_url), GUIDE]
    lines = succeed(*example, "history", PYTHONPATH=str(python_client)).splitlines()
    assert lines == [section["title"], *(f"{each['id']} {each['text']}" for each in section["passages"])]
    done = run(*example, "histroy", PYTHONPATH=str(python_client))
    assert done.stderr.strip() == client.get(f"/v1/guides/{GUIDE}/sections/histroy").json()["detail"]
