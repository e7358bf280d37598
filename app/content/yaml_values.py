"""Load YAML so that numbers and dates stay as they were written."""

import yaml

from app.content.fields import Unquoted

_PREFIX = "tag:yaml.org,2002:"
_UNQUOTED_TAGS = {"int": "a number", "float": "a number", "timestamp": "a date", "value": "a default value"}
_OTHER_TAGS = {
    "bool": "true or false",
    "null": "nothing",
    "merge": "a merge of keys",
    "seq": "a list",
    "map": "keys with values",
}
_MEANINGS = {f"{_PREFIX}{tag}": meaning for tag, meaning in (_UNQUOTED_TAGS | _OTHER_TAGS).items()}


class SeedLoader(yaml.CSafeLoader):
    """A loader for which a number or date is `Unquoted`: an impossible date can then be reported where it is."""


def _construct_unquoted(loader: SeedLoader, node: yaml.ScalarNode) -> Unquoted:
    return Unquoted(node.value)


for _tag in _UNQUOTED_TAGS:
    SeedLoader.add_constructor(f"{_PREFIX}{_tag}", _construct_unquoted)


def yaml_meaning(node: yaml.Node) -> str | None:
    """Return what YAML reads a node as, such as “a number”, or None if it is text."""
    return _MEANINGS.get(node.tag)
