"""The OpenAPI document in linters, a property-based tester and client generators."""

from pathlib import Path

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules/.bin"
