"""The OpenAPI document."""

import re
from typing import Any

import httpx
from openapi_spec_validator import validate

from app.routers.openapi import REDIRECTING
from app.schemas.enumerations import EXPLANATIONS
from tests.routers.openapi_document import operations, validator


def test_line_21_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_line_21_operations_are_written_for_people_and_for_generators(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    described = {tag["name"] for tag in document["tags"] if tag["description"]}
    for path, operation in operations(document):
        assert re.fullmatch(r"(?:get|list)_[a-z_]+|search", operation["operationId"])
        assert operation["summary"]
        assert operation["description"]
        assert set(operation["tags"]) <= described
        assert operation["responses"]["200"]["description"] != "Successful Response"
        assert all(parameter["description"] for parameter in operation.get("parameters", [])), path


def test_line_21_every_field_is_described(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("description"), name
        for field, shape in schema.get("properties", {}).items():
            assert shape.get("description") or "$ref" in shape, f"{name}.{field}"


def test_line_21_every_header_that_is_sent_is_documented(client: httpx.Client, document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        given = {each["name"]: each["example"] for each in operation.get("parameters", []) if "example" in each}
        right = client.get(
            path.format(**given), params={name: given[name] for name in given if f"{{{name}}}" not in path}
        )
        wrong = client.get(path.format(**given), params={"nonsense": "1"})
        for response, said in (
            (right, operation["responses"]["200"]),
            (wrong, document["components"]["responses"]["422"]),
        ):
            assert response.status_code == (200 if response is right else 422)
            sent = response.headers.keys() - {"content-length", "content-type", "date"}
            named = {name.lower() for name in said["headers"]}
            assert all(name in named or name in document["info"]["description"].lower() for name in sent), path
            assert all(response.headers.get(name) for name in named & {"x-request-id", "cache-control", "link", "etag"})


def test_every_problem_is_in_the_document(client: httpx.Client, document: dict[str, Any]) -> None:
    for url, accept, status in (
        ("/v1/guides/nope", "*/*", "404"),
        ("/v1/guides?limit=0", "*/*", "422"),
        ("/v1/guides", "image/png", "default"),
    ):
        problem = client.get(url, headers={"Accept": accept})
        assert problem.is_error
        response = document["components"]["responses"][status]
        validator(document, response["content"]["application/problem+json"]["schema"]).validate(problem.json())


def test_an_operation_lists_only_its_own_statuses(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        expected = {"200", "422", "default"}
        if "{" in path:
            expected |= {"404"}
        if path not in {"/health/live", "/health/ready", "/metrics"}:
            expected |= {"304"}
            if "/downloads/" in path:
                expected |= {"206", "416"}
            assert {"ETag", "Cache-Control", "Vary"} <= operation["responses"]["200"]["headers"].keys()
        if any(parameter["name"] in REDIRECTING for parameter in operation.get("parameters", [])):
            expected |= {"307"}
        assert operation["responses"].keys() == expected


def test_search_follows_guides_and_operations_come_last(document: dict[str, Any]) -> None:
    names = [tag["name"] for tag in document["tags"]]
    assert names[:2] == ["Guides", "Search"]
    assert names[-1] == "Operations"
    last = {path for path, operation in operations(document) if operation["tags"] == ["Operations"]}
    assert last == {"/health/live", "/health/ready", "/metrics", "/problems/{name}"}


def test_every_value_of_a_parameter_or_field_is_explained(document: dict[str, Any]) -> None:
    for described, schema in _parameters_and_fields(document):
        for value in schema.get("enum", ()):
            assert f"`{value}`" in described["description"], described


def test_every_explanation_belongs_to_the_values_of_a_parameter_or_field(document: dict[str, Any]) -> None:
    enumerations = [schema.get("enum") for _, schema in _parameters_and_fields(document)]
    for explanations in EXPLANATIONS:
        assert list(explanations) in enumerations


def _parameters_and_fields(document: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return what has a description, each with its schema."""
    parameters = [each for _, operation in operations(document) for each in operation.get("parameters", [])]
    schemas = document["components"]["schemas"].values()
    fields = [field for schema in schemas for field in schema.get("properties", {}).values()]
    return [*((each, each["schema"]) for each in parameters), *((field, field) for field in fields)]
