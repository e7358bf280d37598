"""Clients generated from the OpenAPI document compile without patches and work."""

import os
import subprocess
import sys
from pathlib import Path

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
    ]
    formatter = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # ruff, which the generator calls
    succeed(*generate, "--path", AGREED, "--output-path", package, PATH=formatter)
    return folder


def test_line_22_a_front_end_in_typescript_shows_the_sections_of_a_topic(client: httpx.Client, front_end: Path) -> None:
    sections = client.get(f"/v1/topics/{TOPIC}/sections").json()["items"]
    lines = succeed("node", front_end, str(client.base_url), TOPIC).splitlines()
    assert len(lines) == len(sections) > 1  # the front end fetches pages of one
    for line, section in zip(lines, sections, strict=True):
        assert line.startswith(f"{section['title']} ({len(section['passages'])} passages")


def test_line_22_a_front_end_in_typescript_shows_the_detail_of_a_problem(client: httpx.Client, front_end: Path) -> None:
    done = run("node", front_end, str(client.base_url), "histroy")
    assert (done.returncode, done.stderr) == (
        1,
        f"Error: {client.get('/v1/topics/histroy/sections').json()['detail']}\n",
    )


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
