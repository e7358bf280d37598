"""Measure quotation lookups in 5,000 sections of four passages; the limit is 50 ms."""

import random
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.large import write_large_guide
from benchmarks.search import seconds_each
from benchmarks.serving import publish, serving

SECTIONS, LOOKUPS = 5_000, 100

# Quotations made of consecutive words of one passage.
QUOTATIONS: dict[str, Callable[[list[str]], str]] = {
    "exact": " ".join,
    "normalized": lambda words: " ".join(words).upper(),
    "absent, a word dropped": lambda words: " ".join(words[:8] + words[9:]),
    "absent, 2,000 characters": lambda words: " ".join(words * 40)[:1_990],
    "a stray quotation mark": lambda words: f"“{words[0]}",
}


def main() -> None:
    """Publish, serve and send distinct requests, which no cache has."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        guide = write_large_guide(folder / "large", SECTIONS) / "guide.md"
        passages = [line.split() for line in guide.read_text(encoding="utf-8").splitlines() if line.count(" ") > 40]
        with serving(publish(folder / "large", folder / "large.db")) as server:
            for kind, quote in QUOTATIONS.items():
                starts = [(chance.choice(passages), chance.randrange(30)) for _ in range(LOOKUPS)]
                texts = {quote(words[start : start + 20]) for words, start in starts}
                times = sorted(
                    seconds_each(server.address, [f"/v1/quotations?{urlencode({'text': each})}" for each in texts])
                )
                print(
                    f"{len(passages)} passages, {kind}: median {statistics.median(times) * 1000:.0f} ms,"
                    f" 95th percentile {times[len(times) * 95 // 100] * 1000:.0f} ms"
                )


if __name__ == "__main__":
    main()
