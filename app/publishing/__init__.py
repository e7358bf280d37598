"""Publish guides as immutable revisions, each named by its content, in one transaction."""

from app.publishing.revisions import Outcome, Publication, current_guides, publish

__all__ = ["Outcome", "Publication", "current_guides", "publish"]
