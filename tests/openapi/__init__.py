"""What others make of the OpenAPI document: linters, a tester that makes requests up, and generators of clients."""

from pathlib import Path

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules/.bin"
