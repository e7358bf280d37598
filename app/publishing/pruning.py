"""Remove the content of old revisions from the ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.ledger.entries import Entry

RECENT = timedelta(days=365)  # citations name revisions that were current within the last year


@dataclass
class _History:
    """The last title of a guide, and its revisions in the order in which they were last made current.

    Of each digest: when it ceased to be current, or None if it still is.
    """

    title: str = ""
    ended: dict[str, datetime | None] = field(default_factory=dict)

    def end(self, at: datetime) -> None:
        self.ended = {digest: ended or at for digest, ended in self.ended.items()}


def prunable(
    entries: Iterable[Entry], keep: int, now: datetime, *, include_recent: bool = False
) -> Mapping[tuple[str, str], list[str]]:
    """Return the digests of the revisions that may be removed, by the slug and title of their guide.

    The `keep` revisions of each guide that were current last stay, and so does the current one. Those that were current
    within the last year stay as well, unless `include_recent`.
    """
    histories: dict[str, _History] = {}
    for entry in entries:
        history = histories.setdefault(entry.guide, _History())
        if entry.kind == "renamed":
            for former in entry.former_guides:
                history.ended = histories.pop(former, _History()).ended | history.ended
        if entry.kind == "pruned":
            history.ended.pop(str(entry.digest), None)
            continue
        history.end(entry.at)
        history.title = entry.title
        if entry.digest is not None:
            history.ended.pop(entry.digest, None)
            history.ended[entry.digest] = None
    kept = {digest for history in histories.values() for digest in list(history.ended)[-keep:]}
    kept |= {
        digest
        for history in histories.values()
        for digest, ended in history.ended.items()
        if ended is None or (ended > now - RECENT and not include_recent)
    }
    return {
        (guide, history.title): digests
        for guide, history in histories.items()
        if (digests := [digest for digest in history.ended if digest not in kept])
    }
