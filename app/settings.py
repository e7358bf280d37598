"""Settings of the service, read from environment variables `TREATY_GUIDE_...`."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "TREATY_GUIDE_"
MAX_PORT = 65_535
POSTGRESQL = "postgresql+psycopg://"
DEFAULT_LOCAL_URL = "http://127.0.0.1:8000"

# RFC 3986 without user, query and fragment; international names are written in ASCII.
_public_url = re.compile(
    r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
)
_content_signal = re.compile(r"(search|ai-input|ai-train)=(yes|no)")


def _check_database_url(url: str) -> str:
    if url.startswith(POSTGRESQL):
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            make_url(url)
        except (ArgumentError, ValueError):
            raise ValueError(f"write {POSTGRESQL}user:password@host:port/database") from None  # without the password
    elif not url.startswith("sqlite:///") or url == "sqlite:///":
        raise ValueError(
            "the store is an SQLite file: write sqlite:///relative.db or sqlite:////absolute/path.db, or for a ledger"
            f" in PostgreSQL {POSTGRESQL}user:password@host:port/database"
        )
    return url


def _check_public_url(url: str) -> str:
    if not url:
        return url
    if not (match := _public_url.fullmatch(url)):
        raise ValueError(
            "write a scheme, a host and perhaps a port and a path, such as https://treaties.example.org; spaces, line"
            " breaks and other characters that a URL does not have are not allowed"
        )
    if match["port"] and not 1 <= int(match["port"]) <= MAX_PORT:
        raise ValueError(f"a port is a number from 1 to {MAX_PORT}")
    return url.rstrip("/")


def _check_content_signal(line: str) -> str:
    """Return the line in the form of https://contentsignals.org, or raise a `ValueError`."""
    signals = [signal.strip() for signal in line.split(",")] if line.strip() else []
    names = [signal.partition("=")[0] for signal in signals]
    if not all(map(_content_signal.fullmatch, signals)) or len(set(names)) < len(names):
        raise ValueError("write search, ai-input or ai-train with yes or no, such as search=yes, ai-train=no")
    return ", ".join(signals)


class Settings(BaseSettings):
    """Settings of the service; the defaults suit a checkout on a developer's machine."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    database_url: Annotated[str, AfterValidator(_check_database_url)] = Field(
        "sqlite:///treaty-guide.db",
        description="SQLite file of the store, or PostgreSQL database of the ledger, as an SQLAlchemy URL.",
    )
    read_model: Path = Field(
        Path("read-model.db"),
        description="With PostgreSQL: SQLite file that is served. It is made from the ledger, and replaced after each"
        " publication.",
    )
    seeds: Path = Field(Path("seeds"), description="Folder of guides that `check` and `seed` read by default.")
    public_url: Annotated[str, AfterValidator(_check_public_url)] = Field(
        "",
        description="Public URL of the service. If empty, links are paths such as `/v1/guides`.",
    )
    local_url: Annotated[str, AfterValidator(_check_public_url)] = Field(
        DEFAULT_LOCAL_URL,
        min_length=1,
        description="Base of the URLs in citations if there is no public URL. `serve` sets it to the address that it"
        " listens on.",
    )
    content_signal: Annotated[str, AfterValidator(_check_content_signal)] = Field(
        "",
        description="What crawlers may use the content for, as a line of robots.txt (contentsignals.org), such as"
        " `search=yes, ai-train=no`. If empty, there is no such line.",
    )
    host: str = Field("127.0.0.1", description="Address that `serve` listens on.")
    port: int = Field(8000, ge=0, le=MAX_PORT, description="Port that `serve` listens on; 0 picks a free one.")
    workers: int = Field(1, ge=1, le=64, description="Number of processes that `serve` starts.")
    mcp: bool = Field(True, description="Offer the tools for agents at `/mcp` (Model Context Protocol).")
    access_log: bool = Field(True, description="Log each request, except health checks, as a line of JSON.")
    log_queries: bool = Field(
        False, description="Add the query of each request to its line: what people search for and quote."
    )
    metrics: bool = Field(True, description="Serve metrics for Prometheus at `/metrics`.")
    cache_bytes: int = Field(
        67_108_864, ge=0, description="Size of each process's response cache in bytes; 0 turns caching off."
    )
    concurrency: int = Field(
        1000,
        ge=1,
        description="Maximum number of connections to each process; more replace those that wait for their clients.",
    )
    connections_per_address: int = Field(
        500,
        ge=0,
        description="Maximum number of connections from one client address to each process. 0 is no limit: use it"
        " behind a proxy, from whose address all connections come.",
    )
    shutdown_delay: float = Field(
        2,
        ge=0,
        le=300,
        description="Seconds between SIGTERM and the end of the service, in which it is not ready but still responds.",
    )

    @property
    def has_postgresql(self) -> bool:
        """Return whether the ledger is in PostgreSQL, not in the SQLite file that is served."""
        return self.database_url.startswith(POSTGRESQL)
