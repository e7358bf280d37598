"""Serve 220 damaged stores and count responses with wrong content: there must be none."""

import asyncio
import random
import shutil
from collections import Counter
from pathlib import Path

from benchmarks.addresses import every_address
from benchmarks.connections import fetch_all, request
from benchmarks.large import ROOT
from benchmarks.serving import publish
from tests.service import serving

COPIES = 220
ADDRESSES = 50  # of each copy, chosen at random
MAX_PLACES, MAX_BYTES = 4, 16  # places in each copy, and bytes overwritten at each


def damage(store: Path, chance: random.Random) -> None:
    """Overwrite a few bytes at random places."""
    with store.open("r+b") as file:
        for _ in range(chance.randint(1, MAX_PLACES)):
            file.seek(chance.randrange(store.stat().st_size))
            file.write(chance.randbytes(chance.randint(1, MAX_BYTES)))


async def no_wrong_content(folder: Path) -> bool:
    """Return whether no response of a damaged store was a 200 with other content, or a 500."""
    folder.mkdir(exist_ok=True)
    intact, copy = publish(ROOT / "seeds", folder / "store.db"), folder / "damaged.db"
    with serving(intact) as client:
        server = str(client.base_url).rstrip("/")
        addresses = await asyncio.to_thread(every_address, server)
        expected = await fetch_all(server, map(request, addresses))
    requests = sorted(expected)
    chance, verdicts, affected = random.Random(), Counter[str](), 0
    for _ in range(COPIES):
        shutil.copy(intact, copy)
        damage(copy, chance)
        with serving(copy) as client:
            found = await fetch_all(str(client.base_url).rstrip("/"), chance.sample(requests, ADDRESSES))
        wrong = sum(response.status == 200 and response != expected[each] for each, response in found.items())
        affected += bool(wrong)
        verdicts += Counter({"wrong with 200": wrong})
        verdicts += Counter(f"status {response.status}" for response in found.values())
    print(
        f"{COPIES} damaged stores, {ADDRESSES} of {len(requests)} addresses each: {dict(verdicts)};"
        f" {affected} gave wrong content"
    )
    return not verdicts["wrong with 200"] and not verdicts["status 500"]
