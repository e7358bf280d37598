"""uvicorn's options and the process's limit of open files."""

from contextlib import suppress
from copy import deepcopy
from functools import partial
from typing import Any

from uvicorn.config import LOGGING_CONFIG

from app import limits
from app.server.connections import ConnectionLimits
from app.server.protocol import BoundedProtocol

RESERVED_FILES = 128  # open files of a process besides those of its connections
FILES_PER_CONNECTION = 4  # twice as many connections as allowed may be open, and each may read the store


def server_options(concurrency: int, per_address: int = 0) -> dict[str, Any]:
    """Return keyword arguments for uvicorn, with limits on connections in all and per address."""
    logging = deepcopy(LOGGING_CONFIG)
    logging["handlers"]["default"]["stream"] = "ext://app.logs.log_stream"
    return {
        "http": partial(BoundedProtocol, connection_limits=ConnectionLimits(concurrency, per_address)),
        "ws": "none",
        "timeout_keep_alive": limits.KEEP_ALIVE_S,
        "timeout_graceful_shutdown": limits.SHUTDOWN_S,
        "timeout_worker_healthcheck": limits.WORKER_S,
        "log_config": logging,
        "proxy_headers": False,  # no response depends on the client's address
        "server_header": False,
        "access_log": False,  # the service logs requests itself, with their ids
    }


def raise_open_file_limit(concurrency: int) -> int:
    """Raise the limit of open files; return the number of connections that it allows.

    `concurrency` is the number of connections that are needed. The limit is often 1,024. A connection takes one file,
    and another one while it reads the store. If the hard limit is lower, the limit is raised to that.
    """
    new = FILES_PER_CONNECTION * concurrency + RESERVED_FILES
    with suppress(ImportError, OSError, ValueError):  # Windows has no `resource`
        import resource

        current, maximum = resource.getrlimit(resource.RLIMIT_NOFILE)
        if current != resource.RLIM_INFINITY and current < new:
            new = new if maximum == resource.RLIM_INFINITY else min(new, maximum)
            resource.setrlimit(resource.RLIMIT_NOFILE, (new, maximum))
    return max(1, min(concurrency, (new - RESERVED_FILES) // FILES_PER_CONNECTION))
