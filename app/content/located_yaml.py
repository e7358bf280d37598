"""Read YAML and keep the line of each value, so that issues can be reported there."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from rapidfuzz import process
from yaml.error import MarkedYAMLError

from app.content.issues import ValidationIssues
from app.limits import MAX_YAML_DEPTH

T = TypeVar("T")


# Seed files refer to other entries by kind and slug; these files define them.
DEFINED_IN = {"instrument": "instruments.yaml", "section": "guide.md", "source": "sources.yaml", "topic": "topics.yaml"}


class LocatedYAML:
    """A YAML text, its data and the lines of its values; invalid YAML is added to `issues`."""

    def __init__(self, text: str, path: Path, issues: ValidationIssues) -> None:
        self.path = path
        self._issues = issues
        self._root: yaml.Node | None = None
        self._data: Any = None
        self._is_broken = True
        try:
            _check_structure(text)
            loader = yaml.CSafeLoader(text)
            self._root = loader.get_single_node()
            self._check_nodes(self._root)
            self._data = loader.construct_document(self._root) if self._root else None
            self._is_broken = False
        except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that does not exist, such as 2023-02-30
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or error
            self.add_issue_at(mark.line + 1 if mark else 1, f"This is not valid YAML ({problem}); correct it here.")

    def line(self, *location: str | int) -> int:
        """Return the line of the value at a path of keys and indexes, or of its nearest parent."""
        node, line = self._root, self._root.start_mark.line if self._root else 0
        for step in location:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            elif isinstance(node, yaml.MappingNode):
                key, node = next(((k, v) for k, v in node.value if k.value == step), (None, None))
                line = key.start_mark.line if key else line
            else:
                break
        return line + 1

    def add_issue_at(self, line: int, message: str) -> None:
        """Add an issue about a line."""
        self._issues.add(self.path, line, message)

    def add_issue(self, message: str, *location: str | int) -> None:
        """Add an issue about the value at a path of keys and indexes."""
        self.add_issue_at(self.line(*location), message)

    def add_warning(self, message: str, *location: str | int) -> None:
        """Add a warning about the value at a path of keys and indexes."""
        self._issues.warn(self.path, self.line(*location), message)

    def check_unique(self, values: Iterable[str], *location: str | int, key: str = "slug") -> None:
        """Add an issue for each value of `key` that an earlier entry of the list already has."""
        for index, value in _repeated(values):
            self.add_issue(f"The {key} “{value}” is used twice; choose another one.", *location, index, key)

    def check_reference(self, kind: str, slug: str, existing: Collection[str] | None, *location: str | int) -> None:
        """Add an issue unless the slug exists; skip the check if `existing` is None (unreadable)."""
        if existing is not None and slug not in existing:
            near = process.extractOne(slug, list(existing), score_cutoff=60)
            advice = f"did you mean “{near[0]}”?" if near else f"add it to {DEFINED_IN[kind]}."
            self.add_issue(f"There is no {kind} “{slug}”; {advice}", *location)

    def check_references(
        self, kind: str, slugs: Sequence[str], existing: Collection[str] | None, *location: str | int
    ) -> None:
        """Add an issue for each slug in the list that is repeated or does not exist."""
        for index, slug in _repeated(slugs):
            self.add_issue(f"The {kind} “{slug}” is listed twice; remove one.", *location, index)
        for index, slug in enumerate(slugs):
            self.check_reference(kind, slug, existing, *location, index)

    def validate(self, adapter: TypeAdapter[T]) -> T | None:
        """Return the data as the adapter's type, or None after adding an issue for each error."""
        if self._is_broken:
            return None
        try:
            return adapter.validate_python(self._data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.add_issue(_message(detail, adapter), *detail["loc"])
            return None

    def _check_nodes(self, node: yaml.Node | None) -> None:
        """Add an issue for each NUL and each repeated key.

        PyYAML would silently keep the last value of a key.
        """
        if isinstance(node, yaml.ScalarNode) and "\0" in node.value:
            self.add_issue_at(node.start_mark.line + 1, "This contains a NUL character; remove it.")
        elif isinstance(node, yaml.MappingNode):
            for index, key in _repeated(str(key.value) for key, _ in node.value):
                line = node.value[index][0].start_mark.line + 1
                self.add_issue_at(line, f"The key “{key}” is used twice; remove one.")
            for _, value in node.value:
                self._check_nodes(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self._check_nodes(item)


def _check_structure(text: str) -> None:
    """Raise a `YAMLError` for deep nesting, tags and aliases: they can crash or hang PyYAML."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = f"it has more than {MAX_YAML_DEPTH} levels" if depth > MAX_YAML_DEPTH else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None):
            problem = "aliases and tags, such as “*name” and “!!name”, are not allowed"
        if problem:
            raise MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _repeated(values: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each value that occurred before, with its index."""
    seen = set()
    for index, value in enumerate(values):
        if value in seen:
            yield index, value
        seen.add(value)


def _message(detail: Any, adapter: TypeAdapter[Any]) -> str:
    """Turn one of Pydantic's error details into a sentence for editors."""
    key = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str)), "this value")
    match detail["type"]:
        case "missing" | "too_short" if key == "sources":
            return "This has no source; add one to “sources”."
        case "missing":
            return f"“{key}” is missing; add it."
        case "extra_forbidden":
            near = process.extractOne(key, _known_keys(adapter), score_cutoff=70)
            return f"“{key}” is not a known key; " + (f"did you mean “{near[0]}”?" if near else "remove it.")
        case "string_pattern_mismatch" if "[a-z0-9]" in detail["ctx"]["pattern"]:
            return f"“{detail['input']}” is not a slug; use lower-case letters, digits and single hyphens."
        case "string_pattern_mismatch":
            return f"“{key}” is not the URL of a web page; begin it with “https://”."
        case "string_too_short":
            return f"“{key}” is empty; fill it in, or remove the key if it is optional."
        case "string_type":
            return f"“{key}” must be text; put it in quotation marks."
        case "literal_error":
            return f"“{key}” must be {detail['ctx']['expected']}; choose one of them."
        case "list_type" | "tuple_type":
            return f"“{key}” must be a list; begin each entry with “- ”."
        case "model_type" | "dict_type":
            return f"“{key}” must have keys; write each as “key: value”."
        case _:
            message = detail["msg"].removeprefix("Value error, ")
            return f"“{key}” is invalid: {message[0].lower()}{message[1:]}."


def _known_keys(adapter: TypeAdapter[Any]) -> list[str]:
    schema = adapter.json_schema()
    models = [schema, *schema.get("$defs", {}).values()]
    return [key for model in models for key in model.get("properties", {})]
