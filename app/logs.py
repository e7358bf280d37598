"""The log: one line of JSON for each event, on standard error."""

import sys

import structlog
from structlog.tracebacks import ExceptionDictTransformer


def log_as_lines() -> None:
    """Set up structlog; uvicorn's own few messages stay as they are."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Without the values of variables, among which are the header fields that a client sent.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.__stderr__),
        cache_logger_on_first_use=True,
    )
