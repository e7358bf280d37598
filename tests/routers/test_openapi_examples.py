"""The examples of the OpenAPI document are valid and true."""

import json
from typing import Any

import httpx

from app import schemas
from tests.routers.openapi_document import operations, validate_all, validator
from tests.service import GUIDE

VARIABLE_FIELDS = {"at", "bytes", "digest", "published_at", "score", "sha256"}  # values that examples cannot predict
PAGE_FIELDS = {"total", "next", "previous", "next_cursor"}  # examples show pages with one item


def test_line_21_every_field_and_every_header_has_an_example_that_validates(document: dict[str, Any]) -> None:
    for shape, schema in document["components"]["schemas"].items():
        for name, field in schema.get("properties", {}).items():
            # What is made of another shape is shown by the examples of that one.
            assert field.get("examples") or "$ref" in {**field, **field.get("items", {})}, f"{shape}.{name}"
            validate_all(document, field, field.get("examples", []))
    for name, header in document["components"]["headers"].items():
        assert header["schema"]["examples"], name
        validate_all(document, header["schema"], header["schema"]["examples"])


def test_line_21_every_parameter_has_an_example_that_validates(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        for parameter in operation.get("parameters", []):
            examples = [parameter["example"]] if "example" in parameter else parameter["schema"].get("examples")
            assert examples, f"{path}: {parameter['name']}"
            validate_all(document, parameter["schema"], examples)


def test_line_21_every_response_has_an_example_that_validates(document: dict[str, Any]) -> None:
    responses = [each for _, operation in operations(document) for each in operation["responses"].values()]
    contents = [
        content
        for response in (*responses, *document["components"]["responses"].values())
        for content in response.get("content", {}).values()
    ]
    assert len(contents) > 40
    for content in contents:
        validate_all(document, content["schema"], [content["example"]])


def test_the_examples_of_parameters_return_documented_responses(client: httpx.Client, document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        parameters = operation.get("parameters", [])
        names = {parameter["name"]: parameter["example"] for parameter in parameters if parameter["in"] == "path"}
        query = {p["name"]: p["example"] for p in parameters if p["in"] == "query" and "example" in p}
        assert all(
            parameter["name"] in names.keys() | query.keys() for parameter in parameters if parameter["required"]
        )
        response = client.get(path.format(**names), params=query)
        assert response.status_code == 200, path
        media_type, said = next(iter(operation["responses"]["200"]["content"].items()))
        assert response.headers["content-type"].partition(";")[0] == media_type.partition(";")[0]
        if media_type.partition(";")[0].endswith("json"):
            validator(document, said["schema"]).validate(response.json())
        for parameter in parameters:
            # Which pages there are, and when the guide was first published, no example can know.
            if parameter["in"] == "query" and parameter["name"] not in {"as_of", "cursor", "revision"}:
                example = parameter.get("example", parameter["schema"].get("examples", [None])[0])
                response = client.get(path.format(**names), params=query | {parameter["name"]: example})
                assert response.status_code == 200, f"{path}: {parameter['name']}"


def test_the_examples_of_responses_contain_only_fields_that_the_service_returns(
    client: httpx.Client, document: dict[str, Any]
) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    for path, operation in operations(document):
        example = operation["responses"]["200"]["content"].get("application/json", {}).get("example")
        if example is None:
            continue
        parameters = operation.get("parameters", [])
        given = {parameter["name"]: parameter["example"] for parameter in parameters if "example" in parameter}
        query = {name: value for name, value in given.items() if f"{{{name}}}" not in path}
        for parameter in parameters:
            if parameter["name"] == "limit":  # so that the item which the example shows is on the first page
                query["limit"] = parameter["schema"]["maximum"]
        response = client.get(path.format(**given), params=query)
        shown = json.loads(json.dumps(example).replace(schemas.REVISION, revision))
        if "total" in shown:
            shown = {name: value for name, value in shown.items() if name not in PAGE_FIELDS}
        assert contains(response.json(), shown), path


def contains(response: Any, example: Any) -> bool:
    """Return whether a response contains an example, which may shorten texts and lists."""
    if isinstance(example, dict):
        return all(name in VARIABLE_FIELDS or contains(response[name], value) for name, value in example.items())
    if isinstance(example, list):
        return all(any(contains(item, shown) for item in response) for shown in example)
    if isinstance(example, str) and example.endswith("…"):
        return isinstance(response, str) and response.startswith(example.removesuffix("…").rstrip())
    return bool(response == example)
