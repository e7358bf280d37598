"""Attack servers of the shipped guide, one after the other: `make attack`.

Prints what ordinary readers noticed. The exit code is 1 if a goal was missed. Needs Linux.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.attack.catalogue import ATTACKS, SHORT_ALLOWANCE, Attack
from benchmarks.attack.run import Outcome, run
from benchmarks.large import ROOT, write_large_guide
from tests.service import SEEDS, seed

PAGE = ROOT / "docs/reliability.md"
SECONDS, SHORT_SECONDS = 20, 1  # of each attack
SHORT_SECTIONS = 2_500  # publishing a larger guide takes too long for `--short`
COLUMNS = ("requests", "failed", "slowest", "95 %", "memory")


def cells(outcome: Outcome) -> tuple[str, ...]:
    """Return the figures of an attack."""
    return (
        f"{len(outcome.exchanges):,}",
        f"{outcome.failures.total():,}",
        f"{outcome.slowest_ms:,.0f} ms",
        f"{outcome.percentile_ms:,.0f} ms",
        f"{outcome.growth_mb:+.0f} MB",
    )


def run_all(attacks: Sequence[Attack], seconds: float) -> Iterator[Outcome]:
    """Run the attacks."""
    with tempfile.TemporaryDirectory() as name:
        for attack in attacks:
            store = Path(name) / f"{attack.large_sections}.db"
            if not store.exists():
                seed(store, SEEDS)
                if attack.large_sections:
                    seed(store, write_large_guide(store.with_suffix(""), attack.large_sections).parent)
            yield run(attack, store, seconds)


def update_page(outcomes: Sequence[Outcome]) -> None:
    """Write the figures into the table of the page.

    The last cell of a row, with the figures of an earlier version, stays.
    """
    figures = {outcome.attack.name: cells(outcome) for outcome in outcomes}
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        row = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and row[0].strip("`") in figures:
            lines[number] = "| " + " | ".join((*row[:2], *figures[row[0].strip("`")], *row[2 + len(COLUMNS) :])) + " |"
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Run the attacks that the command line names."""
    known = {attack.name: attack for attack in ATTACKS}
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description="Attack the service.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="attacks to run; all if none is named")
    parser.add_argument("--list", action="store_true", help="list the attacks")
    parser.add_argument(
        "--short",
        action="store_true",
        help=f"attack for {SHORT_SECONDS} s instead of {SECONDS} s, with goals for busy machines",
    )
    parser.add_argument("--markdown", action="store_true", help=f"write the figures into {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    if unknown := set(options.names) - known.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; --list shows the names")
    chosen = [known[name] for name in options.names] or list(ATTACKS)
    if options.short:
        chosen = [
            attack._replace(slowest_ms=SHORT_ALLOWANCE * attack.slowest_ms)
            for attack in chosen
            if attack.large_sections <= SHORT_SECTIONS
        ]
    if options.list:
        for attack in chosen:
            print(f"{attack.name:20} {attack.title}")
        return 0
    print(f"{'attack':20}" + "".join(f"{column:>11}" for column in COLUMNS) + "  missed goals")
    outcomes = []
    for outcome in run_all(chosen, SHORT_SECONDS if options.short else SECONDS):
        row = "".join(f"{cell:>11}" for cell in cells(outcome))
        print(f"{outcome.attack.name:20}{row}  {'; '.join(outcome.missed)}", flush=True)
        outcomes.append(outcome)
    if options.markdown:
        update_page(outcomes)
    return 1 if any(outcome.missed for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
