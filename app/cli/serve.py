"""`treaty-guide serve`."""

import os
from contextlib import nullcontext
from typing import Annotated

import typer

from app.cli.console import load_settings, postgresql_of


def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.", show_default="8000")] = None,
    workers: Annotated[int | None, typer.Option(help="The number of processes.", show_default="1")] = None,
    reload: Annotated[bool, typer.Option("--reload", help="Restart when the code changes.")] = False,
    no_access_log: Annotated[bool, typer.Option("--no-access-log", help="Do not log each request.")] = False,
) -> None:
    """Serve the published guides over HTTP until interrupted.

    Options override environment variables.
    """
    from uvicorn import Config

    from app.metrics import SharedMemory
    from app.server.following import following
    from app.server.options import raise_open_file_limit, server_options
    from app.server.running import AppFactory, local_url, run
    from app.store.engines import store_path

    options = {"host": host, "port": port, "workers": workers, "access_log": False if no_access_log else None}
    settings = load_settings(**{name: value for name, value in options.items() if value is not None})
    if reload and settings.workers > 1:
        raise typer.BadParameter("--reload works with one worker; leave out --workers.")
    store = store_path(settings)
    if not store.exists():
        typer.echo("There is no store yet: every guide will be missing until you run `treaty-guide seed`.", err=True)
    postgresql_of(settings)  # fails without psycopg
    # Workers are separate processes, which read their settings from the environment.
    os.environ["TREATY_GUIDE_ACCESS_LOG"] = str(settings.access_log)
    concurrency = raise_open_file_limit(settings.concurrency)
    if concurrency < settings.concurrency:
        typer.echo(f"The system allows files for {concurrency} connections only; raise `ulimit -n`.", err=True)
    config = Config(
        AppFactory(SharedMemory(2 * settings.workers)),  # a worker may start before the one that it replaces has ended
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        reload=reload,
        **server_options(concurrency, settings.connections_per_address),
    )
    listening = config.bind_socket()
    os.environ["TREATY_GUIDE_LOCAL_URL"] = local_url(*listening.getsockname()[:2])
    with following(store, settings.database_url) if settings.has_postgresql else nullcontext():
        run(config, listening)
