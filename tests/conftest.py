"""Fixtures: one server over the shipped guide, one over the sample, and seeds to change."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service import SAMPLE, SEEDS, copy_of, seed, serving


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the service over the shipped guide."""
    store = tmp_path_factory.mktemp("shipped") / "store.db"
    seed(store, SEEDS)
    with serving(store) as client:
        yield client


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the service over the two sample guides."""
    store = tmp_path_factory.mktemp("sample") / "store.db"
    seed(store, SAMPLE)
    with serving(store) as client:
        yield client


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the sample seeds, for a test to change."""
    return copy_of(SAMPLE, tmp_path / "seeds")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where a test's own store goes; nothing is there yet."""
    return tmp_path / "store.db"
