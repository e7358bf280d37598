"""Fixtures of the tests of routers."""

import json
from typing import Any

import httpx
import pytest

from app import schemas
from tests.service import GUIDE


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    """The served document, with the current revision instead of the one in its examples, which is made up."""
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    document: dict[str, Any] = json.loads(client.get("/openapi.json").text.replace(schemas.REVISION, revision))
    return document
