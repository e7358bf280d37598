"""The contract: a change of it shows in review, and one that would break a client is told from an addition."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.contract import agreed, breaking_changes, served

Document = dict[str, Any]
SECTION = "/v1/guides/{guide}/sections/{section}"


def test_line_25_the_committed_document_is_the_one_that_is_served() -> None:
    now = served()
    assert breaking_changes(agreed(), now) == []
    assert agreed() == now, "The contract has grown: run `make contract`, and say so in the changelog."


def parameter(document: Document, path: str, name: str) -> Any:
    return next(each for each in document["paths"][path]["get"]["parameters"] if each["name"] == name)


def shape(document: Document, name: str) -> Any:
    return document["components"]["schemas"][name]


BREAKING: dict[str, tuple[Callable[[Document], Any], str]] = {
    "a path is gone": (lambda d: d["paths"].pop(SECTION), f"GET {SECTION} is gone."),
    "an operation is renamed": (
        lambda d: d["paths"][SECTION]["get"].update(operationId="read_section"),
        "was get_section in generated clients and is read_section.",
    ),
    "a parameter is gone": (
        lambda d: d["paths"]["/v1/events"]["get"]["parameters"].remove(parameter(d, "/v1/events", "since")),
        "GET /v1/events: the query parameter since is gone.",
    ),
    "a parameter is required": (
        lambda d: parameter(d, "/v1/events", "since").update(required=True),
        "the parameter since must be given.",
    ),
    "a value is gone": (
        lambda d: parameter(d, "/v1/events", "category")["schema"]["enum"].remove("culture"),
        "the parameter category no longer takes culture.",
    ),
    "a bound is narrower": (
        lambda d: parameter(d, "/v1/events", "limit")["schema"].update(maximum=50),
        "the parameter limit has a smaller maximum.",
    ),
    "a form is another": (
        lambda d: parameter(d, "/v1/events", "since")["schema"].update(pattern="^x$"),
        "the parameter since is of another type or form.",
    ),
    "a media type is gone": (
        lambda d: d["paths"]["/v1/topics"]["get"]["responses"]["200"]["content"].clear(),
        "GET /v1/topics no longer answers with application/json.",
    ),
    "an answer is of another shape": (
        lambda d: d["paths"]["/v1/topics"]["get"]["responses"]["200"]["content"]["application/json"].update(
            schema={"type": "string"}
        ),
        "GET /v1/topics answers with another shape of application/json.",
    ),
    "a shape is gone": (lambda d: d["components"]["schemas"].pop("Topic"), "The shape Topic is gone."),
    "a field is gone": (lambda d: shape(d, "Passage")["properties"].pop("digest"), "Passage.digest is gone."),
    "a field may be missing": (
        lambda d: shape(d, "Passage")["required"].remove("digest"),
        "Passage.digest is not always there any more.",
    ),
    "a field may be null": (
        lambda d: shape(d, "Passage")["properties"].update(text={"anyOf": [{"type": "string"}, {"type": "null"}]}),
        "Passage.text has another type.",
    ),
}


@pytest.mark.parametrize(("change", "said"), BREAKING.values(), ids=BREAKING.keys())
def test_line_25_what_would_break_a_client_is_told(change: Callable[[Document], Any], said: str) -> None:
    changed = deepcopy(agreed())
    change(changed)
    assert any(said in each for each in breaking_changes(agreed(), changed))


ADDITIONS: dict[str, Callable[[Document], Any]] = {
    "a path": lambda d: d["paths"].update({"/v2": d["paths"]["/"]}),
    "a parameter": lambda d: (
        d["paths"]["/"]["get"]
        .setdefault("parameters", [])
        .append({"name": "more", "in": "query", "required": False, "schema": {"type": "string"}})
    ),
    "a field": lambda d: shape(d, "Passage")["properties"].update(words={"type": "integer"}),
    "better words": lambda d: shape(d, "Passage")["properties"]["text"].update(description="Words."),
    "a wider bound": lambda d: parameter(d, "/v1/events", "limit")["schema"].update(maximum=500),
    "a value to ask for": lambda d: parameter(d, "/v1/events", "category")["schema"]["enum"].append("sport"),
    "a value to be told": lambda d: shape(d, "Passage")["properties"]["kind"]["enum"].append("table"),
}


@pytest.mark.parametrize("change", ADDITIONS.values(), ids=ADDITIONS.keys())
def test_line_25_an_addition_breaks_nobody(change: Callable[[Document], Any]) -> None:
    changed = deepcopy(agreed())
    change(changed)
    assert changed != agreed()
    assert breaking_changes(agreed(), changed) == []
