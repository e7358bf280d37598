"""The OpenAPI document, and Swagger UI's files."""

import hashlib
import re
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from app.docs import SWAGGER_UI


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    """The document as the service gives it."""
    answer: dict[str, Any] = client.get("/openapi.json").json()
    return answer


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, operation) for path, item in document["paths"].items() for operation in item.values()]


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of one of the document's schemas, which may refer to its components."""
    return Draft202012Validator({**schema, "components": document["components"]})


def test_line_21_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_line_21_operations_are_written_for_people_and_for_generators(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    described = {tag["name"] for tag in document["tags"] if tag["description"]}
    for path, operation in operations(document):
        assert re.fullmatch(r"(get|list)_[a-z_]+", operation["operationId"])
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


def test_line_21_every_example_validates(document: dict[str, Any]) -> None:
    checked = 0
    for schema in document["components"]["schemas"].values():
        for shape in schema.get("properties", {}).values():
            for example in shape.get("examples", []):
                validator(document, shape).validate(example)
                checked += 1
    for response in document["components"]["responses"].values():
        for content in response.get("content", {}).values():
            validator(document, content["schema"]).validate(content["example"])
            checked += 1
    for header in document["components"]["headers"].values():
        for example in header["schema"]["examples"]:
            validator(document, header["schema"]).validate(example)
    assert checked > 50


def test_the_examples_of_the_parameters_answer_with_what_the_document_says(
    client: httpx.Client, document: dict[str, Any]
) -> None:
    for path, operation in operations(document):
        parameters = operation.get("parameters", [])
        names = {parameter["name"]: parameter["example"] for parameter in parameters if parameter["in"] == "path"}
        asked = {p["name"]: p["example"] for p in parameters if p["in"] == "query" and "example" in p}
        assert all(
            parameter["name"] in names.keys() | asked.keys() for parameter in parameters if parameter["required"]
        )
        answer = client.get(path.format(**names), params=asked)
        assert answer.status_code == 200, path
        media_type, said = next(iter(operation["responses"]["200"]["content"].items()))
        assert answer.headers["content-type"].partition(";")[0] == media_type
        if media_type == "application/json":
            validator(document, said["schema"]).validate(answer.json())


def test_every_problem_is_in_the_document(client: httpx.Client, document: dict[str, Any]) -> None:
    for address in ("/v1/guides/nope", "/v1/guides?limit=0"):
        answer = client.get(address)
        shown = document["components"]["responses"][str(answer.status_code)]
        validator(document, shown["content"]["application/problem+json"]["schema"]).validate(answer.json())
    for path, operation in operations(document):
        assert {"406", "414", "431"} <= operation["responses"].keys()
        assert {"200", "422", "500", "503"} <= operation["responses"].keys()
        assert ("404" in operation["responses"]) == ("{" in path)


def test_what_may_be_kept_is_documented_with_its_headers_and_the_304(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        headers = operation["responses"]["200"]["headers"].keys()
        lasting = not path.startswith("/health/")
        assert ("304" in operation["responses"]) == ({"ETag", "Cache-Control", "Vary"} <= headers) == lasting
        assert any(p["name"] == "If-None-Match" for p in operation.get("parameters", [])) == lasting


def test_swagger_ui_is_the_release_that_its_readme_records() -> None:
    recorded = dict(
        line.split()[::-1]
        for line in (SWAGGER_UI / "README.md").read_text().splitlines()
        if re.match(r" {4}[0-9a-f]{64}  ", line)
    )
    ours = {"initializer.js"}
    assert recorded.keys() == {path.name for path in (SWAGGER_UI / "assets").iterdir()} - ours
    for name, digest in recorded.items():
        assert hashlib.sha256((SWAGGER_UI / "assets" / name).read_bytes()).hexdigest() == digest


def test_line_23_the_docs_load_nothing_from_elsewhere_and_no_inline_script(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert "http" not in re.sub(r"<!--.*?-->", "", page.text)
    assert re.findall(r"<script(?![^>]*src=)", page.text) == []
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert client.get(f"/{address}").status_code == 200
