"""A checked guide becomes a revision in the store: in one transaction, immutable, named by its content."""

from app.publishing.revisions import NameTaken, Outcome, Publication, publish

__all__ = ["NameTaken", "Outcome", "Publication", "publish"]
