"""The library is imported with the first message, not before."""

import subprocess
import sys

from tests.service import ROOT

SCRIPT = """
import sys
from pathlib import Path
from tests.mcp.json_rpc import rpc
from tests.service import SAMPLE, seed, serving

store = Path(sys.argv[1])
seed(store, SAMPLE)
libraries = {"mcp", "mcp_types", "httpx2"}
with serving(store) as client:
    assert client.get("/v1/guides").status_code == 200
    assert client.get("/mcp").status_code == 405
    print(sorted(libraries & sys.modules.keys()))
    rpc(client, "ping")
    print(sorted(libraries & sys.modules.keys()))
"""


def test_the_library_is_imported_with_the_first_message(store: object) -> None:
    output = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(store)], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout
    assert output.splitlines() == ["[]", "['httpx2', 'mcp', 'mcp_types']"]
