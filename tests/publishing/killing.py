"""Kill publishers at a chosen time."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from app.content import read_guides
from tests.service import publish_into

# Publishers are forks of a process that has imported the service, so they begin at once.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.publishing.killing"])


def publish_and_kill(store: Path, seeds: Path, seconds: float, *, politely: bool = False) -> bool:
    """Publish seeds in another process and kill it after some seconds; return whether it ended before.

    The signal is SIGKILL, or SIGTERM for `politely`.
    """
    receiving, sending = _context.Pipe(duplex=False)
    publisher = _context.Process(target=_publish, args=(store, seeds, sending))
    publisher.start()
    sending.close()  # so that `recv` fails if the publisher does
    receiving.recv()
    publisher.join(seconds)
    (publisher.terminate if politely else publisher.kill)()
    publisher.join()
    return publisher.exitcode == 0


def _publish(store: Path, seeds: Path, started: Connection) -> None:
    guides = read_guides(seeds)
    started.send(None)
    publish_into(store, guides)
