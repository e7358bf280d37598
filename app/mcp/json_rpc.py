"""Check the frame of a message (https://www.jsonrpc.org/specification) before the library reads it.

The library would take a message with an invalid `id` for one that expects no response, and describe any other fault by
its own classes.
"""

from typing import Any

from pydantic_core import from_json

INVALID_REQUEST = -32_600  # code of JSON-RPC 2.0
MAX_NAME_LENGTH = 200  # characters of an id or a method, which responses repeat


def frame_error(body: bytes) -> str | None:
    """Return what is wrong with a request or a notification."""
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
