"""Publish, rename, roll back and withdraw guides at random.

`make campaign` does so forty times as often as the tests.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import Connection
from sqlmodel import Session

from app.content import read_guides
from app.ledger.entries import last_entry
from app.publishing import publish, publishing, roll_back, withdraw
from examples.sync import sync

SLUGS = ("a-guide", "another-guide", "a-third-guide")  # one is always free for a guide to be renamed to
MOST_SECTIONS = 4
WORDS = ("Peace.", "War.", "Trade.", "Tea.")


@dataclass
class RandomGuide:
    """A guide: its slug, the slugs of its sections by their numbers, and its revisions."""

    slug: str
    sections: dict[int, str] = field(default_factory=dict)
    revisions: list[str] = field(default_factory=list)
    is_withdrawn: bool = True


class Publisher:
    """Change guides in a store at random, and count what was done."""

    def __init__(self, store: Path, seeds: Path, chance: random.Random) -> None:
        self.store, self.seeds, self.chance = store, seeds, chance
        self.guides = [RandomGuide(slug) for slug in SLUGS[1:]]
        self.actions = Counter[str]()
        self.last_sequence = 0  # of the ledger

    def act(self) -> None:
        """Do one thing to one guide."""
        guide = self.chance.choice(self.guides)
        actions: list[Callable[[RandomGuide], None]] = [self.publish, self.publish]
        if guide.revisions:
            actions.append(self.rename)
        if not guide.is_withdrawn:
            actions += (self.roll_back, self.withdraw)
        action = self.chance.choice(actions)
        action(guide)
        self.actions[action.__name__] += 1

    def publish(self, guide: RandomGuide, *front_matter: str) -> None:
        """Publish a guide with random sections, some of them renamed."""
        folder = self.seeds / guide.slug
        folder.mkdir(parents=True, exist_ok=True)
        (self.seeds / "topics.yaml").write_text("[]")
        lines = [f"slug: {guide.slug}", f"title: {guide.slug}", "language: en", f"summary: {self.chance.choice(WORDS)}"]
        text = "\n".join(["---", *lines, *front_matter, "---", ""])
        for n in sorted(self.chance.sample(range(MOST_SECTIONS), self.chance.randint(1, MOST_SECTIONS))):
            text += f"\n## Section {n} {{#{self._section(guide, n)}}}\n\n{self.chance.choice(WORDS)}\n"
        (folder / "guide.md").write_text(text)
        with self._publishing() as (session, ledger):
            [published] = publish(session, ledger, *read_guides(folder), may_remove_all=True)
        guide.revisions.append(published.revision)
        guide.is_withdrawn = False

    def rename(self, guide: RandomGuide) -> None:
        """Publish a guide under another slug, perhaps one that it or another guide had before."""
        former = guide.slug
        [guide.slug] = {*SLUGS} - {each.slug for each in self.guides}
        (self.seeds / former).rename(self.seeds / guide.slug)
        self.publish(guide, f"formerly: [{former}]")

    def roll_back(self, guide: RandomGuide) -> None:
        """Make a revision current again that was published before."""
        with self._publishing() as (session, ledger):
            roll_back(session, ledger, guide.slug, self.chance.choice(guide.revisions))

    def withdraw(self, guide: RandomGuide) -> None:
        """Withdraw a guide."""
        with self._publishing() as (session, ledger):
            withdraw(session, ledger, guide.slug, "To see what happens.")
        guide.is_withdrawn = True

    @contextmanager
    def _publishing(self) -> Iterator[tuple[Session, Connection]]:
        with publishing(self.store) as (session, ledger):
            yield session, ledger
            self.last_sequence, _ = last_entry(ledger) or (0, None)

    def _section(self, guide: RandomGuide, n: int) -> str:
        """Return the slug of a section, perhaps a new one with the former one."""
        former = guide.sections.setdefault(n, f"section-{n}")
        if self.chance.random() < 0.8:
            return former
        self.actions["rename a section"] += 1
        guide.sections[n] = f"part-{n}" if former == f"section-{n}" else f"section-{n}"
        return f'{guide.sections[n]} formerly="{former}"'


def synchronize_at_random(service: httpx.Client, publisher: Publisher, copy: Path, times: int) -> Counter[str]:
    """Change guides, and bring a copy of them up to date, many times; count the responses by status.

    Raises AssertionError if the copy is not that of the service in the end, or if a body was downloaded that it had.
    """
    statuses = Counter[str]()

    def check_download(response: httpx.Response) -> None:
        statuses[str(response.status_code)] += 1
        file = copy / f"{response.request.url.path.lstrip('/')}.json"
        if response.status_code == 200 and file.exists():
            assert response.read() != file.read_bytes(), f"{response.request.url} was downloaded again."

    limits = httpx.Limits(keepalive_expiry=1)  # of seconds, less than the server waits
    hooks = {"response": [check_download]}
    with httpx.Client(base_url=service.base_url, timeout=30, limits=limits, event_hooks=hooks) as client:
        for _ in range(times):
            publisher.act()
            if publisher.chance.random() < 0.5:
                sync(client, copy)
        while client.get("/v1/changes?limit=1").json()["next_cursor"] != str(publisher.last_sequence):
            pass  # a large store is checked before it is served
        sync(client, copy)
    held = {str(file.relative_to(copy)): file.read_bytes() for file in copy.rglob("v1/**/*.json")}
    assert held == dict(_content(service))
    return statuses


def _content(service: httpx.Client) -> Iterator[tuple[str, bytes]]:
    for guide in service.get("/v1/guides?limit=100").json()["items"]:
        for url in (guide["url"], *(entry["url"] for entry in guide["contents"])):
            yield f"{url.lstrip('/')}.json", service.get(url).content
