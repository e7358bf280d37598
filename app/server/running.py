"""Run uvicorn."""

from contextlib import suppress

from uvicorn import Config, Server
from uvicorn.supervisors import ChangeReload, Multiprocess

from app.limits import ACCEPTS_PER_TURN


def run(config: Config) -> None:
    """Serve until a signal arrives, like `uvicorn.run`, but with several handles of the listening socket.

    uvloop accepts one connection per handle and turn of its loop, however long the turn is.
    """
    listening = config.bind_socket()
    listening.listen(config.backlog)  # clients that read the address in the log may connect
    handles = [listening, *(listening.dup() for _ in range(ACCEPTS_PER_TURN - 1))]
    with suppress(KeyboardInterrupt):
        if config.should_reload:
            ChangeReload(config, target=Server(config).run, sockets=[listening]).run()
        elif config.workers > 1:
            Multiprocess(config, sockets=handles).run()
        else:
            Server(config).run(sockets=handles)
