"""Asking fal to cancel a job."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.domain.job import Handle
from studio.engine.ports import CancelAnswer
from studio.providers.fal.answers import TRANSIENT, Answer, complaint, error_of
from studio.providers.fal.patience import Backoff

if TYPE_CHECKING:
    from studio.providers.fal.calls import Calls


_STATUSES = {
    "OK": CancelAnswer.REMOVED,
    "CANCELLATION_REQUESTED": CancelAnswer.ASKED,
    "ALREADY_COMPLETED": CancelAnswer.TOO_LATE,
    "NOT_FOUND": CancelAnswer.NOT_FOUND,
}
"""fal's words (queue documentation); `OK` is in its newer schema only."""


async def cancel(calls: Calls, handle: Handle) -> CancelAnswer:
    """What fal said. REMOVED only when fal surely took it out of the queue; ASKED may still finish and be billed.

    Raises Unavailable, TimedOut or KeyRefused when fal gave no such answer.
    """
    backoff = Backoff()
    for left in reversed(range(calls.patience.asks)):
        try:
            return _said(await calls.ask("PUT", handle.cancel_url))
        except TRANSIENT:
            if not left:
                raise
            await calls.patience.sleep(backoff.next())
    raise AssertionError("unreachable: the last try returns or raises")


def _said(answer: Answer) -> CancelAnswer:
    named = _STATUSES.get(_status(answer))
    if named is not None:
        return named
    if answer.ok:
        return CancelAnswer.ASKED
    if answer.status == 404:
        return CancelAnswer.NOT_FOUND
    if answer.status == 400 and "complete" in complaint(answer).reason.lower():
        return CancelAnswer.TOO_LATE
    raise error_of(answer)


def _status(answer: Answer) -> str:
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    return str(body.get("status", "")) if isinstance(body, dict) else ""
