"""A client that keeps a copy of the guides with `/v1/changes` and ETags."""

import random
from pathlib import Path

from tests.random_publications import Publisher, synchronize_at_random
from tests.service import serving


def test_a_copy_is_equal_to_the_service_and_no_unchanged_body_is_downloaded(store: Path, tmp_path: Path) -> None:
    publisher = Publisher(store, tmp_path / "seeds", random.Random(1))
    publisher.act()
    with serving(store) as client:
        synchronize_at_random(client, publisher, tmp_path / "copy", 25)
    assert {"publish", "rename", "rename a section", "roll_back", "withdraw"} == publisher.actions.keys()
