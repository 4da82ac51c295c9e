"""The result of a completed job, with the billable units of its header."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from studio.domain.errors import BadInput, Broken, NotFound, ProviderError, TimedOut, Unavailable, Unknown
from studio.domain.job import Handle
from studio.domain.request import Json
from studio.engine.ports import Completed
from studio.providers.fal.answers import Answer, complaint, error_of
from studio.providers.fal.follow import Asking
from studio.providers.fal.patience import Backoff

UNITS_HEADER = "x-fal-billable-units"
"""fal's platform headers: the billing units charged for the request."""

_PASSING = frozenset({408, 425, 429})
_SURE_AFTER = 3
"""How often an answer that looks final, but may be a hiccup of fal's own, has to come before it is believed."""


async def fetch_result(calls: Asking, handle: Handle, *, patient: bool) -> Completed:
    """GET the result. Network trouble and nameless 5xx are waited out: for as long as it takes when `patient`, else a
    few times. Raises what fal's answer means when it is definite: a refusal, a bad argument, NotFound when the result
    is gone, Broken when it cannot be read; Unknown when fal keeps refusing the result and says nothing about the job.
    """
    backoff, tries, doubtful = Backoff(), 0, 0
    while True:
        tries += 1
        failure: ProviderError
        try:
            answer = await calls.ask("GET", handle.response_url)
        except (Unavailable, TimedOut) as error:
            failure = error
        else:
            if answer.ok:
                return completed(answer, calls)
            failure = error_of(answer)
            if _definite(answer):
                doubtful += 1
                if doubtful >= _SURE_AFTER or not _doubtful(answer):
                    raise failure if _about_the_job(answer, failure) else _withheld(failure)
        if not patient and tries >= calls.patience.asks:
            raise _unsettled(failure)
        await calls.patience.sleep(backoff.next())


def completed(answer: Answer, calls: Asking) -> Completed:
    """A 2xx result. Raises Broken when it is no JSON object."""
    body: dict[str, Json] = answer.object()
    whole = calls.route.canonical_inside(body)
    assert isinstance(whole, dict)
    return Completed(result=whole, units=units(answer))


def units(answer: Answer) -> Decimal | None:
    """The billable units of an answer; None when no header tells a usable amount."""
    text = answer.headers.get(UNITS_HEADER)
    if text is None or not text.strip():
        return None
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        amount = Decimal("NaN")
    return amount if amount.is_finite() and amount >= 0 else None


def _still_working(answer: Answer) -> bool:
    return answer.status == 400 and "in progress" in complaint(answer).reason.lower()


def _definite(answer: Answer) -> bool:
    """False while asking again may give another answer."""
    if answer.status in _PASSING or _still_working(answer):
        return False
    return answer.status < 500 or complaint(answer).known


def _doubtful(answer: Answer) -> bool:
    """True for definite answers that fal is known to give by mistake for a moment."""
    return answer.status in {400, 404} or answer.status >= 500


def _about_the_job(answer: Answer, failure: ProviderError) -> bool:
    """False for an error of the question: a job that really failed says so in its status (queue documentation)."""
    return answer.status == 422 or complaint(answer).model or not isinstance(failure, BadInput | Unavailable | TimedOut)


def _withheld(failure: ProviderError) -> ProviderError:
    happened = f"fal calls the job done and does not hand out its result: {failure.happened}"
    return Unknown(happened, "studio rescue asks for it again; nothing is sent twice.")


def _unsettled(failure: ProviderError) -> ProviderError:
    if isinstance(failure, NotFound | Broken):
        return failure
    remedy = "It stays at fal: studio rescue tries again."
    return Unavailable(f"The result cannot be fetched now: {failure.happened}", remedy)
