"""Arguments of tools."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from app.content.fields import MAX_SLUG_LENGTH, SLUG_PATTERN
from app.errors import shorten

MAX_ERRORS = 5  # arguments that an error lists

Cursor = Annotated[
    str | None,
    Field(max_length=40, description="The `next_cursor` of the previous result, to continue; leave it out to start."),
]


def slug(description: str) -> Any:
    """Declare an optional argument that takes a slug."""
    return Field(None, description=description, pattern=SLUG_PATTERN, max_length=MAX_SLUG_LENGTH)


def _remove_nulls(schema: dict[str, Any]) -> None:
    """Describe optional arguments by their type alone, which every model understands."""
    for argument in schema["properties"].values():
        argument.pop("default", None)
        types = [each for each in argument.pop("anyOf", []) if each != {"type": "null"}]
        for type_ in types:
            argument.update(type_)


class Arguments(BaseModel):
    """Base class of the arguments of a tool; null and an empty text count as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_remove_nulls)


def _none_if_empty(value: object) -> object:
    return value or None


EmptyIsNone = BeforeValidator(_none_if_empty)


def explain(error: ValidationError, arguments: type[Arguments]) -> list[tuple[str, str]]:
    """Return what is wrong with the first arguments, as (argument, message) pairs."""
    errors = error.errors(include_url=False, include_input=False)[:MAX_ERRORS]
    return [(shorten(str(details["loc"][0])), _message(details, arguments)) for details in errors]


def _message(details: ErrorDetails, arguments: type[Arguments]) -> str:
    if details["type"] == "extra_forbidden":
        return f"This tool has no such argument. It has: {', '.join(arguments.model_fields)}."
    if details["type"] == "missing":
        return "This argument is needed."
    place = "".join(f"Number {index + 1}: " for index in details["loc"][1:] if isinstance(index, int))
    return place + details["msg"].removeprefix("Value error, ").rstrip(".") + "."
