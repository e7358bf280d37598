"""Read downloads."""

import csv
import io
import json
import zipfile
from typing import Any, NamedTuple

import httpx

from tests.service import GUIDE

GUIDE_URL = f"/v1/guides/{GUIDE}"
SEA = "/v1/guides/nowhere-and-the-sea"
NOWHERE = "/v1/guides/treaty-of-nowhere"


class Tables(NamedTuple):
    """The description of CSV tables, and the rows of each as they are in the file."""

    package: dict[str, Any]
    rows: dict[str, list[dict[str, str]]]


def download(client: httpx.Client, guide: str, name: str, edition: str = "corrected") -> bytes:
    """Return a file of a guide."""
    return client.get(f"{guide}/downloads/{name}", params={"edition": edition}).raise_for_status().content


def unzip(content: bytes) -> dict[str, bytes]:
    """Return the files in a zip file by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def read_tables(content: bytes) -> Tables:
    """Return the tables in a zip file of CSV tables."""
    files = unzip(content)
    package = json.loads(files["datapackage.json"])
    return Tables(
        package,
        {
            resource["name"]: list(csv.DictReader(io.StringIO(files[resource["path"]].decode(), newline="")))
            for resource in package["resources"]
        },
    )


def all_items(client: httpx.Client, address: str) -> list[dict[str, Any]]:
    """Return the items on all pages of a list."""
    items: list[dict[str, Any]] = []
    following: str | None = str(httpx.URL(address).copy_merge_params({"limit": 100}))
    while following:
        page = client.get(following).raise_for_status().json()
        items += page["items"]
        following = page["next"]
    return items
