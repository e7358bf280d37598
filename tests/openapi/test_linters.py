"""The OpenAPI document under the eyes of linters, which find nothing to say: no error, no warning, no hint."""

import json
import os
import subprocess
from pathlib import Path

from tests.contract import AGREED
from tests.openapi import HERE, TOOLS

OFFLINE = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def test_line_22_spectral_finds_nothing_against_its_rules_for_openapi() -> None:
    command: list[str | Path] = [
        TOOLS / "spectral",
        "lint",
        "--ruleset",
        HERE / "spectral.yaml",
        "--fail-severity",
        "hint",
        AGREED,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_line_22_redocly_finds_nothing_against_its_recommended_rules() -> None:
    command: list[str | Path] = [TOOLS / "redocly", "lint", "--extends", "recommended", "--format", "json", AGREED]
    done = subprocess.run(command, env={**os.environ, **OFFLINE}, capture_output=True, text=True)
    assert json.loads(done.stdout)["problems"] == []
    assert done.returncode == 0, done.stderr
