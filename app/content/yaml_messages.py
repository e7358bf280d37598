"""Turn problems with YAML into sentences for editors."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from pydantic import TypeAdapter
from rapidfuzz import process

from app.content.characters import SPACE_LIKE, forbidden_character, invisible_names, is_visible, name, nothing_visible
from app.content.yaml_values import yaml_meaning
from app.errors import shorten

_unspaced_mark = re.compile(rf" *(?:- +)*(?P<mark>-|[\w-]+:)(?P<space>{SPACE_LIKE})")
_comment = re.compile(r"[ \t]*(#[^\s#].*)")


def syntax_message(problem: str) -> str:
    """Return a sentence about a line that is not valid YAML."""
    advice = "correct it here"
    if "mapping values are not allowed" in problem:
        advice = "put a value that contains “: ” in quotation marks"
    return f"This is not valid YAML ({problem}); {advice}."


def spacing_messages(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line whose mark is followed by what is not a space for YAML, with a sentence."""
    for number, line in enumerate(lines, 1):
        if match := _unspaced_mark.match(line):
            yield number, f"“{match['mark']}” is followed by {name(match['space'])}; write a space."


def key_message(key: yaml.Node) -> str | None:
    """Return a sentence about a key that is not text."""
    if not isinstance(key, yaml.ScalarNode):
        return "A key must be a word; write it as “key: value”."
    meaning = yaml_meaning(key)
    return f"YAML reads the key “{key.value}” as {meaning}; put it in quotation marks." if meaning else None


def scalar_messages(node: yaml.ScalarNode, lines: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each character of a value that would be lost, or must not be there."""
    if "\0" in node.value:
        yield "This contains a NUL character; remove it."
    elif character := forbidden_character(node.value):
        yield f"This contains {name(character)}; remove it."
    elif node.value.strip() and not is_visible(node.value):
        yield nothing_visible(node.value)
    end = node.end_mark
    if not node.style and end.line < len(lines) and (match := _comment.match(lines[end.line], end.column)):
        dropped = shorten(match[1])
        yield f"YAML drops “{dropped}” as a comment; put the value in quotation marks, or write a space after “#”."


def validation_message(detail: Any, adapter: TypeAdapter[Any], node: yaml.Node | None) -> str:
    """Turn one of Pydantic's error details, about a node, into a sentence."""
    key = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str)), "this value")
    match detail["type"]:
        case "missing" | "too_short" if key == "sources":
            return "This has no source; add one to “sources”."
        case "missing":
            return f"“{key}” is missing; add it."
        case "extra_forbidden":
            near = process.extractOne(key, _known_keys(adapter), score_cutoff=70)
            advice = f"did you mean “{near[0]}”?" if near else "remove it."
            return f"“{key}” is not a known key; {advice}{_hidden(key)}"
        case "string_pattern_mismatch" if "[a-z0-9]" in detail["ctx"]["pattern"]:
            rule = "use lower-case letters, digits and single hyphens"
            return f"“{detail['input']}” is not a slug; {rule}.{_hidden(detail['input'])}"
        case "string_pattern_mismatch":
            return f"“{key}” is not the URL of a web page; begin it with “https://”.{_hidden(detail['input'])}"
        case "string_too_short":
            return f"“{key}” is empty; fill it in, or remove the key if it is optional."
        case "string_type" if detail["input"] is None:
            return f"“{key}” is empty; fill it in, or remove the key if it is optional."
        case "string_type":
            return f"{_subject(detail['loc'], key)} must be text; put it in quotation marks.{_meaning(node)}"
        case "bool_type" | "bool_parsing":
            return f"“{key}” must be true or false; write one of them."
        case "literal_error":
            return f"“{key}” must be {detail['ctx']['expected']}; choose one of them.{_hidden(detail['input'])}"
        case "list_type" | "tuple_type":
            return f"“{key}” must be a list; begin each entry with “- ”.{_hidden(detail['input'])}"
        case "model_type" | "dict_type":
            return f"“{key}” must have keys; write each as “key: value”.{_hidden(detail['input'])}"
        case _:
            message = detail["msg"].removeprefix("Value error, ")
            return f"“{key}” is invalid: {message[0].lower()}{message[1:]}.{_hidden(detail['input'])}"


def _subject(location: Sequence[str | int], key: str) -> str:
    """Name a value by its key, and by the numbers of the list entries that contain it."""
    words = [f"entry {step + 1}" if isinstance(step, int) else f"“{step}”" for step in reversed(location)]
    sentence = " of ".join(words) or f"“{key}”"
    return sentence[0].upper() + sentence[1:]


def _meaning(node: yaml.Node | None) -> str:
    """Say what YAML reads instead of text."""
    if node is None or not (meaning := yaml_meaning(node)):
        return ""
    if isinstance(node, yaml.ScalarNode):
        return f' YAML reads {shorten(node.value)} as {meaning}; write "{shorten(node.value)}".'
    return f" YAML reads it as {meaning}."


def _hidden(value: Any) -> str:
    """Name the characters of a value, or of its keys, that cannot be seen."""
    texts = (
        [value]
        if isinstance(value, str)
        else [key for key in value if isinstance(key, str)]
        if isinstance(value, dict)
        else []
    )
    names = invisible_names("".join(texts))
    return f" It contains {names}." if names else ""


def _known_keys(adapter: TypeAdapter[Any]) -> list[str]:
    schema = adapter.json_schema()
    models = [schema, *schema.get("$defs", {}).values()]
    return [key for model in models for key in model.get("properties", {})]
