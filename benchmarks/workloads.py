"""The workloads, and the servers that each one measures."""

from typing import Literal, NamedTuple

SECTION = "history"
CONNECTIONS, MANY_CONNECTIONS = 20, 300  # the naive service comes to a standstill at 50

CACHED, UNCACHED = "treaty-guide", "with its cache off"
BEFORE, BEFORE_UNCACHED = "before", "before, cache off"  # another checkout, if one is given
BARE, BARE_LIMITED, BARE_BRIEF = "bare function", "bare, our limits", "bare, three headers"
NAIVE, NAIVE_BRIEF = "naive", "naive, brief"
DATASETTE, JSON_SERVER = "Datasette", "json-server"


class URLs(NamedTuple):
    """URL templates of a server: a section by its slug, the list of sections, and a search."""

    section: str
    sections: str
    search: str


_guide = "/v1/guides/us-japan-security-treaty"
_own = URLs(f"{_guide}/sections/{{}}", f"{_guide}/sections?limit=20", "/v1/search?limit=20&q={}")
_naive_search = "/search?limit=20&q={}"
ADDRESSES = {
    **dict.fromkeys((CACHED, UNCACHED, BEFORE, BEFORE_UNCACHED), _own),
    NAIVE: URLs("/whole-sections/{}", "/whole-sections?limit=20", _naive_search),
    NAIVE_BRIEF: URLs("/sections/{}", "/sections?limit=20", _naive_search),
    DATASETTE: URLs(
        "/guide/section/{}.json?_shape=array",
        "/guide/section.json?_shape=array&_size=20",
        "/guide/passage.json?_shape=array&_size=20&_search={}",
    ),
    JSON_SERVER: URLs("/sections/{}", "/sections?_page=1&_limit=20", "/sections?_page=1&_limit=20&q={}"),
}
OURS, BARES, PEERS = (CACHED, BEFORE), (BARE, BARE_LIMITED, BARE_BRIEF), (NAIVE, DATASETTE, JSON_SERVER)


class Workload(NamedTuple):
    """Requests to measure: a kind of URL and the values of its template."""

    name: str
    address: Literal["section", "sections", "search"] = "section"
    values: Literal["one section", "all sections", "queries"] = "one section"
    columns: tuple[str, ...] = (*OURS, *BARES, *PEERS)
    coding: str | None = None
    accept: str | None = None
    is_conditional: bool = False  # with the response's ETag, so that it is a 304
    connections: int = CONNECTIONS


COLUMNS = (CACHED, UNCACHED, BEFORE, BEFORE_UNCACHED, *BARES, NAIVE, NAIVE_BRIEF, DATASETTE, JSON_SERVER)
ONE = Workload("a section", columns=COLUMNS)
EACH = Workload("every section in turn", values="all sections", columns=COLUMNS)
NOT_MODIFIED = Workload("a section, 304", columns=(*OURS, BARE, BARE_LIMITED, *PEERS), is_conditional=True)
CODED = [
    Workload(f"a section, {coding}", columns=(*OURS, BARE, BARE_LIMITED, *PEERS), coding=coding)
    for coding in ("br", "gzip")
]
PAGES = Workload(
    "every section as a web page",
    values="all sections",
    columns=(CACHED, UNCACHED, BEFORE, BEFORE_UNCACHED),
    accept="text/html",
)
LIST = Workload("the list of sections", "sections", columns=COLUMNS)
SEARCH = Workload("distinct searches", "search", values="queries", columns=(*OURS, *PEERS))
MANY = Workload(f"a section, {MANY_CONNECTIONS} connections", connections=MANY_CONNECTIONS)

WORKLOADS = (ONE, EACH, NOT_MODIFIED, *CODED, PAGES, LIST, SEARCH, MANY)


class Target(NamedTuple):
    """The minimum ratio of the rates of two servers or workloads."""

    numerator: tuple[Workload, str]
    denominator: tuple[Workload, str]
    ratio: float


PROMISES = [
    Target((ONE, CACHED), (ONE, BARE), 0.8),
    Target((ONE, CACHED), (ONE, BARE_LIMITED), 0.85),
    Target((ONE, CACHED), (ONE, NAIVE), 20),
    Target((ONE, CACHED), (ONE, NAIVE_BRIEF), 15),
    Target((NOT_MODIFIED, CACHED), (ONE, CACHED), 1),
    Target((ONE, UNCACHED), (ONE, NAIVE), 2),
    Target((EACH, UNCACHED), (EACH, NAIVE), 2),
    Target((LIST, UNCACHED), (LIST, NAIVE), 2),
]
# Compared with another checkout; noise alone makes a few percent.
NO_SLOWER = [
    *(Target((workload, CACHED), (workload, BEFORE), 0.9) for workload in WORKLOADS),
    *(Target((workload, UNCACHED), (workload, BEFORE_UNCACHED), 0.9) for workload in (ONE, EACH, PAGES, LIST)),
]
