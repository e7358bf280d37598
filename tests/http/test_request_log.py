"""The line that the log has for each request."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from app.http import request_log
from app.http.messages import Request, Response
from app.http.request_log import RequestLog
from app.urls import URLs
from tests.service import SAMPLE, seed, serving_process

ADDRESSES = {
    "rendered": "/v1/search?q=secret",
    "cached": "/v1/search?q=secret",
    "unknown": "/v1/nowhere?q=secret",
    "ready": "/health/ready",
    "live": "/health/live",
    "metrics": "/metrics",
}


def log_lines(store: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Return the log lines of the addresses by request id."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    seed(store, SAMPLE)
    with serving_process(store) as (client, process):
        for name, address in ADDRESSES.items():
            client.get(address, headers={"X-Request-ID": name, "Accept-Encoding": "identity"})
        process.terminate()
        log = process.communicate()[1]
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert all(line["worker"] == process.pid for line in lines)
    assert ("secret" in log) == bool(environment)
    return {line["request_id"]: line for line in lines}


def test_a_request_is_a_line_and_a_health_check_is_none(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = log_lines(store, monkeypatch)
    assert lines.keys() == {"rendered", "cached", "unknown"}
    rendered, cached, unknown = lines.values()
    for line in (rendered, cached):
        assert (line["event"], line["route"], line["path"]) == ("GET", "/v1/search", "/v1/search")
        assert (line["status"], line["level"]) == (200, "info")
        assert line["bytes"] == rendered["bytes"] > 100
        assert line["milliseconds"] > 0
    assert (rendered["cache_hit"], cached["cache_hit"]) == (False, True)
    assert (unknown["route"], unknown["status"], unknown["cache_hit"]) == (None, 404, False)


def test_queries_are_logged_if_a_setting_says_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = log_lines(store, monkeypatch, TREATY_GUIDE_LOG_QUERIES="true")
    assert lines["cached"]["query"] == "q=secret"


def test_a_duration_has_microseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(request_log, "log_stream", written)
    scope = {"type": "http", "method": "GET", "path": "/v1/guides", "query_string": b"", "headers": []}
    RequestLog(is_on=True).write(
        Request(scope, URLs()), Response(200, []), b"id", "/v1/guides", 0.0000314159, is_cache_hit=True
    )
    assert json.loads(written.getvalue())["milliseconds"] == 0.031
