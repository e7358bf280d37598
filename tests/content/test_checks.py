"""Statements without a source are errors; doubtful links and dates are warnings."""

from datetime import date
from pathlib import Path

import pytest

from app.content import read_guides
from app.content.issues import ValidationIssues
from tests.content.test_guides import reported
from tests.service import SAMPLE, SEEDS

FOLDER = "treaty-of-nowhere"
TODAY = date(2026, 11, 26)


def warnings(seeds: Path, today: date = TODAY) -> list[str]:
    issues = ValidationIssues()
    read_guides(seeds, issues, today)
    return [str(issue).removeprefix(f"{seeds}/{FOLDER}/") for issue in issues.warnings]


def change(seeds: Path, name: str, old: str, new: str) -> None:
    path = seeds / FOLDER / f"{name}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("corrections", "  sources: [{ slug: memoir }]\n", "", 15),
        ("instruments", "  sources: [gazette]\n", "", 1),
        ("instruments", "      sources: [memoir]\n", "", 28),
        ("instruments", "      sources: [memoir]", "      sources: []", 29),
        ("articles", "      sources: [gazette]\n", "", 3),
        ("events", "  sources: [gazette]\n", "", 1),
        ("terms", "  sources: [memoir]\n", "", 1),
    ],
)
def test_a_statement_without_a_source_is_an_error(seeds: Path, name: str, old: str, new: str, line: int) -> None:
    change(seeds, name, old, new)
    assert reported(seeds) == [f"{FOLDER}/{name}.yaml:{line}: This has no source; add one to “sources”."]


@pytest.mark.parametrize(
    ("name", "old", "new", "warning"),
    [
        ("sources", "https:", "http:", "sources.yaml:9: warning: “link” is not https"),
        ("instruments", "https:", "http:", "instruments.yaml:15: warning: “link” is not https"),
        (
            "instruments",
            "date_signed: 1959-07-01",
            "date_signed: 1961",
            "instruments.yaml:10: warning: “date_in_force” is before “date_signed”",
        ),
        (
            "instruments",
            "- date_signed: 1959-08",
            "- date_signed: 1959-08\n      date_in_force: 1959-07-31",
            "instruments.yaml:29: warning: “date_in_force” is before “date_signed”",
        ),
        (
            "instruments",
            "date_ended: 1970-01-01",
            "date_ended: 1960-02-28",
            "instruments.yaml:11: warning: “date_ended” must be later than “date_in_force”",
        ),
        (
            "instruments",
            "  date_in_force: 1960-02-29\n  date_ended: 1970-01-01",
            "  date_ended: 1959-06-30",
            "instruments.yaml:10: warning: “date_ended” is before “date_signed”",
        ),
        (
            "instruments",
            "parties: [Nowhere, The Pen Guild]",
            "parties: [Nowhere, The Pen Guild]\n  date_signed: 1959-09-01",
            "instruments.yaml:29: warning: “date_signed” is before the instrument was made",
        ),
        (
            "instruments",
            "parties: [Nowhere, The Pen Guild]",
            "parties: [Nowhere, The Pen Guild]\n  date_ended: 1960-01-01",
            "instruments.yaml:32: warning: “date” is after the instrument ended",
        ),
        ("events", "date: 1960-02-29", "date: 2026-11-27", "events.yaml:2: warning: This event is in the future"),
        ("events", "date: 1959\n", "date: 2027\n", "events.yaml:9: warning: This event is in the future"),
        (
            "instruments",
            "review_by: 2999-12-31",
            "review_by: 2026-11-25",
            "instruments.yaml:39: warning: “review_by” has passed",
        ),
        (
            "articles",
            "confidence: partly_checked",
            "confidence: partly_checked\n      review_by: 2026-01-01",
            "articles.yaml:18: warning: “review_by” has passed",
        ),
        (
            "events",
            "confidence: unchecked",
            "confidence: unchecked\n  review_by: 2026-01-01",
            "events.yaml:15: warning: “review_by” has passed",
        ),
        (
            "terms",
            "confidence: checked",
            "confidence: checked\n  review_by: 2026-01-01",
            "terms.yaml:9: warning: “review_by” has passed",
        ),
    ],
)
def test_a_doubtful_value_is_a_warning(seeds: Path, name: str, old: str, new: str, warning: str) -> None:
    change(seeds, name, old, new)
    (found,) = warnings(seeds)
    assert found.startswith(warning)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("events", "date: 1960-02-29", "date: 2026-11-26"),
        ("events", "date: 1960-02-29", "date: 2026"),  # may have been earlier this year
        ("instruments", "review_by: 2999-12-31", "review_by: 2026-11-26"),
        ("instruments", "date_signed: 1959-07-01", "date_signed: 1960"),  # may be before 29 February
        ("instruments", "[Nowhere, The Pen Guild]", "[Nowhere, The Pen Guild]\n  date_signed: 1959"),
    ],
)
def test_a_plausible_value_gives_no_warning(seeds: Path, name: str, old: str, new: str) -> None:
    change(seeds, name, old, new)
    assert warnings(seeds) == []


def test_today_is_the_real_date_by_default(seeds: Path) -> None:
    change(seeds, "events", "date: 1960-02-29", "date: 2999-01-01")
    issues = ValidationIssues()
    read_guides(seeds, issues)
    assert [issue.severity for issue in issues.warnings] == ["warning"]


def test_errors_are_reported_with_the_warnings(seeds: Path) -> None:
    change(seeds, "sources", "https:", "http:")
    change(seeds, "terms", "  sources: [memoir]\n", "")
    assert [message.partition(".yaml")[0] for message in reported(seeds)] == [f"{FOLDER}/sources", f"{FOLDER}/terms"]


def test_the_sample_guides_have_no_warnings() -> None:
    assert warnings(SAMPLE) == []


def test_the_shipped_guide_has_no_warnings() -> None:
    assert warnings(SEEDS) == []
