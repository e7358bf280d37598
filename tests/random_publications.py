"""Publish, roll back and withdraw guides at random; `make campaign` does so forty times as often as the tests."""

import random
from collections.abc import Iterator
from pathlib import Path

import httpx

from app.content import read_guides
from app.publishing import publish, publishing, roll_back, withdraw
from examples.sync import sync

GUIDES = ("a-guide", "another-guide")
MOST_SECTIONS = 4
WORDS = ("Peace.", "War.", "Trade.", "Tea.")


class Publisher:
    """Change guides in a store at random, and remember the revisions of each."""

    def __init__(self, store: Path, seeds: Path, chance: random.Random) -> None:
        self.store, self.seeds, self.chance = store, seeds, chance
        self.revisions: dict[str, list[str]] = {guide: [] for guide in GUIDES}
        self.withdrawn = set(GUIDES)

    def act(self) -> None:
        """Do one thing to one guide."""
        guide = self.chance.choice(GUIDES)
        if guide in self.withdrawn:
            self.publish(guide)
        else:
            self.chance.choice((self.publish, self.publish, self.roll_back, self.withdraw))(guide)

    def publish(self, guide: str) -> None:
        """Publish a guide with random sections."""
        folder = self.seeds / guide
        folder.mkdir(parents=True, exist_ok=True)
        (self.seeds / "topics.yaml").write_text("[]")
        front = f"---\nslug: {guide}\ntitle: {guide}\nlanguage: en\nsummary: {self.chance.choice(WORDS)}\n---\n"
        sections = sorted(self.chance.sample(range(MOST_SECTIONS), self.chance.randint(1, MOST_SECTIONS)))
        texts = (f"\n## Section {n} {{#section-{n}}}\n\n{self.chance.choice(WORDS)}\n" for n in sections)
        (folder / "guide.md").write_text(front + "".join(texts))
        with publishing(self.store) as (session, ledger):
            [published] = publish(session, ledger, *read_guides(folder), may_remove_all=True)
        self.revisions[guide].append(published.revision)
        self.withdrawn.discard(guide)

    def roll_back(self, guide: str) -> None:
        """Make a revision current again that was published before."""
        with publishing(self.store) as (session, ledger):
            roll_back(session, ledger, guide, self.chance.choice(self.revisions[guide]))

    def withdraw(self, guide: str) -> None:
        """Withdraw a guide."""
        with publishing(self.store) as (session, ledger):
            withdraw(session, ledger, guide, "To see what happens.")
        self.withdrawn.add(guide)


def synchronize_at_random(service: httpx.Client, publisher: Publisher, copy: Path, times: int) -> None:
    """Change guides, and bring a copy of them up to date, many times.

    Raises AssertionError if the copy is not that of the service in the end, or if a body was downloaded that it had.
    """

    def check_download(response: httpx.Response) -> None:
        file = copy / f"{response.request.url.path.lstrip('/')}.json"
        if response.status_code == 200 and file.exists():
            assert response.read() != file.read_bytes(), f"{response.request.url} was downloaded again."

    with httpx.Client(base_url=service.base_url, timeout=30, event_hooks={"response": [check_download]}) as client:
        for _ in range(times):
            publisher.act()
            if publisher.chance.random() < 0.5:
                sync(client, copy)
        sync(client, copy)
    held = {str(file.relative_to(copy)): file.read_bytes() for file in copy.rglob("v1/**/*.json")}
    assert held == dict(_content(service))


def _content(service: httpx.Client) -> Iterator[tuple[str, bytes]]:
    for guide in service.get("/v1/guides?limit=100").json()["items"]:
        for url in (guide["url"], *(entry["url"] for entry in guide["contents"])):
            yield f"{url.lstrip('/')}.json", service.get(url).content
