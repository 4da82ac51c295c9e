"""What the journal keeps of an error."""

from __future__ import annotations

from studio.domain.errors import StudioError
from studio.domain.job import Failure


def failure(error: StudioError, charged: str = "") -> Failure:
    """The error as a job keeps it; `charged` is known where the error itself does not say."""
    known = charged or getattr(error, "charged", "")
    return Failure(error.kind, error.happened, error.remedy, known, getattr(error, "field", ""))
