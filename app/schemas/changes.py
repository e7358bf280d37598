"""Schemas of revisions and of the changes between them."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.schemas.examples import EXCERPT, EXCERPT_DIGEST, GUIDE, GUIDE_URL, REVISION
from app.schemas.facts import Article, Correction, Event, Instrument, Source, Term
from app.schemas.guides import Guide, Section
from app.schemas.models import Page, PublicModel
from app.schemas.passages import Passage

ChangeKind = Literal["guide", "section", "passage", "correction", "instrument", "article", "event", "term", "source"]
ChangeType = Literal["added", "removed", "changed", "moved"]
Resource = Guide | Section | Passage | Correction | Instrument | Article | Event | Term | Source

_PASSAGE = f"{GUIDE_URL}/passages/joint-training-exercises.1"
_KIND = Field(description="What changed.", examples=["passage"])


class ChangeCount(PublicModel):
    """How many resources of a kind a revision added, removed, changed and moved."""

    kind: ChangeKind = _KIND
    added: int = Field(description="Number of resources that the revision before does not have.", examples=[62])
    removed: int = Field(description="Number of resources that only the revision before has.", examples=[0])
    changed: int = Field(description="Number of resources with other content than before.", examples=[0])
    moved: int = Field(
        description="Number of resources with the same content in another place, or with another name.", examples=[0]
    )


class Revision(PublicModel):
    """A published state of a guide; it never changes."""

    slug: str = Field(description="Name of the revision, as in `revision`.", examples=[REVISION])
    title: str = Field(description="Display name.", examples=[f"Revision {REVISION}"])
    guide: str = Field(description="Slug of the guide.", examples=[GUIDE])
    revision: str = Field(description="Name of the revision: the first 12 hex digits of `digest`.", examples=[REVISION])
    digest: str = Field(
        description="SHA-256 digest of the content: `sha256:` and 64 hex digits.",
        examples=["sha256:0123456789ab1d8c2f1e64c1a7b5e0f8a0c9d3b4e5f60718293a4b5c6d7e8f90"],
    )
    published_at: datetime = Field(
        description="Time of first publication: an RFC 3339 timestamp in UTC.", examples=["2026-11-22T09:30:00Z"]
    )
    current: bool = Field(description="True for the revision that you get by default.", examples=[True])
    previous: str | None = Field(
        description="The revision that was current before this one was first published; null for the first.",
        examples=[None],
    )
    changes: list[ChangeCount] = Field(
        description="How much it changed, in comparison with `previous`: a count for each kind with changes."
        " The first revision added everything."
    )
    url: str = Field(description="URL of this resource.", examples=[f"{GUIDE_URL}/revisions/{REVISION}"])
    guide_url: str = Field(
        description="URL of the guide in this revision.", examples=[f"{GUIDE_URL}?revision={REVISION}"]
    )
    changes_url: str = Field(
        description="URL of what it changed, in comparison with `previous`.",
        examples=[f"{GUIDE_URL}/changes?until={REVISION}"],
    )


class RevisionPage(Page[Revision]):
    """A page of revisions."""


class WordChange(PublicModel):
    """Words of a passage: unchanged, deleted or inserted."""

    op: Literal["equal", "delete", "insert"] = Field(
        description="Which of the two texts have the words.", examples=["insert"]
    )
    text: str = Field(description="The words, with their spaces.", examples=[EXCERPT])


class Change(PublicModel):
    """A difference between two revisions of a guide."""

    kind: ChangeKind = _KIND
    slug: str | None = Field(
        description="Slug of the resource in the later revision, or in the earlier one if it was removed; null for a"
        " passage.",
        examples=[None],
    )
    id: str | None = Field(
        description="Id of the passage in the later revision, or in the earlier one if it was removed; null for other"
        " kinds.",
        examples=["joint-training-exercises.1"],
    )
    title: str = Field(description="Display name; for a passage its id.", examples=["joint-training-exercises.1"])
    change: ChangeType = Field(description="What happened to it.", examples=["added"])
    before: Resource | None = Field(
        description="The resource as it was in the revision `since`, with the slug or id that it had there; null if"
        " that does not have it.",
        examples=[None],
    )
    after: Resource | None = Field(
        description="The resource as it is in the revision `until`; null if that does not have it."
        " The texts of passages are those of the corrected edition.",
        examples=[
            {
                "id": "joint-training-exercises.1",
                "kind": "paragraph",
                "text": EXCERPT,
                "digest": EXCERPT_DIGEST,
                "url": _PASSAGE,
                "corrections": [],
                "mentions": [],
            }
        ],
    )
    words: list[WordChange] | None = Field(
        description="For a passage, how its text changed: `equal` and `delete` make up the text before, `equal` and"
        " `insert` that after. Null for other kinds.",
        examples=[[{"op": "insert", "text": EXCERPT}]],
    )
    url: str = Field(
        description="URL of the resource: in the later revision, or in the earlier one if it was removed.",
        examples=[_PASSAGE],
    )


class ChangePage(Page[Change]):
    """A page of changes."""

    since: str | None = Field(
        description="The revision that is compared; null for nothing, before the first revision.", examples=[None]
    )
    until: str = Field(description="The revision that it is compared with.", examples=[REVISION])
