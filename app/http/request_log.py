"""A line of JSON for each request."""

import json
import os
from datetime import UTC, datetime

from app.errors import shorten
from app.http.checks import OPERATORS_PATHS
from app.http.messages import Request, Response
from app.logs import log_stream


class RequestLog:
    """Log requests, except health checks and metrics; without their queries, unless `with_queries`.

    Lines look like those of structlog, which needs five times as long to write one.
    """

    def __init__(self, *, is_on: bool, with_queries: bool = False) -> None:
        self.is_on = is_on
        self.with_queries = with_queries
        self.worker = os.getpid()

    def write(
        self, request: Request, response: Response, request_id: bytes, route: str, seconds: float, *, is_cache_hit: bool
    ) -> None:
        """Log a request and its response."""
        if not self.is_on or request.path in OPERATORS_PATHS:
            return
        query = {"query": shorten(request.query_string.decode("latin-1"))} if self.with_queries else {}
        line = {
            "event": request.method,
            "route": route or None,
            "path": shorten(request.path),
            **query,
            "status": response.status,
            "bytes": len(response.body),
            "milliseconds": round(seconds * 1000, 3),
            "cache_hit": is_cache_hit,
            "worker": self.worker,
            "request_id": request_id.decode(),
            "level": "info",
            "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        }
        log_stream.write(json.dumps(line) + "\n")
