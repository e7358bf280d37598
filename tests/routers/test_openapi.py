"""The OpenAPI document, and Swagger UI's files."""

import hashlib
import json
import re
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from app import schemas
from app.routers.docs import SWAGGER_UI
from app.routers.introduction import ANYWHERE, LOCAL_URL
from app.schemas.enumerations import EXPLANATIONS
from tests.service import GUIDE

VARIABLE_FIELDS = {"digest", "published_at", "score"}  # fields whose values examples cannot predict
PAGE_FIELDS = {"total", "next", "previous"}  # examples show pages with one item


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    """The served document."""
    document: dict[str, Any] = client.get("/openapi.json").json()
    return document


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, operation) for path, item in document["paths"].items() for operation in item.values()]


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of one of the document's schemas, which may refer to its components."""
    whole = {**schema, "components": document["components"]}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def validate_all(document: dict[str, Any], schema: dict[str, Any], values: list[Any]) -> None:
    for value in values:
        validator(document, schema).validate(value)


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


def test_line_21_every_header_that_is_sent_is_documented(client: httpx.Client, document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        given = {each["name"]: each["example"] for each in operation.get("parameters", []) if "example" in each}
        right = client.get(
            path.format(**given), params={name: given[name] for name in given if f"{{{name}}}" not in path}
        )
        wrong = client.get(path.format(**given), params={"nonsense": "1"})
        for answer, said in (
            (right, operation["responses"]["200"]),
            (wrong, document["components"]["responses"]["422"]),
        ):
            assert answer.status_code == (200 if answer is right else 422)
            sent = answer.headers.keys() - {"content-length", "content-type", "date"}
            named = {name.lower() for name in said["headers"]}
            assert all(name in named or name in document["info"]["description"].lower() for name in sent), path
            assert all(answer.headers.get(name) for name in named & {"x-request-id", "cache-control", "link", "etag"})


def test_line_21_every_answer_has_an_example_that_validates(document: dict[str, Any]) -> None:
    answers = [each for _, operation in operations(document) for each in operation["responses"].values()]
    contents = [
        content
        for answer in (*answers, *document["components"]["responses"].values())
        for content in answer.get("content", {}).values()
    ]
    assert len(contents) > 40
    for content in contents:
        validate_all(document, content["schema"], [content["example"]])


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
        if "json" in media_type:
            validator(document, said["schema"]).validate(answer.json())
        for parameter in parameters:
            # Which pages and which revisions there are, no example can know.
            if parameter["in"] == "query" and parameter["name"] not in {"cursor", "revision"}:
                example = parameter.get("example", parameter["schema"].get("examples", [None])[0])
                answer = client.get(path.format(**names), params=asked | {parameter["name"]: example})
                assert answer.status_code == 200, f"{path}: {parameter['name']}"


def test_the_examples_of_the_answers_say_nothing_that_the_service_does_not(
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
        if any(parameter["name"] == "limit" for parameter in parameters):
            query["limit"] = 100  # so that the item which the example shows is on the first page
        answer = client.get(path.format(**given), params=query)
        shown = json.loads(json.dumps(example).replace(schemas.REVISION, revision))
        if "total" in shown:
            shown = {name: value for name, value in shown.items() if name not in PAGE_FIELDS}
        assert says(answer.json(), shown), path


def says(answer: Any, example: Any) -> bool:
    """Whether an answer says all that an example does, which may cut texts and lists short."""
    if isinstance(example, dict):
        return all(name in VARIABLE_FIELDS or says(answer[name], value) for name, value in example.items())
    if isinstance(example, list):
        return all(any(says(item, shown) for item in answer) for shown in example)
    if isinstance(example, str) and example.endswith("…"):
        return isinstance(answer, str) and answer.startswith(example.removesuffix("…").rstrip())
    return bool(answer == example)


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
        if not path.startswith("/health/"):
            expected |= {"304"}
            assert {"ETag", "Cache-Control", "Vary"} <= operation["responses"]["200"]["headers"].keys()
        assert operation["responses"].keys() == expected


def test_statuses_and_headers_of_any_address_are_described_in_the_introduction(document: dict[str, Any]) -> None:
    text = document["info"]["description"]
    assert all(re.search(f"^- {status} ", text, re.MULTILINE) for status in ANYWHERE)
    assert "`If-None-Match`" in text
    assert "`X-Request-ID`" in text
    for _, operation in operations(document):
        assert all(parameter["in"] != "header" for parameter in operation.get("parameters", []))


def test_the_example_and_the_links_of_the_introduction_work(client: httpx.Client, document: dict[str, Any]) -> None:
    text = document["info"]["description"]
    (example,) = re.findall(rf"^curl '{LOCAL_URL}(.+)'$", text, re.MULTILINE)
    links = [url for url in re.findall(r"\]\((.*?)\)", text) if not url.startswith("https://spdx.org/")]
    assert len(links) > 10
    for url in (example, *links):
        if url.startswith("/"):
            assert client.get(url).status_code == 200, url


def test_the_introduction_states_the_licences(document: dict[str, Any]) -> None:
    text = document["info"]["description"].partition("### Licences")[2]
    assert all(licence in text for licence in ("MIT", "`licence`", "CC0-1.0"))


def test_search_follows_guides_and_operations_come_last(document: dict[str, Any]) -> None:
    names = [tag["name"] for tag in document["tags"]]
    assert names[:2] == ["Guides", "Search"]
    assert names[-1] == "Operations"
    last = {path for path, operation in operations(document) if operation["tags"] == ["Operations"]}
    assert last == {"/health/live", "/health/ready", "/problems/{name}"}


def test_every_value_of_a_parameter_or_field_is_explained(document: dict[str, Any]) -> None:
    parameters = [each for _, operation in operations(document) for each in operation.get("parameters", [])]
    fields = [
        (field, field)
        for schema in document["components"]["schemas"].values()
        for field in schema.get("properties", {}).values()
    ]
    for described, schema in [*((each, each["schema"]) for each in parameters), *fields]:
        for value in schema.get("enum", ()):
            assert f"`{value}`" in described["description"], described


def test_every_explanation_belongs_to_a_value() -> None:
    for values, explanations in EXPLANATIONS.items():
        assert tuple(explanations) == values


def test_swagger_ui_is_the_release_that_its_readme_records() -> None:
    recorded = dict(
        line.split()[::-1]
        for line in (SWAGGER_UI / "README.md").read_text().splitlines()
        if re.match(r" {4}[0-9a-f]{64}  ", line)
    )
    ours = {"docs.css", "initializer.js"}
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
