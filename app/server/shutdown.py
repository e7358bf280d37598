"""Stop without failing requests."""

import asyncio
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class Shutdown:
    """Once it has begun, the service is not ready, and closes connections after responses."""

    has_begun = False


@contextmanager
def delayed_shutdown(seconds: float) -> Iterator[Shutdown]:
    """Let a first SIGTERM or SIGHUP begin the shutdown, and the server handle it some seconds later.

    Meanwhile load balancers notice that the service is not ready, and clients that their connections close. A second
    signal, Ctrl-C, or the death of the parent of several workers stops the server at once.
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

    handlers: dict[int, Any] = {signal.SIGTERM: stop}
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # `nohup` ignores it
        handlers[signal.SIGHUP] = signal.SIG_DFL
    for number in handlers:
        signal.signal(number, begin)
    with _watched_parent(loop, lambda: stop(signal.SIGTERM, None)):
        try:
            yield shutdown
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)


@contextmanager
def _watched_parent(loop: asyncio.AbstractEventLoop, stop: Callable[[], Any]) -> Iterator[None]:
    """Call a function once if this process is a worker and its parent ends, by `kill -9` for example."""
    parent = multiprocessing.parent_process()
    if not parent or sys.platform == "win32":
        yield
        return

    def stop_once() -> None:
        loop.remove_reader(parent.sentinel)
        stop()

    loop.add_reader(parent.sentinel, stop_once)
    try:
        yield
    finally:
        loop.remove_reader(parent.sentinel)
