"""Damage store files."""

import os
import random
from pathlib import Path


def damage(store: Path, chance: random.Random, offset: int | None = None) -> None:
    """Overwrite a few bytes in place."""
    with store.open("r+b") as file:
        file.seek(chance.randrange(store.stat().st_size - 8) if offset is None else offset)
        before = file.read(8)
        file.seek(-8, os.SEEK_CUR)
        file.write(bytes(byte ^ chance.randrange(1, 256) for byte in before))
