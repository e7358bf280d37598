"""Swagger UI's page and files."""

import hashlib
import re

import httpx

from app.routers.docs import SWAGGER_UI


def test_swagger_ui_is_the_release_that_its_readme_records() -> None:
    recorded = dict(
        line.split()[::-1]
        for line in (SWAGGER_UI / "README.md").read_text().splitlines()
        if re.match(r" {4}[0-9a-f]{64}  ", line)
    )
    ours = {"docs.css", "initializer.js"}
    assert recorded.keys() == {path.name for path in (SWAGGER_UI / "assets").iterdir()} - ours
    for name, digest in recorded.items():
        assert hashlib.sha256((SWAGGER_UI / "assets" / name).read_bytes()).hexdigest() == digest


def test_line_23_the_docs_load_nothing_from_elsewhere_and_no_inline_script(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert "http" not in re.sub(r"<!--.*?-->", "", page.text)
    assert re.findall(r"<script(?![^>]*src=)", page.text) == []
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert client.get(f"/{address}").status_code == 200
