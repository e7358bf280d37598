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

Document = dict[str, Any]
Place = tuple[str, ...]  # where in the document something stands, by its keys

_FOR_PEOPLE = {"description", "examples", "example", "externalDocs", "info", "openapi", "summary", "title"}
# Whose keys are names of things, to which one may be added.
_NAMED = {"content", "headers", "parameters", "paths", "properties", "responses", "schemas"}
_SETS = {"enum", "required"}  # lists whose order means nothing
_GREATEST, _LEAST = {"maximum", "maxLength"}, {"minimum", "minLength"}
_NARROWING = _GREATEST | _LEAST | {"enum", "pattern"}


def agreed() -> Document:
    """The document that is committed."""
    document: Document = json.loads(AGREED.read_text(encoding="utf-8"))
    return document


def served() -> Document:
    """The document that the service serves now, for which it needs no store."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "none.db") as client:
        document: Document = client.get("/openapi.json").raise_for_status().json()
        return document


def breaking_changes(old: Document, new: Document) -> list[str]:
    """What clients of the old document could no longer rely on, a sentence each; empty for additions and better words.

    Every difference breaks a client unless it is known not to: a name more, a parameter that may be left out, a
    parameter that takes more, an answer that says more for sure. A value more that an answer may have is one, because
    generated clients refuse values that they do not know.
    """
    return list(_changes(_bare(old), _bare(new), ()))


def _bare(value: Any, *, has_names: bool = False) -> Any:
    """A part of the document without what is for people; where its keys are names, one may be called `title`."""
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _bare(each) if has_names else _bare_member(key, each)
        for key, each in value.items()
        if has_names or key not in _FOR_PEOPLE
    }


def _bare_member(key: str, value: Any) -> Any:
    """A list whose order means nothing becomes a set, or a mapping by name."""
    if key in _SETS and isinstance(value, list):
        return set(value)
    if key == "parameters" and isinstance(value, list):
        return {f"{each['in']} {each['name']}": _bare(each) for each in value}
    return _bare(value, has_names=key in _NAMED)


def _changes(old: Any, new: Any, at: Place) -> Iterator[str]:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if old != new and not _may_change(at, old, new):
            yield f"{_named(at)} was {old} and is {new}."
        return
    for key in sorted(old.keys() | new.keys()):
        here = (*at, key)
        if key in old and key in new:
            yield from _changes(old[key], new[key], here)
        elif key in _NAMED and not _NAMED.intersection(at[-1:]):
            yield from _changes(old.get(key, {}), new.get(key, {}), here)  # as if nothing stood there
        elif key in old and not _may_go(here):
            yield f"{_named(here)} is gone."
        elif key in new and not _may_come(here, new[key]):
            yield f"{_named(here)} was not there."


def _named(at: Place) -> str:
    return " › ".join(at)


def _may_go(at: Place) -> bool:
    return at[-1] == "deprecated" or ("parameters" in at and at[-1] in _NARROWING)


def _may_come(at: Place, value: Any) -> bool:
    if at[-2:-1] == ("parameters",):
        return not value.get("required")
    is_method = len(at) == 3 and at[0] == "paths" and at[2] in {"get", "head", "options", "post", "put", "delete"}
    return at[-1] == "deprecated" or is_method or bool(_NAMED.intersection(at[-2:-1]))


def _may_change(at: Place, old: Any, new: Any) -> bool:
    """Whether what a client asks is taken still, and what it is told was foreseen."""
    is_asked, key = "parameters" in at, at[-1]
    match key:
        case "enum":
            return bool(old <= new if is_asked else old >= new)
        case "required":
            return not new if is_asked else bool(old <= new)
        case _ if is_asked and key in _GREATEST:
            return bool(old < new)
        case _ if is_asked and key in _LEAST:
            return bool(old > new)
    return False


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
