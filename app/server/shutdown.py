"""Stop without failing requests."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Shutdown:
    """Once it has begun, the service is not ready, and closes connections after responses."""

    has_begun = False


@contextmanager
def delayed_shutdown(seconds: float) -> Iterator[Shutdown]:
    """Let a first SIGTERM begin the shutdown, and the server handle it some seconds later.

    Meanwhile load balancers notice that the service is not ready, and clients that their connections close. A second
    SIGTERM, or Ctrl-C, stops the server at once.
    """
    shutdown = Shutdown()
    loop = asyncio.get_running_loop()
    stop = signal.getsignal(signal.SIGTERM)
    if not callable(stop) or threading.current_thread() is not threading.main_thread():
        yield shutdown
        return

    def begin(number: int, frame: FrameType | None) -> None:
        if shutdown.has_begun:
            stop(number, frame)
        else:
            shutdown.has_begun = True
            loop.call_soon_threadsafe(loop.call_later, seconds, stop, number, frame)

    signal.signal(signal.SIGTERM, begin)
    try:
        yield shutdown
    finally:
        signal.signal(signal.SIGTERM, stop)
