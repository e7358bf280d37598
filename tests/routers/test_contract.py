"""The contract: changes show in review, and those that break clients are detected."""

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


def section_response(document: Document, status: str = "200") -> Any:
    return document["paths"][SECTION]["get"]["responses"][status]


def limit(document: Document) -> Any:
    return parameter(document, "/v1/events", "limit")["schema"]


def since(document: Document) -> Any:
    return parameter(document, "/v1/events", "since")


Change = Callable[[Document], Any]

# Each with what is said of it.
BREAKING: dict[str, tuple[Change, str]] = {
    "a path is gone": (lambda d: d["paths"].pop(SECTION), f"paths › {SECTION} is gone"),
    "an operation is renamed": (
        lambda d: d["paths"][SECTION]["get"].update(operationId="read_section"),
        "operationId was get_section and is read_section",
    ),
    "an operation is in another group": (
        lambda d: d["paths"][SECTION]["get"].update(tags=["Parts"]),
        "tags was ['Sections'] and is ['Parts']",
    ),
    "an operation wants a body": (
        lambda d: d["paths"][SECTION]["get"].update(requestBody={"required": True}),
        "requestBody was not there",
    ),
    "an operation wants a key": (
        lambda d: d["paths"][SECTION]["get"].update(security=[{"key": []}]),
        "security was not there",
    ),
    "everything wants a key": (lambda d: d.update(security=[{"key": []}]), "security was []"),
    "a path is elsewhere": (
        lambda d: d["paths"][SECTION].update(servers=[{"url": "/api"}]),
        "servers was not there",
    ),
    "the service is elsewhere": (lambda d: d["servers"][0].update(url="/api"), "servers was"),
    "a parameter is gone": (
        lambda d: d["paths"]["/v1/events"]["get"]["parameters"].remove(since(d)),
        "query since is gone",
    ),
    "a parameter is required": (lambda d: since(d).update(required=True), "required was False and is True"),
    "a parameter is new and required": (
        lambda d: (
            d["paths"]["/"]["get"].setdefault("parameters", []).append({"name": "a", "in": "query", "required": True})
        ),
        "query a was not there",
    ),
    "a parameter is written otherwise": (lambda d: since(d).update(style="deepObject"), "style was not there"),
    "a value is gone": (
        lambda d: parameter(d, "/v1/events", "category")["schema"]["enum"].remove("culture"),
        "query category › schema › enum was",
    ),
    "a bound is narrower": (lambda d: limit(d).update(maximum=50), "schema › maximum was 100 and is 50"),
    "a bound is another": (lambda d: limit(d).update(multipleOf=5), "schema › multipleOf was not there"),
    "a default is another": (lambda d: limit(d).update(default=5), "schema › default was 20 and is 5"),
    "a form is another": (lambda d: since(d)["schema"].update(pattern="^x$"), "schema › pattern was"),
    "a response is gone": (
        lambda d: d["paths"][SECTION]["get"]["responses"].pop("304"),
        "responses › 304 is gone",
    ),
    "a header is gone": (lambda d: section_response(d)["headers"].pop("ETag"), "headers › ETag is gone"),
    "a media type is gone": (lambda d: section_response(d)["content"].clear(), "content › application/json is gone"),
    "a problem is of another type": (
        lambda d: d["components"]["responses"]["404"].update(content={"application/json": {}}),
        "responses › 404 › content › application/problem+json is gone",
    ),
    "a response is of another shape": (
        lambda d: section_response(d)["content"]["application/json"].update(schema={"type": "string"}),
        "schema › $ref is gone",
    ),
    "a shape is gone": (lambda d: d["components"]["schemas"].pop("Topic"), "schemas › Topic is gone"),
    "a shape is a list": (lambda d: shape(d, "Topic").update(type="array"), "Topic › type was object and is array"),
    "a shape has further parts": (lambda d: shape(d, "Topic").update(allOf=[]), "Topic › allOf was not there"),
    "a field is gone": (lambda d: shape(d, "Passage")["properties"].pop("digest"), "properties › digest is gone"),
    "a field that is called like words is gone": (
        lambda d: shape(d, "Section")["properties"].pop("title"),
        "Section › properties › title is gone",
    ),
    "a field may be missing": (lambda d: shape(d, "Passage")["required"].remove("digest"), "Passage › required was"),
    "a field may be null": (
        lambda d: shape(d, "Passage")["properties"].update(text={"anyOf": [{"type": "string"}, {"type": "null"}]}),
        "properties › text › anyOf was not there",
    ),
    "a value that is told is new": (
        lambda d: shape(d, "Passage")["properties"]["kind"]["enum"].append("table"),
        "properties › kind › enum was",
    ),
}


@pytest.mark.parametrize(("change", "said"), BREAKING.values(), ids=BREAKING.keys())
def test_line_25_a_breaking_change_is_reported(change: Change, said: str) -> None:
    changed = deepcopy(agreed())
    change(changed)
    assert any(said in each for each in breaking_changes(agreed(), changed))


ADDITIONS: dict[str, Change] = {
    "a path": lambda d: d["paths"].update({"/v2": d["paths"]["/"]}),
    "a parameter": lambda d: (
        d["paths"]["/"]["get"]
        .setdefault("parameters", [])
        .append({"name": "more", "in": "query", "required": False, "schema": {"type": "string"}})
    ),
    "a field": lambda d: shape(d, "Passage")["properties"].update(words={"type": "integer"}),
    "a field with a common name": lambda d: shape(d, "Passage")["properties"].update(content={"type": "integer"}),
    "a field that is always there": lambda d: shape(d, "Problem")["required"].append("errors_"),
    "a header": lambda d: section_response(d)["headers"].update({"X-More": {}}),
    "a media type": lambda d: section_response(d)["content"].update({"text/csv": {}}),
    "a response": lambda d: d["paths"][SECTION]["get"]["responses"].update({"429": {"description": "Too many."}}),
    "better words": lambda d: shape(d, "Passage")["properties"]["text"].update(description="Words."),
    "another example": lambda d: section_response(d)["content"]["application/json"].update(example={}),
    "a wider bound": lambda d: limit(d).update(maximum=500),
    "a bound less": lambda d: limit(d).pop("maximum"),
    "a value to ask for": lambda d: parameter(d, "/v1/events", "category")["schema"]["enum"].append("sport"),
    "a version": lambda d: d["info"].update(version="9.9.9"),
    "a warning": lambda d: d["paths"][SECTION]["get"].update(deprecated=True),
}


@pytest.mark.parametrize("change", ADDITIONS.values(), ids=ADDITIONS.keys())
def test_line_25_an_addition_breaks_nobody(change: Change) -> None:
    changed = deepcopy(agreed())
    change(changed)
    assert changed != agreed()
    assert breaking_changes(agreed(), changed) == []
