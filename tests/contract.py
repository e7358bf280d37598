"""The contract as it was last agreed on, in `tests/openapi.json`, and what a change of it would break.

`python -m tests.contract`, which is `make contract`, writes what the service serves now over what was agreed on. What
would break a client is told, and written only with `--breaking`.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.service import serving

AGREED = Path(__file__).parent / "openapi.json"

# What a client does not depend on: words for people, and bounds, which are compared apart.
_FOR_PEOPLE = {"description", "title", "examples", "example", "default", "summary"}
_GREATEST, _LEAST = ("maximum", "maxLength"), ("minimum", "minLength")


def agreed() -> dict[str, Any]:
    """The document that is committed."""
    document: dict[str, Any] = json.loads(AGREED.read_text(encoding="utf-8"))
    return document


def served() -> dict[str, Any]:
    """The document that the service serves now, for which it needs no store."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "none.db") as client:
        document: dict[str, Any] = client.get("/openapi.json").raise_for_status().json()
        return document


def breaking_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What clients of the old document could no longer do, a sentence each; empty for additions and better words."""
    return [*_operations(old, new), *_shapes(old, new)]


def _operations(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for path, item in old["paths"].items():
        for method, operation in item.items():
            name = f"{method.upper()} {path}"
            if (now := new["paths"].get(path, {}).get(method)) is None:
                yield f"{name} is gone."
                continue
            if operation["operationId"] != now["operationId"]:
                yield f"{name} was {operation['operationId']} in generated clients and is {now['operationId']}."
            yield from (f"{name}: {change}" for change in _parameters(operation, now))
            kinds = operation["responses"]["200"]["content"].items()
            for kind, content in kinds:
                if (left := now["responses"]["200"]["content"].get(kind)) is None:
                    yield f"{name} no longer answers with {kind}."
                elif _bare(content["schema"]) != _bare(left["schema"]):
                    yield f"{name} answers with another shape of {kind}."


def _parameters(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    was = {(each["in"], each["name"]): each for each in old.get("parameters", [])}
    now = {(each["in"], each["name"]): each for each in new.get("parameters", [])}
    for place, name in was.keys() - now.keys():
        yield f"the {place} parameter {name} is gone."
    for (_, name), parameter in now.items():
        before = was.get((parameter["in"], name))
        if parameter.get("required") and not (before and before.get("required")):
            yield f"the parameter {name} must be given."
        if before:
            yield from (f"the parameter {name} {change}" for change in _narrowed(before["schema"], parameter["schema"]))


def _narrowed(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """How a parameter's schema takes less than it did."""
    if gone := set(old.get("enum", ())) - set(new.get("enum", old.get("enum", ()))):
        yield f"no longer takes {', '.join(sorted(gone))}."
    if "enum" in new and "enum" not in old:
        yield "takes some values only."
    if old.get("type") != new.get("type") or old.get("pattern") != new.get("pattern"):
        yield "is of another type or form."
    for bound in _GREATEST:
        if new.get(bound, float("inf")) < old.get(bound, float("inf")):
            yield f"has a smaller {bound}."
    for bound in _LEAST:
        if new.get(bound, float("-inf")) > old.get(bound, float("-inf")):
            yield f"has a greater {bound}."


def _shapes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """What is no longer in the shapes of answers, or is there in another form."""
    for name, shape in old["components"]["schemas"].items():
        if (now := new["components"]["schemas"].get(name)) is None:
            yield f"The shape {name} is gone."
            continue
        for field in sorted(set(shape.get("required", ())) - set(now.get("required", ()))):
            yield f"{name}.{field} is not always there any more."
        for field, schema in shape.get("properties", {}).items():
            if (left := now.get("properties", {}).get(field)) is None:
                yield f"{name}.{field} is gone."
            elif _bare(schema) != _bare(left):
                yield f"{name}.{field} has another type."


def _bare(schema: Any) -> Any:
    """A schema without what is for people; of an enumeration its type alone, since an answer may gain a value."""
    if isinstance(schema, dict):
        return {key: _bare(value) for key, value in schema.items() if key not in _FOR_PEOPLE | {"enum", "const"}}
    return [_bare(each) for each in schema] if isinstance(schema, list) else schema


def main(arguments: list[str]) -> int:
    """Write the document; the exit code is 1 if it would break clients and nobody said that it may."""
    now = served()
    broken = breaking_changes(agreed(), now) if AGREED.exists() else []
    for change in broken:
        print(change)
    if broken and "--breaking" not in arguments:
        print(
            f"{len(broken)} would break clients; nothing was written. To break them: make contract OPTIONS=--breaking"
        )
        return 1
    AGREED.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
