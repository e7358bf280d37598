import getpass
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.service import ROOT, SEEDS, seed, serving_process

DEPLOY = ROOT / "docs/deploy"
NAME = "treaties.example.org"

# What Debian's nginx.conf has around the file in conf.d, but in a folder of its own.
NGINX = """
daemon off;
user {user};
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


class Service:
    """The service on a fixed port, which can be stopped and started again."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.port = free_port()
        self.start()

    def start(self) -> None:
        self._running = serving_process(self.store, "--port", str(self.port), "--no-access-log")
        self._running.__enter__()

    def stop(self) -> None:
        self._running.__exit__(None, None, None)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    store = tmp_path / "store.db"
    seed(store, SEEDS)
    service = Service(store)
    yield service
    service.stop()


Start = Callable[[list[str], str], httpx.Client]


@pytest.fixture
def start_proxy() -> Iterator[Start]:
    """Return a function that runs a command and waits until its address accepts connections."""
    stack = ExitStack()

    def start(command: list[str], address: str) -> httpx.Client:
        process = stack.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        stack.callback(process.terminate)
        # httpx waits longer before each further attempt.
        transport = httpx.HTTPTransport(verify=False, retries=8)
        client = httpx.Client(base_url=address, transport=transport, headers={"Host": NAME}, timeout=30)
        stack.enter_context(client).get("/health/live")
        return client

    with stack:
        yield start


@pytest.fixture
def nginx(tmp_path: Path, service: Service, start_proxy: Start) -> httpx.Client:
    """Run nginx with the example's configuration, in front of the service."""
    return start_nginx(tmp_path, start_proxy, {"127.0.0.1:8000": f"127.0.0.1:{service.port}"})


def start_nginx(folder: Path, start_proxy: Start, replaced: dict[str, str]) -> httpx.Client:
    """Run nginx with the example's configuration, in which texts are replaced."""
    port = free_port()
    certificate, key = f"{folder}/certificate.pem", f"{folder}/key.pem"
    request = ["-subj", f"/CN={NAME}", "-keyout", key, "-out", certificate]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(["openssl", "req", "-x509", *curve, *request], check=True, capture_output=True)
    replaced = replaced | {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        f"/etc/ssl/certs/{NAME}.pem": certificate,
        f"/etc/ssl/private/{NAME}.key": key,
        "/var/cache/nginx/treaty-guide": str(folder / "cache"),
    }
    (folder / "conf.d").mkdir(exist_ok=True)
    write_example("nginx.conf", replaced, folder / "conf.d/treaty-guide.conf")
    main = folder / "nginx.conf"
    main.write_text(NGINX.format(folder=folder, user=getpass.getuser()))
    command = ["nginx", "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(main)]
    subprocess.run([*command, "-t"], check=True)
    return start_proxy(command, f"https://127.0.0.1:{port}")


@pytest.fixture
def caddy(tmp_path: Path, service: Service, start_proxy: Start) -> httpx.Client:
    """Run Caddy in front of the service with the example's configuration, without certificates."""
    port = free_port()
    replaced = {
        "{\n\tservers": "{\n\tadmin off\n\tservers",
        f"{NAME} {{": f"http://{NAME}:{port} {{",
        "127.0.0.1:8000": f"127.0.0.1:{service.port}",
    }
    configuration = tmp_path / "Caddyfile"
    write_example("Caddyfile", replaced, configuration)
    options = ["--config", str(configuration), "--adapter", "caddyfile"]
    subprocess.run(["caddy", "validate", *options], check=True, capture_output=True)
    return start_proxy(["caddy", "run", *options], f"http://127.0.0.1:{port}")


def write_example(name: str, replaced: dict[str, str], target: Path) -> None:
    text = (DEPLOY / name).read_text()
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    target.write_text(text)
