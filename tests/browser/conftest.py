"""A headless Chromium that reaches nothing but loopback addresses."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def launched_browser() -> Iterator[Browser]:
    """Run a headless Chromium."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS) as browser,
    ):
        yield browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched_browser() as browser:
        yield browser
