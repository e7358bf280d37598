"""Imports between the packages of `app` go downward only, so there are no cycles, and no module is long."""

import ast
from pathlib import Path

import pytest

from tests.service import ROOT

# From top to bottom; what shares a line may not import each other.
LAYERS = (
    "main",
    "cli",
    "mcp",
    "routers",
    "server",
    "http",
    "publishing",
    "downloads",
    "representations",
    "queries",
    "search",
    "store",
    "ledger",
    "schemas",
    "content urls",
    "text",
    "errors settings logs metrics",
    "formats limits zstd",
)
HEIGHTS = {name: -height for height, names in enumerate(LAYERS) for name in names.split()}


MODULES = sorted((ROOT / "app").rglob("*.py"))
MAX_LINES = 250  # of a module


def imported_packages(path: Path) -> set[str]:
    """Return the packages of `app` that a module imports, also inside functions."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "app":
            modules.update(f"app.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module)
    return {parts[1] for module in modules if len(parts := module.split(".")) > 1 and parts[0] == "app"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_lower_packages(path: Path) -> None:
    package = path.relative_to(ROOT / "app").parts[0].removesuffix(".py")
    if package == "__init__":
        return
    others = imported_packages(path) - {package, "__version__"}
    assert {other for other in others if HEIGHTS[other] >= HEIGHTS[package]} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "app/mcp").glob("*.py")), ids=lambda path: path.name)
def test_tools_for_agents_know_http_only_where_messages_arrive(path: Path) -> None:
    above = {name for name in HEIGHTS if HEIGHTS["http"] <= HEIGHTS[name] < HEIGHTS["mcp"]}
    assert not imported_packages(path) & above or path.name in {"route.py", "transport.py"}


def test_every_package_has_a_layer() -> None:
    packages = {path.name.removesuffix(".py") for path in (ROOT / "app").iterdir() if not path.name.startswith("__")}
    assert packages == HEIGHTS.keys()


def test_no_module_is_long() -> None:
    assert [path for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > MAX_LINES] == []
