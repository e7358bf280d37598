"""Editors accept warnings in accepted_warnings.yaml, with a reason and a date of review."""

from pathlib import Path

import pytest

from app.content import read_guides
from app.content.issues import ValidationIssues
from tests.content.test_checks import FOLDER, TODAY, change, warnings
from tests.content.test_guides import reported

ENTRY = "- {host: gazette.example, reason: The Gazette has no https., review_by: 2026-11-26}\n"
START = "accepted_warnings.yaml:1: warning: "
LINK_WARNING = "sources.yaml:9: warning: “link” is not https; use an https address of the work."


@pytest.fixture
def accepting(seeds: Path) -> Path:
    """A seed file that accepts the warning about the link of a source."""
    change(seeds, "sources", "https:", "http:")
    path = seeds / FOLDER / "accepted_warnings.yaml"
    path.write_text(ENTRY)
    return path


def test_an_accepted_warning_is_counted_and_not_shown(seeds: Path, accepting: Path) -> None:
    issues = ValidationIssues()
    read_guides(seeds, issues, TODAY)
    assert (issues.warnings, issues.accepted) == ([], {accepting: 1})


def test_accepted_warnings_are_not_part_of_the_revision(seeds: Path, accepting: Path) -> None:
    before = [guide.digest for guide in read_guides(seeds, today=TODAY)]
    accepting.unlink()
    assert [guide.digest for guide in read_guides(seeds, today=TODAY)] == before


def test_an_expired_entry_shows_its_warnings_again(seeds: Path, accepting: Path) -> None:
    accepting.write_text(ENTRY.replace("2026-11-26", "2026-11-25"))
    expired, link = warnings(seeds)
    assert expired.startswith(
        "accepted_warnings.yaml:1: warning: “review_by” has passed, so the links are reported again"
    )
    assert link == LINK_WARNING


@pytest.mark.parametrize("host", ["gazette.example.org", "example", "http://gazette.example", "Gazette.example"])
def test_an_entry_that_matches_no_link_is_a_warning(seeds: Path, accepting: Path, host: str) -> None:
    accepting.write_text(ENTRY.replace("gazette.example", f"'{host}'"))
    stale, link = warnings(seeds)
    assert stale == f"{START}No link to “{host}” is without https; correct the host, or remove this entry."
    assert link == LINK_WARNING


def test_an_entry_for_a_link_with_https_is_a_warning(seeds: Path, accepting: Path) -> None:
    change(seeds, "sources", "http:", "https:")
    (stale,) = warnings(seeds)
    assert stale.startswith(f"{START}No link to “gazette.example” is without https")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("reason:", "raeson:", 1, "“raeson” is not a known key; did you mean “reason”?"),
        ("reason: The Gazette has no https., ", "", 1, "“reason” is missing; add it."),
        ("reason: The Gazette has no https.", "reason: ''", 1, "“reason” is empty; fill it in"),
        (", review_by: 2026-11-26", "", 1, "“review_by” is missing; add it."),
        ("2026-11-26", "2026", 1, "“review_by” is invalid: write a date that exists"),
        (ENTRY, ENTRY + ENTRY, 2, "The host “gazette.example” is used twice"),
        (ENTRY, "host: gazette.example\n", 1, "“this value” must be a list"),
        (ENTRY, "- {", 2, "This is not valid YAML"),
    ],
)
def test_a_mistake_is_an_error(seeds: Path, accepting: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in ENTRY
    accepting.write_text(ENTRY.replace(old, new))
    start = f"{FOLDER}/accepted_warnings.yaml:{line}: {message}"
    assert any(issue.startswith(start) for issue in reported(seeds)), reported(seeds)
