"""Schemas of downloads: a guide as files."""

from pydantic import Field

from app.schemas.examples import GUIDE_URL, REVISION
from app.schemas.models import Page, PublicModel


class Download(PublicModel):
    """A file with a whole guide. It never changes."""

    title: str = Field(
        description="The format, and which editions the file contains.", examples=["JSON Lines, corrected edition"]
    )
    media_type: str = Field(description="Media type of the file.", examples=["application/jsonl"])
    bytes: int = Field(description="Size of the file in bytes.", examples=[974429])
    sha256: str = Field(
        description="SHA-256 digest of the file in 64 hex digits, as `sha256sum` prints it.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    url: str = Field(
        description="URL of the file, pinned to the revision.",
        examples=[f"{GUIDE_URL}/downloads/jsonl?revision={REVISION}"],
    )


class DownloadPage(Page[Download]):
    """A page of downloads."""
