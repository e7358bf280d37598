"""Digests of texts, by which a reference finds its words wherever they stand."""

import hashlib

ALGORITHM = "sha256"
SHORT_DIGITS = 12  # enough to tell the passages of a guide from each other, and short enough for an address


def digest(text: str) -> str:
    """Return the SHA-256 digest of a text in UTF-8, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def short_digest(text: str) -> str:
    """Return the first 12 hex digits of the digest."""
    return digest(text)[:SHORT_DIGITS]


def short_form(named_digest: str) -> str:
    """Return the first 12 hex digits of a digest that begins with the name of the algorithm, such as `sha256:`."""
    return named_digest.removeprefix(f"{ALGORITHM}:")[:SHORT_DIGITS]
