"""Fixtures of the tests of routers."""

from typing import Any

import httpx
import pytest


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    """The served document."""
    document: dict[str, Any] = client.get("/openapi.json").json()
    return document
