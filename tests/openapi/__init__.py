"""The OpenAPI document in other tools: linters, a property-based tester and generators of clients."""

from pathlib import Path

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules/.bin"
