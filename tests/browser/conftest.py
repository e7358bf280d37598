"""A headless Chromium that reaches nothing but loopback addresses."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visit import HOST

OPTIONS = [
    "--no-sandbox",  # which root, the usual user in a container, may not have
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS) as browser,
    ):
        yield browser
