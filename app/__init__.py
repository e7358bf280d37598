"""Treaty guides as an HTTP API."""

from importlib.metadata import version

__version__ = version("treaty-guide")
