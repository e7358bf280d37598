"""A real server over a real store: what the tests talk to."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from starlette.types import ASGIApp

from app.content import Guide, read_guides
from app.database import transaction, writing_engine
from app.main import create_app
from app.migrating import migrate
from app.publishing import Publication, publish
from app.settings import Settings

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SAMPLE = Path(__file__).parent / "sample"
GUIDE = "us-japan-security-treaty"


def publish_into(store: Path, guides: list[Guide]) -> list[Publication]:
    """Publish guides into a store that the migrations made."""
    engine = writing_engine(url_of(store))
    try:
        migrate(engine)
        with transaction(engine) as session:
            return publish(session, *guides)
    finally:
        engine.dispose()


def seed(store: Path, seeds: Path) -> list[Publication]:
    """Publish a folder of seeds."""
    return publish_into(store, read_guides(seeds))


def url_of(store: Path) -> str:
    return f"sqlite:///{store}"


@contextmanager
def serving(store: Path, **settings: object) -> Iterator[httpx.Client]:
    """A client of a server on a loopback port; connections wait in the socket until the server takes them."""
    app = create_app(Settings(database_url=url_of(store), access_log=False, **settings))  # type: ignore[arg-type]
    with serving_app(app) as client:
        yield client


@contextmanager
def serving_app(app: ASGIApp) -> Iterator[httpx.Client]:
    """A client of any application on a loopback port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


def copy_of(seeds: Path, target: Path) -> Path:
    """Seeds that a test may change."""
    return Path(shutil.copytree(seeds, target))
