"""Publish checked guides as immutable revisions, each named by its content, in one transaction."""

from app.publishing.revisions import Outcome, Publication, publish

__all__ = ["Outcome", "Publication", "publish"]
