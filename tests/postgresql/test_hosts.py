"""Several hosts serve what the ledger has."""

import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from app.content import read_guides
from app.errors import LedgerUnavailable
from app.ledger.postgresql import CONFLICT, appending, connected, listen, wait_for_notification
from app.ledger.status import read_status
from app.publishing import publish, publishing
from app.store.read_model import VERSION
from tests.conftest import UNLINKED
from tests.crawl import crawl
from tests.postgresql.conftest import Host, Ledger, wait_until
from tests.publishing.test_publishing import SEA, reworded
from tests.service import SAMPLE, changing, seed, serving, serving_process
from tests.store.damage import damage

SECTION = "/v1/guides/nowhere-and-the-sea/sections/harbours"
PASSAGE = "/v1/guides/nowhere-and-the-sea/passages/harbours.1"
OWN = ("date", "x-request-id")  # headers of a single response


def is_ready(client: httpx.Client) -> bool:
    return client.get("/health/ready").status_code == 200


def reads(client: httpx.Client, text: str) -> bool:
    return bool(client.get(PASSAGE).json()["text"] == text)


def content_of(responses: dict[str, httpx.Response]) -> dict[str, object]:
    return {
        address: (
            response.status_code,
            response.content,
            [(name, value) for name, value in response.headers.multi_items() if name not in OWN],
        )
        for address, response in responses.items()
        if address != "/health/ready"
    }


@pytest.fixture
def publisher(tmp_path: Path) -> Path:
    """The read model of a machine that only publishes."""
    return tmp_path / "publisher.db"


def test_two_hosts_respond_exactly_as_with_a_ledger_in_sqlite(
    ledger: Ledger, host: Host, store: Path, tmp_path: Path, sample_responses: dict[str, httpx.Response]
) -> None:
    seed(store, SAMPLE)
    copied = ledger.run(store, "copy-ledger", str(store))
    assert (copied.returncode, copied.stdout) == (0, "Copied 2 publications.\n")
    with serving(store) as client:
        expected = content_of(crawl(client, *UNLINKED))
    assert len(expected) > 100
    for name in ("a.db", "b.db"):
        client = host(tmp_path / name)
        wait_until(is_ready, client)
        assert content_of(crawl(client, *UNLINKED)) == expected


def test_a_publication_is_visible_on_all_hosts(
    ledger: Ledger, host: Host, publisher: Path, tmp_path: Path, seeds: Path
) -> None:
    hosts = [host(tmp_path / name) for name in ("a.db", "b.db")]
    ledger.seed(seeds, publisher)
    for client in hosts:
        wait_until(is_ready, client)
        assert client.get(PASSAGE).json()["text"] == "Nowhere has no harbour."
    reworded(seeds)
    ledger.seed(seeds, publisher)
    for client in hosts:
        wait_until(reads, client, "Nowhere has one harbour.")
    etags = {client.get(PASSAGE).headers["ETag"] for client in hosts}
    assert len(etags) == 1


def test_a_publisher_notifies_those_who_listen(ledger: Ledger, publisher: Path) -> None:
    with connected(ledger.engine) as connection:
        listen(connection)
        ledger.seed(SAMPLE, publisher)
        wait_for_notification(connection, timeout=3_600)


def test_a_host_that_publishes_serves_it_too(ledger: Ledger, host: Host, store: Path, seeds: Path) -> None:
    client = host(store)
    ledger.seed(seeds, store)
    assert client.get(PASSAGE).json()["text"] == "Nowhere has no harbour."


def test_a_follower_needs_only_select(ledger: Ledger, host: Host, publisher: Path, store: Path) -> None:
    ledger.seed(SAMPLE, publisher)
    ledger.execute(
        f"CREATE ROLE reader_{ledger.database} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO"
        f" reader_{ledger.database}"
    )
    url = ledger.server.url(ledger.database, user=f"reader_{ledger.database}")
    client = host(store, url)
    wait_until(is_ready, client)
    assert client.get(SECTION).status_code == 200
    refused = ledger.run(publisher, "seed", str(SEA), url=url)
    assert (refused.returncode, refused.stderr) == (
        1,
        "The ledger cannot be used (permission denied for table alembic_version); nothing was published.\n",
    )


def test_pruned_content_disappears_from_all_hosts(
    ledger: Ledger, host: Host, publisher: Path, store: Path, seeds: Path
) -> None:
    ledger.seed(seeds, publisher)
    client = host(store)
    wait_until(is_ready, client)
    pinned = f"{SECTION}?revision={client.get('/v1/guides/nowhere-and-the-sea').json()['revision']}"
    reworded(seeds)
    ledger.seed(seeds, publisher)
    assert client.get(pinned).status_code == 200
    pruned = ledger.run(publisher, "prune", "--keep", "1", "--include-recent")
    assert (pruned.returncode, pruned.stdout.count("removed revision")) == (0, 1)
    wait_until(lambda: client.get(pinned).status_code == 422)
    assert client.get(PASSAGE).json()["text"] == "Nowhere has one harbour."


def test_a_read_model_of_an_older_version_is_made_again(
    ledger: Ledger, host: Host, publisher: Path, store: Path
) -> None:
    ledger.seed(SAMPLE, store)
    with changing(store) as connection:
        connection.execute(f"PRAGMA user_version={VERSION - 1}")
        connection.execute("DROP TABLE passage")
    client = host(store)
    wait_until(is_ready, client)
    assert client.get(PASSAGE).status_code == 200


def test_a_damaged_read_model_is_made_again_with_the_next_publication(
    ledger: Ledger, host: Host, publisher: Path, store: Path, seeds: Path
) -> None:
    ledger.seed(seeds, store)
    damage(store, random.Random(), offset=5_000)
    client = host(store)
    assert not is_ready(client)
    reworded(seeds)
    ledger.seed(seeds, publisher)
    wait_until(is_ready, client)
    assert reads(client, "Nowhere has one harbour.")


def test_a_store_with_a_ledger_of_its_own_is_not_replaced(ledger: Ledger, publisher: Path, store: Path) -> None:
    seed(store, SEA)
    before = store.read_bytes()
    ledger.seed(SAMPLE, publisher)
    for command in (["seed", str(SAMPLE)], ["rebuild"]):
        refused = ledger.run(store, *command)
        assert refused.stderr.endswith(
            f"{store}: The store has a ledger of its own, which would be lost; set TREATY_GUIDE_READ_MODEL to another"
            " file.\n"
        )
    assert store.read_bytes() == before


def test_a_host_does_not_follow_a_ledger_that_lost_publications(
    ledger: Ledger, host: Host, publisher: Path, store: Path, seeds: Path
) -> None:
    ledger.seed(seeds, store)
    client = host(store)
    ledger.execute("DELETE FROM ledger WHERE sequence = 2")  # as if it was restored from a backup
    ledger.seed(SEA, publisher)
    wait_until(lambda: "does not have" in str(client.get("/health/ready").json()["notice"]))
    assert client.get("/v1/guides/treaty-of-nowhere").status_code == 200
    rebuilt = ledger.run(store, "rebuild")
    assert rebuilt.returncode == 0
    assert client.get("/v1/guides/treaty-of-nowhere").status_code == 404
    wait_until(lambda: client.get("/health/ready").json()["notice"] is None)


def test_a_second_publisher_waits_for_the_first_one(ledger: Ledger, publisher: Path, tmp_path: Path) -> None:
    ledger.seed(SEA, publisher)
    waited: list[str] = []
    with (
        appending(ledger.engine),
        pytest.raises(KeyboardInterrupt),
        appending(ledger.engine, lambda: interrupt(waited)),
    ):
        pass
    assert waited == ["waits"]
    ledger.seed(SAMPLE, tmp_path / "second.db")
    assert ledger.execute("SELECT count(*) FROM ledger") == "2"


def interrupt(waited: list[str]) -> None:
    waited.append("waits")
    raise KeyboardInterrupt


def test_of_two_publishers_that_create_the_ledger_one_fails(ledger: Ledger, publisher: Path, tmp_path: Path) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with ThreadPoolExecutor() as threads:
        with appending(ledger.engine):
            second = threads.submit(ledger.run, tmp_path / "second.db", "seed", str(SAMPLE))
            wait_until(lambda: ledger.execute(waiting) == "1")
        refused = second.result()
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"{CONFLICT}\n"
    ledger.seed(SAMPLE, publisher)
    assert ledger.execute("SELECT count(*) FROM ledger") == "2"


def test_of_two_publishers_that_take_the_same_number_the_second_one_fails(
    ledger: Ledger, publisher: Path, seeds: Path
) -> None:
    ledger.seed(seeds, publisher)
    before = publisher.read_bytes()
    reworded(seeds)
    insert = "INSERT INTO ledger SELECT 3, at, kind, guide, title, digest FROM ledger WHERE sequence = 2"
    expected = pytest.raises(LedgerUnavailable, match="Another publisher published meanwhile; nothing was published")
    with expected, publishing(publisher, postgresql=ledger.engine) as (read_model, connection):
        ledger.execute(insert)  # without the lock
        publish(read_model, connection, *read_guides(seeds))
    assert publisher.read_bytes() == before


def test_serve_replaces_a_follower_that_was_killed_and_ends_it_when_it_ends(
    ledger: Ledger, publisher: Path, store: Path, seeds: Path
) -> None:
    ledger.seed(seeds, publisher)
    environment = {"TREATY_GUIDE_DATABASE_URL": ledger.url, "TREATY_GUIDE_READ_MODEL": str(store)}
    with serving_process(store, "--workers", "2", **environment) as (client, process):
        wait_until(is_ready, client)
        first = follower_of(store)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: follower_of(store) != first)
        reworded(seeds)
        ledger.seed(seeds, publisher)
        wait_until(reads, client, "Nowhere has one harbour.")
        process.kill()
        wait_until(lambda: not Path(f"/proc/{follower_of(store)}").exists())


def follower_of(store: Path) -> int:
    status = read_status(store)
    assert status
    return status.process
