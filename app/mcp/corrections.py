"""Corrections to words that a result quotes."""

from collections.abc import Iterable

from pydantic import BaseModel, Field

from app import schemas
from app.content.corrections import Severity, Status
from app.mcp.ids import to_id
from app.urls import URLs

MAX_CORRECTIONS = 10  # that a result names for the same words


class CorrectionReference(BaseModel):
    """A correction to quoted words; `fetch` its id for the explanation and its sources."""

    id: str = Field(description="Pass it to `fetch`.")
    status: Status = Field(description="`applied`: the corrected edition has the replacement; else not.")
    severity: Severity = Field(description="How much the author's words mislead.")


def references(corrections: Iterable[schemas.QuotedCorrection], urls: URLs, guide: str) -> list[CorrectionReference]:
    """Return the first corrections by their ids."""
    return [
        CorrectionReference(
            id=to_id(urls.correction(guide, each.slug), urls), status=each.status, severity=each.severity
        )
        for each in list(corrections)[:MAX_CORRECTIONS]
    ]
