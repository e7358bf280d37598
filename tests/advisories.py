"""Check the lock files against known advisories.

Run `python -m tests.advisories`, or `make advisories`.

The exit code is 0 if every package was checked and none has an advisory, 1 if one has, and 2 if none was found but some
packages could not be checked. pip-audit itself exits with 0 if its source has no page for any of the packages.
"""

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

LOCKS = sorted((Path(__file__).parents[1] / "requirements").glob("*.lock"))
FOUND, UNCHECKED = 1, 2  # exit codes

_requirement = re.compile(r"^([\w.-]+==[^\s;]+)", re.MULTILINE)


@dataclass
class Audit:
    """Results for some packages; each package is written as in a lock file: `name==version`."""

    checked: set[str] = field(default_factory=set)
    unchecked: set[str] = field(default_factory=set)
    advisories: set[str] = field(default_factory=set)  # one line for each

    @property
    def exit_code(self) -> int:
        if self.advisories:
            return FOUND
        return UNCHECKED if self.unchecked or not self.checked else 0

    def __str__(self) -> str:
        number = len(self.checked | self.unchecked)
        if not self.checked:
            return f"None of {number} packages could be checked: no source of advisories is reachable or knows them."
        lines = sorted(self.advisories) or [f"{len(self.checked)} packages have no known advisory."]
        if self.unchecked:
            names = ", ".join(sorted(self.unchecked))
            lines.append(f"{len(self.unchecked)} of {number} packages could not be checked: {names}.")
        return "\n".join(lines)

    def add(self, packages: set[str], report: str) -> None:
        """Add the results for some packages; a report of pip-audit is empty if it failed."""
        entries = json.loads(report)["dependencies"] if report.strip() else []
        results = {f"{entry['name']}=={entry['version']}": entry["vulns"] for entry in entries if "vulns" in entry}
        self.checked |= packages & results.keys()
        self.unchecked |= packages - results.keys()
        for package, vulnerabilities in results.items():
            for found in vulnerabilities:
                fixed = ", ".join(found["fix_versions"]) or "no version"
                self.advisories.add(f"{package}: {found['id']}, fixed in {fixed}")


def packages_of(lock: str) -> set[str]:
    """Return the packages of a lock file, also those for other platforms."""
    return set(_requirement.findall(lock))


def run_pip_audit(packages: set[str], options: list[str]) -> str:
    """Return pip-audit's report in JSON; empty if it failed."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        # Without the markers of a lock file, because of which pip-audit would skip packages for other platforms.
        requirements.write("\n".join(sorted(packages)))
        requirements.flush()
        fixed = ["--no-deps", "--disable-pip", "--format=json", "--progress-spinner=off"]
        command = [sys.executable, "-m", "pip_audit", *fixed, "--requirement", requirements.name, *options]
        done = subprocess.run(command, capture_output=True, text=True)
        if not done.stdout:
            print(done.stderr.strip().rpartition("\n")[2], file=sys.stderr)
        return done.stdout


def main(options: list[str]) -> int:
    """Check all lock files, with further options for pip-audit; return the exit code."""
    audit = Audit()
    for lock in LOCKS:
        packages = packages_of(lock.read_text())
        audit.add(packages, run_pip_audit(packages, options))
    print(audit)
    return audit.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
