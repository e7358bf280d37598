"""nginx in front of two hosts that serve the same content."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.proxies.conftest import DEPLOY, Service, Start, start_nginx, write_example
from tests.service import SEEDS, seed

SECTION = "/v1/guides/us-japan-security-treaty/sections/history"
CITATION = f"{SECTION}/citation"
FORMATS = ("application/x-bibtex", "application/x-research-info-systems", "text/plain", "*/*")


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[list[Service]]:
    stores = [tmp_path / "a.db", tmp_path / "b.db"]
    seed(stores[0], SEEDS)
    shutil.copy(stores[0], stores[1])
    hosts = [Service(store) for store in stores]
    yield hosts
    for host in hosts:
        host.stop()


@pytest.fixture
def nginx(tmp_path: Path, hosts: list[Service], start_proxy: Start) -> httpx.Client:
    addresses = {f"192.0.2.{n}:8000": f"127.0.0.1:{host.port}" for n, host in enumerate(hosts, start=1)}
    (tmp_path / "conf.d").mkdir()
    write_example("nginx-hosts.conf", addresses, tmp_path / "conf.d/treaty-guide-hosts.conf")
    upstream = re.search(r"^upstream .*?^}\n", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE | re.DOTALL)
    assert upstream
    expire_soon = (
        "proxy_ignore_headers Vary Cache-Control; proxy_cache_valid 200 1s;"
        " add_header X-Cache-Status $upstream_cache_status always;"
    )
    replaced = {upstream[0]: "", "proxy_ignore_headers Vary;": expire_soon, "rate=20r/s": "rate=2000r/s"}
    return start_nginx(tmp_path, start_proxy, replaced)


def uncached(nginx: httpx.Client, number: int) -> int:
    return nginx.get("/v1/search", params={"q": f"treaty {number}"}).status_code


def test_no_request_fails_while_one_host_is_down(nginx: httpx.Client, hosts: list[Service]) -> None:
    for down in range(2):
        hosts[down].stop()
        assert {uncached(nginx, 20 * down + number) for number in range(20)} == {200}
        hosts[down].start()
        assert uncached(nginx, 100 + down) == 200


def test_a_host_without_a_store_gets_no_requests(nginx: httpx.Client, hosts: list[Service]) -> None:
    hosts[0].stop()
    hosts[0].store.rename(hosts[0].store.with_name("away.db"))
    hosts[0].start()
    assert {uncached(nginx, number) for number in range(20)} == {200}


def test_stale_content_is_served_in_its_format_while_all_hosts_are_down(
    nginx: httpx.Client, hosts: list[Service]
) -> None:
    fetched = {accept: nginx.get(CITATION, headers={"Accept": accept}) for accept in FORMATS}
    assert len({response.headers["Content-Type"] for response in fetched.values()}) == len(FORMATS)
    for host in hosts:
        host.stop()
    for accept, response in fetched.items():
        while (stale := nginx.get(CITATION, headers={"Accept": accept})).headers.get("X-Cache-Status") == "HIT":
            assert stale.content == response.content
        assert (stale.status_code, stale.content) == (200, response.content)
        assert stale.headers["Content-Type"] == response.headers["Content-Type"]
    assert nginx.get("/health/ready").status_code == 502
    for host in hosts:
        host.start()
