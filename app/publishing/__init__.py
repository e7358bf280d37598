"""A checked guide becomes a revision in the store: in one transaction, immutable, named by its content."""

from app.publishing.revisions import Outcome, Publication, publish

__all__ = ["Outcome", "Publication", "publish"]
