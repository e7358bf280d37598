"""Rules of languages for search, one file per language."""
