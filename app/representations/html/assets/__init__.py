"""The stylesheet, script and icon of the web pages."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DIGEST_LENGTH = 12  # hex digits of the SHA-256 of the file


@dataclass(frozen=True)
class Asset:
    """A file that pages load, with the start and the end of its name."""

    stem: str
    suffix: str
    media_type: str
    content: bytes

    @cached_property
    def name(self) -> str:
        """The file's name, which changes with its content: clients may keep the file for ever."""
        return f"{self.stem}-{hashlib.sha256(self.content).hexdigest()[:DIGEST_LENGTH]}{self.suffix}"

    @cached_property
    def path(self) -> str:
        """The file's address in this version of the service."""
        return f"/assets/{self.name}"

    def was_named(self, name: str) -> bool:
        """Return whether a name may be that of the file in another version of the service."""
        return re.fullmatch(f"{self.stem}-[0-9a-f]{{{DIGEST_LENGTH}}}\\{self.suffix}", name) is not None


def _read(name: str, media_type: str) -> Asset:
    path = Path(__file__).parent / name
    return Asset(path.stem, path.suffix, media_type, path.read_bytes())


ASSETS: Mapping[str, Asset] = {
    "stylesheet": _read("book.css", "text/css"),
    "script": _read("reader.js", "text/javascript"),
    "icon": _read("icon.svg", "image/svg+xml"),
}
