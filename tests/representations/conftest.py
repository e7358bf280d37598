"""Fixtures of the tests of representations."""

from collections.abc import Iterator

import httpx
import pytest

from tests.representations.hostile_guide import GUIDE, make_hostile
from tests.service import SAMPLE, copy_of, seed, serving


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with the hostile guide."""
    folder = tmp_path_factory.mktemp("hostile")
    make_hostile(copy_of(SAMPLE, folder / "seeds") / GUIDE)
    seed(folder / "store.db", folder / "seeds")
    with serving(folder / "store.db") as client:
        yield client
