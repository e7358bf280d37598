"""Read YAML and keep the line of each value, so that issues can be reported there."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from rapidfuzz import process
from yaml.error import MarkedYAMLError

from app.content.characters import character_issues, forbidden_character
from app.content.issues import ValidationIssues
from app.content.yaml_messages import key_message, scalar_messages, spacing_messages, syntax_message, validation_message
from app.content.yaml_values import SeedLoader
from app.limits import MAX_YAML_DEPTH

T = TypeVar("T")

# Seed files refer to other entries by kind and slug; these files define them.
DEFINED_IN = {"instrument": "instruments.yaml", "section": "guide.md", "source": "sources.yaml", "topic": "topics.yaml"}


class LocatedYAML:
    """A YAML text, its data and the lines of its values; invalid YAML is added to `issues`."""

    def __init__(self, text: str, path: Path, issues: ValidationIssues) -> None:
        self.path = path
        self._issues = issues
        self._lines = text.replace("\r\n", "\n").split("\n")
        self._root: yaml.Node | None = None
        self._data: Any = None
        self._is_broken = True
        text = "\n".join(self._lines)
        for line, message in character_issues(text):
            self.add_issue_at(line, message)
        if not forbidden_character(text):  # YAML would end lines at some of them
            self._load(text)

    def _load(self, text: str) -> None:
        try:
            _check_structure(text)
            loader = SeedLoader(text)
            self._root = loader.get_single_node()
            self._is_broken = False
            self._check_nodes(self._root)
            self._data = loader.construct_document(self._root) if self._root else None
        except yaml.YAMLError as error:
            self._is_broken = True
            mark = getattr(error, "problem_mark", None)
            problem = str(getattr(error, "problem", None) or error)
            found = list(spacing_messages(self._lines)) or [(mark.line + 1 if mark else 1, syntax_message(problem))]
            for line, message in found:
                self.add_issue_at(line, message)

    def line(self, *location: str | int) -> int:
        """Return the line of the value at a path of keys and indexes, or of its nearest parent."""
        return self._find(*location)[1] + 1

    def _find(self, *location: str | int) -> tuple[yaml.Node | None, int]:
        """Return the node at a path of keys and indexes, and its line from 0, or that of its nearest parent."""
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
        return node, line

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
                node, line = self._find(*detail["loc"])
                self.add_issue_at(line + 1, validation_message(detail, adapter, node))
            return None

    def _check_nodes(self, node: yaml.Node | None) -> None:
        """Add an issue for each value and key that would be lost or read as something else."""
        if isinstance(node, yaml.ScalarNode):
            for message in scalar_messages(node, self._lines):
                self.add_issue_at(node.start_mark.line + 1, message)
        elif isinstance(node, yaml.MappingNode):
            for index, key in _repeated(str(key.value) for key, _ in node.value):
                line = node.value[index][0].start_mark.line + 1
                self.add_issue_at(line, f"The key “{key}” is used twice; remove one.")  # PyYAML keeps the last value
            for key, value in node.value:
                if problem := key_message(key):
                    self.add_issue_at(key.start_mark.line + 1, problem)
                    self._is_broken = True
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
