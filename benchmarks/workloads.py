"""The workloads, and the servers that each one measures."""

from typing import Literal, NamedTuple

SECTION = "history"
CONNECTIONS, MANY_CONNECTIONS = 20, 300  # at 50 the naive service comes to a standstill already

HELD, MADE = "treaty-guide", "with its cache off"
BARE, BARE_BOUNDED, BARE_THREE = "bare function", "bare, our bounds", "bare, three fields"
NAIVE, NAIVE_BRIEF = "naive", "naive, brief"
DATASETTE, JSON_SERVER = "Datasette", "json-server"


class URLs(NamedTuple):
    """Where a server has a section, by its slug, the list of them, and a search for words; braces stand for either."""

    section: str
    sections: str
    search: str


_guide = "/v1/guides/us-japan-security-treaty"
_own = URLs(f"{_guide}/sections/{{}}", f"{_guide}/sections?limit=20", "/v1/search?limit=20&q={}")
_naive_search = "/search?limit=20&q={}"
ADDRESSES = {
    HELD: _own,
    MADE: _own,
    NAIVE: URLs("/whole-sections/{}", "/whole-sections?limit=20", _naive_search),
    NAIVE_BRIEF: URLs("/sections/{}", "/sections?limit=20", _naive_search),
    DATASETTE: URLs(
        "/guide/section/{}.json?_shape=array",
        "/guide/section.json?_shape=array&_size=20",
        "/guide/passage.json?_shape=array&_size=20&_search={}",
    ),
    JSON_SERVER: URLs("/sections/{}", "/sections?_page=1&_limit=20", "/sections?_page=1&_limit=20&q={}"),
}
BARES, PEERS = (BARE, BARE_BOUNDED, BARE_THREE), (NAIVE, DATASETTE, JSON_SERVER)


class Workload(NamedTuple):
    """One thing to ask, by the kind of address and by what its braces stand for."""

    name: str
    address: Literal["section", "sections", "search"] = "section"
    of: Literal["a section", "each section", "questions"] = "a section"
    columns: tuple[str, ...] = (HELD, *BARES, *PEERS)
    coding: str | None = None
    is_held: bool = False  # by the client, which has the entity tag
    connections: int = CONNECTIONS


COLUMNS = (HELD, MADE, *BARES, NAIVE, NAIVE_BRIEF, DATASETTE, JSON_SERVER)
ONE = Workload("a section", columns=COLUMNS)
EACH = Workload("every section in turn", of="each section", columns=COLUMNS)
NOT_MODIFIED = Workload("a section, 304", columns=(HELD, BARE, BARE_BOUNDED, *PEERS), is_held=True)
CODED = [
    Workload(f"a section, {coding}", columns=(HELD, BARE, BARE_BOUNDED, *PEERS), coding=coding)
    for coding in ("br", "gzip")
]
LIST = Workload("the list of sections", "sections", columns=COLUMNS)
SEARCH = Workload("distinct searches", "search", of="questions", columns=(HELD, *PEERS))
MANY = Workload(f"a section, {MANY_CONNECTIONS} connections", connections=MANY_CONNECTIONS)

WORKLOADS = (ONE, EACH, NOT_MODIFIED, *CODED, LIST, SEARCH, MANY)


class Promise(NamedTuple):
    """How many times the rate of another server that of one is at the least; each with its workload."""

    one: tuple[Workload, str]
    other: tuple[Workload, str]
    times: float


PROMISES = [
    Promise((ONE, HELD), (ONE, BARE), 0.8),
    Promise((ONE, HELD), (ONE, BARE_BOUNDED), 0.85),
    Promise((ONE, HELD), (ONE, NAIVE), 20),
    Promise((ONE, HELD), (ONE, NAIVE_BRIEF), 15),
    Promise((NOT_MODIFIED, HELD), (ONE, HELD), 1),
    Promise((ONE, MADE), (ONE, NAIVE), 2),
    Promise((EACH, MADE), (EACH, NAIVE), 2),
    Promise((LIST, MADE), (LIST, NAIVE), 2),
]
