"""Keep a copy of all guides up to date: `python examples/sync.py http://127.0.0.1:8000 FOLDER`.

`/v1/changes` tells which guides to look at, and ETags which of their sections to download.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx


def sync(service: httpx.Client, folder: Path) -> None:
    """Bring a folder up to date; it has a JSON file for each guide and each section, at its address."""
    state_file = folder / "state.json"
    state = json.loads(state_file.read_text()) if state_file.exists() else {"since": "0", "etags": {}}
    guides: set[str] = set()
    page = {"next": f"/v1/changes?since={state['since']}&limit=100"}
    while page["next"]:
        page = service.get(page["next"]).raise_for_status().json()
        guides |= {slug for change in page["items"] for slug in (change["guide"], *change["formerly"])}
    for slug in guides:
        _sync_guide(service, folder, state["etags"], f"/v1/guides/{slug}")
    folder.mkdir(parents=True, exist_ok=True)
    state_file.write_text(json.dumps(state | {"since": page["next_cursor"]}))


def _sync_guide(service: httpx.Client, folder: Path, etags: dict[str, str], address: str) -> None:
    guide = _fetch(service, folder, etags, address)
    sections = {httpx.URL(entry["url"]).path for entry in _entries(guide["contents"])} if guide else set()
    for section in sections:
        _fetch(service, folder, etags, section)
    known = {path for path in etags if path == address or path.startswith(f"{address}/")}
    for path in known - sections - ({address} if guide else set()):
        _file(folder, path).unlink(missing_ok=True)
        del etags[path]


def _fetch(service: httpx.Client, folder: Path, etags: dict[str, str], address: str) -> Any:
    """Return the content of an address, downloaded only if it changed; None if it was renamed or withdrawn."""
    file = _file(folder, address)
    response = service.get(address, headers={"If-None-Match": etags[address]} if address in etags else {})
    if response.status_code in {308, 404, 410}:
        return None
    if response.status_code != 304:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(response.raise_for_status().content)
        etags[address] = response.headers["etag"]
    return json.loads(file.read_bytes())


def _entries(contents: list[Any]) -> Iterator[Any]:
    for entry in contents:
        yield entry
        yield from _entries(entry["children"])


def _file(folder: Path, address: str) -> Path:
    return folder / f"{address.lstrip('/')}.json"


if __name__ == "__main__":
    with httpx.Client(base_url=sys.argv[1]) as client:
        sync(client, Path(sys.argv[2]))
