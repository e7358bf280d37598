"""Check that a message is a request or notification of JSON-RPC 2.0 (https://www.jsonrpc.org/specification).

The library, which reads it afterwards, would treat a message with an invalid `id` as a notification, so that its sender
gets no response. Its descriptions of other mistakes name its own classes.
"""

from typing import Any

from pydantic_core import from_json

INVALID_REQUEST = -32_600  # code of JSON-RPC 2.0
MAX_NAME_LENGTH = 200  # characters of an id or a method, which responses repeat


def message_error(body: bytes) -> str | None:
    """Return a sentence that says what is wrong with a message, or None."""
    try:
        message = from_json(body)
    except ValueError:
        return None  # the library refuses text that is no JSON
    if not isinstance(message, dict):
        return "Send one message, as an object; batches are not supported."
    if message.get("jsonrpc") != "2.0":
        return 'A message has `"jsonrpc": "2.0"`.'
    if not _is_name(message.get("method")):
        return f"The `method` of a message is a text of at most {MAX_NAME_LENGTH} characters."
    if "id" in message and not (type(message["id"]) is int or _is_name(message["id"])):
        return f"The `id` of a request is an integer, or a text of at most {MAX_NAME_LENGTH} characters."
    if not isinstance(message.get("params"), dict | None):
        return "The `params` of a message are an object."
    return None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_NAME_LENGTH
