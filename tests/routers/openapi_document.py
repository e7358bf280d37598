"""Read the OpenAPI document and validate values against its schemas."""

from typing import Any

from jsonschema import Draft202012Validator


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, operation) for path, item in document["paths"].items() for operation in item.values()]


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of one of the document's schemas, which may refer to its components."""
    whole = {**schema, "components": document["components"]}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def validate_all(document: dict[str, Any], schema: dict[str, Any], values: list[Any]) -> None:
    for value in values:
        validator(document, schema).validate(value)
