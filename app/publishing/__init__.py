"""Publish guides: append to the ledger, and project it into the read model, in one transaction."""

from app.publishing.opening import publishing, rebuilding
from app.publishing.projection import catch_up
from app.publishing.publications import Outcome, Publication, current_guides, publish, roll_back, withdraw

__all__ = [
    "Outcome",
    "Publication",
    "catch_up",
    "current_guides",
    "publish",
    "publishing",
    "rebuilding",
    "roll_back",
    "withdraw",
]
