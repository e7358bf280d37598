"""Linters report nothing about the OpenAPI document: no error, no warning, no hint."""

import json
import os
import subprocess
from pathlib import Path

from tests.contract import AGREED
from tests.openapi import HERE, TOOLS

OFFLINE = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def test_line_22_spectral_reports_nothing_by_its_rules_for_openapi() -> None:
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


def test_line_22_redocly_reports_nothing_by_its_recommended_rules() -> None:
    command: list[str | Path] = [TOOLS / "redocly", "lint", "--extends", "recommended", "--format", "json", AGREED]
    done = subprocess.run(command, env={**os.environ, **OFFLINE}, capture_output=True, text=True)
    assert json.loads(done.stdout)["problems"] == []
    assert done.returncode == 0, done.stderr
