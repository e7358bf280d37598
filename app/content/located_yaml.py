"""YAML that remembers on which line each value stands, so that a fault can be reported where it is."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from rapidfuzz import process

from app.content.issues import ValidationIssues

T = TypeVar("T")


class LocatedYAML:
    """A YAML text, its data and the lines of its values; where it is not YAML, the fault is noted."""

    def __init__(self, text: str, path: Path, issues: ValidationIssues, first_line: int = 1) -> None:
        self.path = path
        self._faults = issues
        self._first_line = first_line
        self._root: yaml.Node | None = None
        self.data: Any = None
        self._is_broken = True
        loader = yaml.CSafeLoader(text)
        try:
            self._root = loader.get_single_node()
            self._refuse_repeated_keys(self._root)
            self.data = loader.construct_document(self._root) if self._root else None
        except (yaml.YAMLError, ValueError) as error:  # a ValueError is an impossible date, such as 2023-02-30
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or error
            self._report_line(mark.line if mark else 0, f"This is not valid YAML ({problem}).")
        except RecursionError:
            self._report_line(0, "This is nested too deeply, or contains itself.")
        else:
            self._is_broken = False
        finally:
            loader.dispose()

    def line(self, *where: str | int) -> int:
        """The line of the value at `where`, a path of keys and indexes; of its nearest parent where it is missing."""
        node, line = self._root, self._root.start_mark.line if self._root else 0
        for step in where:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            elif isinstance(node, yaml.MappingNode):
                key, node = next(((k, v) for k, v in node.value if k.value == step), (None, None))
                line = key.start_mark.line if key else line
            else:
                break
        return self._first_line + line

    def report(self, message: str, *where: str | int) -> None:
        """Note a fault about the value at `where`."""
        self._faults.add(self.path, self.line(*where), message)

    def refuse_repeated(self, names: Iterable[str], *where: str | int, key: str = "slug") -> None:
        """Note a fault for each name that an earlier entry of the list at `where` has under `key`."""
        seen = set()
        for index, name in enumerate(names):
            if name in seen:
                self.report(f"“{name}” stands here twice; use another {key}.", *where, index, key)
            seen.add(name)

    def refuse_unknown(
        self, what: str, name: str, known: Collection[str] | None, *where: str | int, kept_in: str
    ) -> None:
        """Note a fault if the name at `where` is not known, that is, not in the file `kept_in`.

        Nothing is unknown where `known` is None, because that file cannot be read.
        """
        if known is not None and name not in known:
            near = process.extractOne(name, list(known), score_cutoff=60)
            advice = f"did you mean “{near[0]}”?" if near else f"add it to {kept_in}."
            self.report(f"There is no {what} “{name}”; {advice}", *where)

    def refuse_names(
        self, what: str, names: Iterable[str], known: Collection[str] | None, *where: str | int, kept_in: str
    ) -> None:
        """Note a fault for each name listed at `where` that stands there twice, or that is not known."""
        seen = set()
        for index, name in enumerate(names):
            if name in seen:
                self.report(f"The {what} “{name}” stands here twice; keep one.", *where, index)
            else:
                self.refuse_unknown(what, name, known, *where, index, kept_in=kept_in)
            seen.add(name)

    def validated(self, shape: TypeAdapter[T]) -> T | None:
        """The data in the given shape; None, with every fault noted, where it does not fit or is not YAML at all."""
        if self._is_broken:
            return None
        try:
            return shape.validate_python(self.data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.report(_sentence(detail, shape), *detail["loc"])
            return None

    def _report_line(self, line: int, message: str) -> None:
        self._faults.add(self.path, self._first_line + line, message)

    def _refuse_repeated_keys(self, node: yaml.Node | None) -> None:
        # YAML forbids a repeated key, yet PyYAML keeps the last one and drops what the editor wrote before it.
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                if str(key.value) in seen:
                    self._report_line(
                        key.start_mark.line, f"The key “{key.value}” stands here twice; keep one of them."
                    )
                seen.add(str(key.value))
                self._refuse_repeated_keys(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self._refuse_repeated_keys(item)


def _sentence(detail: Any, shape: TypeAdapter[Any]) -> str:
    """One of pydantic's error details as a sentence that tells an editor what to do."""
    key = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str)), "this value")
    match detail["type"]:
        case "missing":
            return f"“{key}” is missing; add it."
        case "extra_forbidden":
            near = process.extractOne(key, _known_keys(shape), score_cutoff=70)
            return f"“{key}” is not a known key; " + (f"did you mean “{near[0]}”?" if near else "remove it.")
        case "string_pattern_mismatch" if "[a-z0-9]" in detail["ctx"]["pattern"]:
            return f"“{detail['input']}” is not a slug; use lower-case letters, digits and single hyphens."
        case "list_type" | "tuple_type":
            return f"“{key}” is not a list; begin each of its entries with “- ”."
        case "model_type" | "dict_type":
            return f"“{key}” holds keys and values; write them as “key: value”."
        case _:
            message = detail["msg"].removeprefix("Value error, ")
            return f"“{key}” is not right: {message[0].lower()}{message[1:]}."


def _known_keys(shape: TypeAdapter[Any]) -> list[str]:
    schema = shape.json_schema()
    shapes = [schema, *schema.get("$defs", {}).values()]
    return [key for each in shapes for key in each.get("properties", {})]
