"""Take the screenshot in README.md: a section with a marked correction; run by `make screenshot`."""

# Types are checked where Playwright is not installed, too.
# mypy: disable-error-code="import-not-found"

import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.browser.conftest import launched_browser
from tests.service import GUIDE, ROOT, SEEDS, seed, serving

TARGET = ROOT / "docs/section.png"
SECTION = f"/v1/guides/{GUIDE}/sections/history"
WINDOW = ViewportSize(width=1440, height=840)


def take_screenshot(target: Path) -> None:
    """Write the top of the section, as the shipped guide has it now, to a PNG file."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        seed(store, SEEDS)
        with serving(store) as client, launched_browser() as browser:
            page = browser.new_page(viewport=WINDOW, color_scheme="light", reduced_motion="reduce")
            page.goto(f"{client.base_url}{SECTION}")
            page.screenshot(path=target)


if __name__ == "__main__":
    take_screenshot(TARGET)
