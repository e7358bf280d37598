"""Fixtures shared by all tests, and the profiles of Hypothesis."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import settings

from tests.crawl import crawl
from tests.service import SAMPLE, SEEDS, copy_of, seed, serving

# Hypothesis selects its own profile "ci" where the variable CI is set, or with --hypothesis-profile=ci.
settings.register_profile("default", max_examples=50, deadline=None)

# Addresses on the sample guides that no link leads to.
UNLINKED = (
    "/v1/search?q=harbour",
    "/v1/search?q=signed&kind=event",
    "/v1/suggestions?q=sign",
    "/v1/quotations?text=no+harbour",
    "/v1/guides/nowhere-and-the-sea/sections/harbours?edition=original",
    "/v1/guides/nowhere-and-the-sea/sections/harbours/citation",
    "/v1/guides/nowhere-and-the-sea/passages/harbours.1/citation?format=ris",
    "/v1/sources/gazette/citation?format=bibtex",
    "/v1/instruments/treaty-of-nowhere/citation",
    "/v1/guides/treaty-of-nowhere/annotations",
    "/docs/assets/swagger-ui.css",
)


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with the shipped guide."""
    store = tmp_path_factory.mktemp("shipped") / "store.db"
    seed(store, SEEDS)
    with serving(store) as client:
        yield client


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with the two sample guides."""
    store = tmp_path_factory.mktemp("sample") / "store.db"
    seed(store, SAMPLE)
    with serving(store) as client:
        yield client


@pytest.fixture(scope="session")
def shipped_responses(client: httpx.Client) -> dict[str, httpx.Response]:
    """The response of every address of the shipped guide."""
    return crawl(client)


@pytest.fixture(scope="session")
def sample_responses(sample: httpx.Client) -> dict[str, httpx.Response]:
    """The response of every address of the sample guides, and of some that no link leads to."""
    return crawl(sample, *UNLINKED)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the sample seeds that a test may change."""
    return copy_of(SAMPLE, tmp_path / "seeds")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The path of a store that does not exist yet."""
    return tmp_path / "store.db"
