"""Run uvicorn."""

import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass

from starlette.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.importer import import_from_string
from uvicorn.supervisors import ChangeReload, Multiprocess

from app.limits import ACCEPTS_PER_TURN
from app.metrics import SharedMemory


def local_url(host: str, port: int) -> str:
    """Return the URL at which programs on this machine reach a socket, by its IP address."""
    address = ipaddress.ip_address(host.partition("%")[0])  # without the zone of IPv6
    if address.is_unspecified:  # such as 0.0.0.0, which stands for all addresses
        address = ipaddress.ip_address("127.0.0.1" if address.version == 4 else "::1")
    return f"http://{address}:{port}" if address.version == 4 else f"http://[{address}]:{port}"


@dataclass(frozen=True)
class AppFactory:
    """Create the application, in each process that uvicorn starts, with memory that these processes share."""

    memory: SharedMemory

    def __call__(self) -> ASGIApp:
        """Return the application."""
        app: ASGIApp = import_from_string("app.main:create_app")(memory=self.memory)
        return app


def run(config: Config, listening: socket.socket) -> None:
    """Serve like `uvicorn.run`, but with several handles of the listening socket.

    uvloop accepts one connection per handle and turn of its loop, however long the turn is.
    """
    listening.listen(config.backlog)  # clients that read the address in the log may connect
    handles = [listening, *(listening.dup() for _ in range(ACCEPTS_PER_TURN - 1))]
    with suppress(KeyboardInterrupt):
        if config.should_reload:
            ChangeReload(config, target=Server(config).run, sockets=[listening]).run()
        elif config.workers > 1:
            Multiprocess(config, sockets=handles).run()
        else:
            Server(config).run(sockets=handles)
