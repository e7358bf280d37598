"""Settings, read from environment variables with the prefix `TREATY_GUIDE_`."""

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
    """Settings with defaults for development: serve this checkout on the loopback interface."""

    model_config = SettingsConfigDict(env_prefix="TREATY_GUIDE_", extra="forbid")

    database_url: Annotated[str, AfterValidator(_sqlite_file)] = Field(
        "sqlite:///treaty-guide.db",
        description="SQLAlchemy URL of the store, an SQLite file: `sqlite:///relative.db` or `sqlite:////absolute.db`.",
    )
    seeds: Path = Field(Path("seeds"), description="Folder of the seed files that `check` and `seed` read by default.")
    public_url: Annotated[str, AfterValidator(_public_url)] = Field(
        "",
        description="Public URL, such as `https://treaties.example.org`; links are path-absolute if it is empty.",
    )
    host: str = Field("127.0.0.1", description="IP address or host name that `serve` listens on.")
    port: int = Field(8000, ge=0, le=65535, description="TCP port that `serve` listens on; 0 selects a free one.")
    workers: int = Field(1, ge=1, le=64, description="Number of processes that `serve` starts.")
    access_log: bool = Field(True, description="Log one line per request.")
    cache_bytes: int = Field(
        67_108_864, ge=0, description="Size of the response cache of each process, in bytes; 0 disables it."
    )
    concurrency: int = Field(
        1000, ge=1, description="Maximum number of connections per process; further ones get a 503."
    )
