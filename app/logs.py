"""Logging: one line of JSON per event, on standard error."""

import sys

import structlog
from structlog.tracebacks import ExceptionDictTransformer


def configure_logging() -> None:
    """Configure structlog; uvicorn's own messages keep their format."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # No local variables: they contain request headers, which may be confidential.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.__stderr__),
        cache_logger_on_first_use=True,
    )
