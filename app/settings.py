"""Every setting of the service: an environment variable `TREATY_GUIDE_…`, typed and described."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _sqlite_file(url: str) -> str:
    if not url.startswith("sqlite:///") or url == "sqlite:///":
        raise ValueError("the store is an SQLite file: write sqlite:///relative.db or sqlite:////absolute/path.db")
    return url


def _public_url(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("write the address with its scheme, such as https://treaties.example.org")
    return url.rstrip("/")


class Settings(BaseSettings):
    """What an operator may choose; the defaults serve the checkout on this machine."""

    model_config = SettingsConfigDict(env_prefix="TREATY_GUIDE_", extra="forbid")

    database_url: Annotated[str, AfterValidator(_sqlite_file)] = Field(
        "sqlite:///treaty-guide.db", description="The store, as an SQLAlchemy URL of an SQLite file."
    )
    seeds: Path = Field(Path("seeds"), description="The folder of guides that `check` and `seed` read by default.")
    public_url: Annotated[str, AfterValidator(_public_url)] = Field(
        "", description="The address under which clients see the service; links are path-absolute while it is empty."
    )
    host: str = Field("127.0.0.1", description="The address that `serve` listens on.")
    port: int = Field(8000, ge=0, le=65535, description="The port that `serve` listens on; 0 picks a free one.")
    workers: int = Field(1, ge=1, le=64, description="How many processes `serve` starts.")
    access_log: bool = Field(True, description="Whether each request is logged in a line.")
    cache_bytes: int = Field(
        67_108_864, ge=0, description="How many bytes of answers each process holds in memory; 0 holds none."
    )
    concurrency: int = Field(
        1000, ge=1, description="How many connections each process takes on; further ones are answered with a 503."
    )
