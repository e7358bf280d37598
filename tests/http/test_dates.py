"""Dates: what each is said to be, and that it is."""

import re
from datetime import date, datetime
from typing import Any

import httpx
import pytest

from tests.crawl import strings

# What the description of a field says that its dates are, and how they are written; the first that is said counts.
FORMS = {
    "an RFC 3339 date, or as precise as it is known": r"\d{4}(-\d\d(-\d\d)?)?",
    "an RFC 3339 date": r"\d{4}-\d\d-\d\d",
    "an RFC 3339 timestamp in UTC": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
}
ANY_DATE = r"\d{4}-\d\d(-\d\d.*)?"


def described(document: dict[str, Any]) -> set[tuple[str, str]]:
    """The fields of dates by name, each with how its description says that they are written."""
    return {
        (name, next(form for words, form in FORMS.items() if words in field["description"]))
        for schema in document["components"]["schemas"].values()
        for name, field in schema.get("properties", {}).items()
        if re.search(r"^date(_|$)|_at$|^(as_of|review_by)$", name) or "date" in field.get("format", "")
    }


def is_real(text: str) -> bool:
    """Whether the day or the month exists."""
    try:
        return bool(datetime.fromisoformat(text) if "T" in text else date.fromisoformat((text + "-01-01")[:10]))
    except ValueError:
        return False


@pytest.mark.parametrize("crawled", ["shipped_responses", "sample_responses"])
def test_line_12_every_date_is_written_as_its_description_says(
    request: pytest.FixtureRequest, client: httpx.Client, crawled: str
) -> None:
    forms = described(client.get("/openapi.json").json())
    by_name = dict(forms)
    assert len(by_name) == len(forms) == 8
    responses: dict[str, httpx.Response] = request.getfixturevalue(crawled)
    texts = {
        each
        for address, response in responses.items()
        if response.headers["content-type"] == "application/json" and address != "/openapi.json"
        for each in strings(response.json())
    }
    dates = {(name, text) for name, text in texts if name in by_name}
    assert [each for each in dates if not (re.fullmatch(by_name[each[0]], each[1]) and is_real(each[1]))] == []
    optional = {"as_of", "review_by"} if crawled == "shipped_responses" else set()  # no shipped fact has them yet
    assert by_name.keys() - {name for name, _ in dates} == optional
    # Nor does one stand where none is described; an event is named by its date in addresses.
    assert {name for name, text in texts - dates if re.fullmatch(ANY_DATE, text)} <= {"slug"}
