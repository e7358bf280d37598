"""Suggest addresses that exist for one that does not.

A path is followed through the tree of all routes, whatever the form of its words: case, synonyms, typos and words that
were left out. Then the names in it are looked up. Both take a limited time, since anyone can ask for wrong addresses.
"""

import re
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote, urlencode

from fastapi import APIRouter, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from rapidfuzz import fuzz, process
from sqlmodel import Session

from app.errors import MAX_DID_YOU_MEAN, closest
from app.http.problem_types import ProblemType
from app.queries.names import slugs_named

MAX_PATH_LENGTH = 300  # characters; longer paths get no suggestions
MAX_SEGMENTS = 10
MAX_VALUE_LENGTH = 100  # characters of a client's query that a suggestion repeats
MIN_SIMILARITY = 75  # of a word to the one in an address, 0 to 100

# Words of addresses, and other words that people try. `.` stands for the address before the word.
SYNONYMS = {
    ".": "api contents index index.html toc",
    "articles": "clauses provisions",
    "citation": "cite reference",
    "corrections": "comments errata footnotes notes",
    "downloads": "download dumps exports files",
    "docs": "api-docs documentation redoc swagger swagger-ui",
    "events": "chronology dates timeline",
    "health/live": "livez ping",
    "health/ready": "healthz readyz status",
    "instruments": "agreements treaties treaty",
    "openapi.json": "openapi openapi.yaml openapi.yml schema swagger.json swagger.yaml",
    "passages": "paragraphs",
    "quotations": "quotes",
    "revisions": "versions",
    "search": "find query",
    "sections": "chapters headings",
    "source": "original raw text",
    "sources": "bibliography references works",
    "suggestions": "autocomplete suggest",
    "terms": "definitions dictionary glossary",
    "topics": "categories subjects tags",
}
_extension = re.compile(r"\.(csv|html?|json|md|pdf|txt|xml)$", re.IGNORECASE)

WORDS = {synonym: word for word, synonyms in SYNONYMS.items() for synonym in synonyms.split()}


@dataclass(frozen=True)
class Target:
    """The address of a route, with its query parameters and examples of those that it needs."""

    path: str
    parameters: frozenset[str]
    examples: Mapping[str, str]

    def addresses(
        self, session: Session, names: Mapping[str, str], query: Mapping[str, str], similar: Collection[str]
    ) -> list[str]:
        """Return the addresses in which every name stands for a resource that exists.

        `similar` are the parameters whose names may have typos.
        """
        parameters = re.findall("{([a-z]+)}", self.path)
        found: list[dict[str, str]] = [{}]
        for kind, name in names.items():
            otherwise = () if kind in parameters else ("",)  # a guide that the address does not need
            found = [
                {**slugs, kind: slug}
                for slugs in found
                for slug in _slugs(session, kind, name, slugs, similar=kind in similar) or otherwise
            ][:MAX_DID_YOU_MEAN]
        return [self._address(slugs, query, is_list=not parameters) for slugs in found]

    def _address(self, slugs: Mapping[str, str], query: Mapping[str, str], *, is_list: bool) -> str:
        given = {name: query.get(name, "")[:MAX_VALUE_LENGTH].strip() or value for name, value in self.examples.items()}
        if is_list and "guide" in self.parameters and slugs.get("guide"):
            given["guide"] = slugs["guide"]
        if "edition" in self.parameters and query.get("edition") == "original":
            given["edition"] = "original"
        path = self.path.format(**slugs)
        return f"{path}?{urlencode(sorted(given.items()))}" if given else path


@dataclass(eq=False)
class Node:
    """A node of the tree: the words or the parameter that may follow, and a route."""

    words: dict[str, "Node"] = field(default_factory=dict)
    parameter: str = ""
    child: "Node | None" = None
    target: Target | None = None
    default: str = ""  # the word before a parameter that people leave out

    def follow(self, segment: str) -> "Node":
        """Return the node after a segment of a template, creating it if needed."""
        if not segment.startswith("{"):
            return self.words.setdefault(segment, Node())
        self.parameter, self.child = segment.strip("{}"), self.child or Node()
        return self.child


class Match(NamedTuple):
    """A route, and the names that a path has in place of its parameters.

    `guessed` are parameters without the word before them in the path, such as `guide` in `/v1/a-guide/sections`.
    """

    target: Target
    names: Mapping[str, str]
    guessed: Collection[str]


class Addresses:
    """The addresses of all routes, as a tree."""

    def __init__(self, routers: Iterable[APIRouter]) -> None:
        self.root = Node()
        routes = (route for router in routers for route in router.routes if isinstance(route, APIRoute))
        for route in routes:
            if "{" in route.path and not route.include_in_schema:
                continue  # a file of the docs
            node = self.root
            for segment in route.path.strip("/").split("/"):
                node = node.follow(segment) if segment else node
            node.target = _target(route)
        self.version = self.root.words["v1"]
        self.guide = self.version.words["guides"].follow("{guide}")
        self.guide.words = self.version.words | self.guide.words  # people look for a guide's facts below it
        self.root.default, self.version.default, self.guide.default = "v1", "guides", "sections"
        self.version.words["instruments"].follow("{instrument}").default = "articles"

    def suggest(self, session: Session, path: str, query: Mapping[str, str], *, similar: bool = True) -> Sequence[str]:
        """Return addresses like a path, best first.

        Without `similar`, return only the same address in another spelling.
        """
        if len(path) > MAX_PATH_LENGTH:
            return []
        segments = [segment.strip() for segment in unquote(path).split("/") if segment.strip()]
        if len(segments) > MAX_SEGMENTS:
            return []
        if segments and segments[-1].lower() not in WORDS.keys() | self.root.words.keys():
            segments[-1] = _extension.sub("", segments[-1])
        matches = self._matches(segments)
        for target, names, guessed in matches if similar else matches[:1]:
            may_be_similar = names.keys() - guessed if similar else ()
            if found := target.addresses(session, names, query, may_be_similar):
                return found
        return []

    def _matches(self, segments: Sequence[str]) -> list[Match]:
        """Return the routes on the way that a path leads through the tree, the last one first."""
        node, pending = self.root, deque(segments)
        names: dict[str, str] = {}
        guessed: set[str] = set()
        matches: list[Match] = []
        while pending:
            segment = pending.popleft()
            place, word = self._find_word(node, segment.lower())
            if word:
                if place is self.guide:
                    names.setdefault("guide", "")
                first, _, rest = word.partition("/")
                node = place if first == "." else place.words[first]
                pending.extendleft(filter(None, [rest]))
            elif node.child:
                names[node.parameter] = segment
                node = node.child
            elif node.default:
                pending.appendleft(segment)
                node = node.words[node.default]
                guessed.add(node.parameter)
                continue
            elif segment.isdecimal() and "passage" in names:
                names["passage"] += f".{segment}"
            else:
                break
            if node.target:
                matches.append(Match(node.target, dict(names), guessed))
        if not node.target and not pending:
            matches += [Match(after.target, names, guessed) for after in reversed(node.words.values()) if after.target]
        return matches[::-1]

    def _find_word(self, node: Node, segment: str) -> tuple[Node, str]:
        """Return the word that a segment means, and its parent: the node, or one that was left out."""
        chain = [self.root, self.version, self.guide]
        places = chain[chain.index(node) :] if node in chain else [node]
        for place in places:
            for word in (segment, WORDS.get(segment, ""), f"{segment}s"):
                if word.partition("/")[0] in place.words or (word == "." and place in (self.root, self.guide)):
                    return place, word
        for place in places:
            if found := process.extractOne(segment, list(place.words), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY):
                return place, found[0]
        return node, ""


def _target(route: APIRoute) -> Target:
    fields = {each.alias: each.field_info for each in get_flat_params(route.dependant)}
    query = {name: field for name, field in fields.items() if isinstance(field, params.Query)}
    required = {name: field.examples or [""] for name, field in query.items() if field.is_required()}
    return Target(route.path, frozenset(query), {name: str(examples[0]) for name, examples in required.items()})


def _slugs(session: Session, kind: str, name: str, within: Mapping[str, str], *, similar: bool) -> Sequence[str]:
    if kind == "name":
        slugs = [problem.slug for problem in ProblemType]
        return closest(name, slugs) if similar else [slug for slug in slugs if slug == name.lower()]
    return slugs_named(session, kind, name, within, similar=similar)
