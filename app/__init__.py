"""The treaty guide service: guides to treaties, served as content that programs can use."""

__version__ = "0.1.0"
