"""Private members of uvicorn that `app.server` uses: a failure here explains a change."""

import asyncio
import inspect
import re

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from app.server.transports import CONTINUE

OVERRIDDEN = {
    "connection_made": ["self", "transport"],
    "connection_lost": ["self", "exc"],
    "data_received": ["self", "data"],
    "eof_received": ["self"],
    "on_message_begin": ["self"],
    "on_headers_complete": ["self"],
    "on_body": ["self", "body"],
    "on_message_complete": ["self"],
    "on_response_complete": ["self"],
    "send_400_response": ["self", "msg"],
    "pause_writing": ["self"],
    "resume_writing": ["self"],
    "shutdown": ["self"],
    "timeout_keep_alive_handler": ["self"],
    "_start_asgi_task": ["self", "cycle", "app"],
    "_unsupported_upgrade_warning": ["self"],
}
ATTRIBUTES = {
    "access_log",
    "access_logger",
    "app",
    "app_state",
    "client",
    "connections",
    "cycle",
    "flow",
    "headers",
    "logger",
    "loop",
    "_unset_keepalive_if_required",
    "parser",
    "pipeline",
    "scope",
    "server_state",
    "transport",
    "url",
}
EXPLANATION = "Compare app/server/protocol.py with this version of uvicorn, then pin it in pyproject.toml."


def test_uvicorn_has_the_minor_version_that_the_protocol_was_written_for() -> None:
    assert uvicorn.__version__.startswith("0.54."), EXPLANATION


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_an_overridden_method_has_the_same_parameters(name: str) -> None:
    method = getattr(HttpToolsProtocol, name, None)
    assert method, f"uvicorn's protocol has no {name}. {EXPLANATION}"
    assert list(inspect.signature(method).parameters) == OVERRIDDEN[name], EXPLANATION


def test_the_protocol_has_the_attributes_that_are_used() -> None:
    async def missing() -> set[str]:
        config = uvicorn.Config("app.main:create_app", factory=True)
        config.load()
        protocol = HttpToolsProtocol(config, ServerState(), {})
        protocol.on_message_begin()
        return {name for name in ATTRIBUTES if not hasattr(protocol, name)}

    assert asyncio.run(missing()) == set(), EXPLANATION


def test_a_request_cycle_is_made_from_the_same_arguments() -> None:
    parameters = inspect.signature(RequestResponseCycle).parameters
    assert set(parameters) == {
        "scope",
        "transport",
        "flow",
        "logger",
        "access_logger",
        "access_log",
        "default_headers",
        "message_event",
        "expect_100_continue",
        "keep_alive",
        "on_response",
    }, EXPLANATION


def test_a_request_cycle_reads_the_body_from_the_same_attributes() -> None:
    source = inspect.getsource(RequestResponseCycle.receive)
    assert all(name in source for name in ("self.body", "self.more_body", "self.message_event")), EXPLANATION


def test_a_request_cycle_uses_only_the_members_of_its_transport_that_a_response_writer_has() -> None:
    used = re.findall(r"self\.transport\.(\w+)", inspect.getsource(RequestResponseCycle))
    assert set(used) == {"close", "is_closing", "write"}, f"Add the others to ResponseWriter. {EXPLANATION}"


def test_a_request_cycle_asks_for_the_body_with_the_bytes_that_a_response_writer_does_not_keep() -> None:
    assert repr(CONTINUE) in inspect.getsource(RequestResponseCycle.receive).replace('"', "'"), EXPLANATION
