"""Through PgBouncer, which has no LISTEN and gives each transaction another connection."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql.conftest import Host, Ledger, wait_until
from tests.postgresql.server import AS_USER, PROGRAMS, USER, PostgreSQL
from tests.postgresql.test_hosts import PASSAGE, is_ready, reads
from tests.proxies.conftest import free_port
from tests.publishing.test_publishing import reworded

CONFIGURATION = """
[databases]
* = host=127.0.0.1 port={server} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
"""


@pytest.fixture
def pooled(server: PostgreSQL, ledger: Ledger) -> Iterator[str]:
    """The URL of a ledger through PgBouncer."""
    port = free_port()
    configuration = server.data / "pgbouncer.ini"
    configuration.write_text(CONFIGURATION.format(server=server.port, user=USER, port=port))
    configuration.chmod(0o644)
    with subprocess.Popen(["pgbouncer", "-q", configuration], cwd="/", stderr=subprocess.DEVNULL, **AS_USER) as pool:
        is_ready = [str(PROGRAMS / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        while subprocess.call(is_ready):
            assert pool.poll() is None
        yield server.url(ledger.database, port=port)
        pool.kill()


def test_publications_arrive_without_notifications(
    ledger: Ledger, pooled: str, host: Host, store: Path, tmp_path: Path, seeds: Path
) -> None:
    published = ledger.run(tmp_path / "publisher.db", "seed", str(seeds), url=pooled)
    assert (published.returncode, published.stderr) == (0, "")
    client = host(store, pooled)
    wait_until(is_ready, client)
    for before, after in (("no harbour", "one harbour"), ("one harbour", "two harbours")):
        reworded(seeds, before, after)
        assert ledger.run(tmp_path / "publisher.db", "seed", str(seeds), url=pooled).returncode == 0
        wait_until(reads, client, f"Nowhere has {after}.")
    assert client.get(PASSAGE).status_code == 200


def test_of_several_hosts_in_the_url_one_that_responds_is_used(
    ledger: Ledger, host: Host, store: Path, tmp_path: Path, seeds: Path
) -> None:
    hosts = f"host=127.0.0.1:1&host=127.0.0.1:{ledger.server.port}"
    url = f"postgresql+psycopg://{USER}@/{ledger.database}?{hosts}"
    assert ledger.run(tmp_path / "publisher.db", "seed", str(seeds), url=url).returncode == 0
    client = host(store, url)
    wait_until(is_ready, client)
