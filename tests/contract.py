"""Compare the OpenAPI document with the committed one, `tests/openapi.json`.

`python -m tests.contract`, or `make contract`, replaces the committed document. It lists changes that break clients,
and makes them only with `--breaking`.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.service import serving

AGREED = Path(__file__).parent / "openapi.json"

Document = dict[str, Any]
KeyPath = tuple[str, ...]  # keys from the root of the document

_PROSE = {"description", "examples", "example", "externalDocs", "info", "openapi", "summary", "title"}
# Objects whose keys are names; adding a name breaks nothing.
_NAMED = {"content", "headers", "parameters", "paths", "properties", "responses", "schemas"}
_SETS = {"enum", "required"}  # lists without an order
_UPPER_BOUNDS, _LOWER_BOUNDS = {"maximum", "maxLength"}, {"minimum", "minLength"}
_CONSTRAINTS = _UPPER_BOUNDS | _LOWER_BOUNDS | {"enum", "pattern"}


def agreed() -> Document:
    """Return the committed document."""
    document: Document = json.loads(AGREED.read_text(encoding="utf-8"))
    return document


def served() -> Document:
    """Return the document of the service as it is now, which needs no store."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "none.db") as client:
        document: Document = client.get("/openapi.json").raise_for_status().json()
        return document


def breaking_changes(old: Document, new: Document) -> list[str]:
    """Describe each change that breaks clients of the old document.

    Every difference breaks clients except a new name, an optional parameter, a wider range of a parameter and a new
    required field of a response. A new value of an enumeration in a response breaks clients, because generated ones
    reject unknown values.
    """
    return list(_changes(_without_prose(old), _without_prose(new), ()))


def _without_prose(value: Any, *, has_names: bool = False) -> Any:
    """Remove descriptions and examples; where keys are names, one of them may be `title`."""
    if isinstance(value, list):
        return [_without_prose(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_prose(each) if has_names else _normalized(key, each)
        for key, each in value.items()
        if has_names or key not in _PROSE
    }


def _normalized(key: str, value: Any) -> Any:
    """Turn a list without an order into a set, or into a mapping by name."""
    if key in _SETS and isinstance(value, list):
        return set(value)
    if key == "parameters" and isinstance(value, list):
        return {f"{each['in']} {each['name']}": _without_prose(each) for each in value}
    return _without_prose(value, has_names=key in _NAMED)


def _changes(old: Any, new: Any, at: KeyPath) -> Iterator[str]:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if old != new and not _may_change(at, old, new):
            yield f"{_named(at)} was {old} and is {new}."
        return
    for key in sorted(old.keys() | new.keys()):
        here = (*at, key)
        if key in old and key in new:
            yield from _changes(old[key], new[key], here)
        elif key in _NAMED and not _NAMED.intersection(at[-1:]):
            yield from _changes(old.get(key, {}), new.get(key, {}), here)  # as if the object were empty
        elif key in old and not _may_be_removed(here):
            yield f"{_named(here)} is gone."
        elif key in new and not _may_be_added(here, new[key]):
            yield f"{_named(here)} was not there."


def _named(at: KeyPath) -> str:
    return " › ".join(at)


def _may_be_removed(at: KeyPath) -> bool:
    return at[-1] == "deprecated" or ("parameters" in at and at[-1] in _CONSTRAINTS)


def _may_be_added(at: KeyPath, value: Any) -> bool:
    if at[-2:-1] == ("parameters",):
        return not value.get("required")
    is_method = len(at) == 3 and at[0] == "paths" and at[2] in {"get", "head", "options", "post", "put", "delete"}
    return at[-1] == "deprecated" or is_method or bool(_NAMED.intersection(at[-2:-1]))


def _may_change(at: KeyPath, old: Any, new: Any) -> bool:
    """Return whether requests stay valid and responses stay expected."""
    is_request, key = "parameters" in at, at[-1]
    match key:
        case "enum":
            return bool(old <= new if is_request else old >= new)
        case "required":
            return not new if is_request else bool(old <= new)
        case _ if is_request and key in _UPPER_BOUNDS:
            return bool(old < new)
        case _ if is_request and key in _LOWER_BOUNDS:
            return bool(old > new)
    return False


def main(arguments: list[str]) -> int:
    """Write the document; the exit code is 1 if it breaks clients without `--breaking`."""
    now = served()
    breaking = breaking_changes(agreed(), now) if AGREED.exists() else []
    for change in breaking:
        print(change)
    if breaking and "--breaking" not in arguments:
        print(f"{len(breaking)} changes break clients. To make them anyway: make contract OPTIONS=--breaking")
        return 1
    AGREED.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
