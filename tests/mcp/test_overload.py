"""A tool for which the service has no time."""

from pathlib import Path

import pytest

from app.mcp import transport
from tests.service import SAMPLE, seed, serving


def test_a_call_that_takes_too_long_gets_a_503(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_TOOL_S", 0)
    seed(store, SAMPLE)
    with serving(store) as client:
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        response = client.post("/mcp", json=message, headers={"Accept": "application/json"})
    assert response.status_code == 503
    assert response.headers["retry-after"]
