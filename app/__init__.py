"""The treaty guide service: guides to treaties, served as content that programs can use."""

from importlib.metadata import version

__version__ = version("treaty-guide")
