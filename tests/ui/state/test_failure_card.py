"""Every kind of failure has a title, a sentence about money, and at least one thing that helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from studio.domain import errors
from studio.domain.errors import StudioError
from studio.domain.job import Failure, Job, JobState
from studio.engine.failures import failure
from studio.ui.state.failure_card import BILLING, HELPS, KEYS, Remedy, card_of, charge_words
from tests.library.samples import written

R = Remedy
S = JobState


def kinds(of: type[StudioError] = StudioError) -> Iterator[type[StudioError]]:
    """Every class of the domain's errors."""
    yield of
    for below in of.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from kinds(below)


def failed(error: StudioError | Failure, state: JobState = S.FAILED, **changes: Any) -> Job:
    why = error if isinstance(error, Failure) else failure(error)
    job = replace(written(), state=state, failure=why)
    return replace(job, **changes)


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.__name__)
def test_every_kind_of_error_has_a_card_of_its_own(kind: type[StudioError]) -> None:
    card = card_of(failed(kind("It happened.")))
    assert card.title == HELPS[kind.kind][0]
    assert card.happened == "It happened."
    assert card.advice == kind.remedy_by_default
    assert card.money.endswith(".")
    assert card.offers[-1].remedy is R.DISMISS
    assert len(card.offers) >= 2
    assert len({offer.key for offer in card.offers}) == len(card.offers)


def test_the_table_has_no_kind_that_does_not_exist() -> None:
    assert set(HELPS) == {kind.kind for kind in kinds()}
    assert set(KEYS) == set(Remedy)
    assert len(set(KEYS.values())) == len(KEYS)


FIRST: dict[type[StudioError], Remedy] = {
    errors.MissingKey: R.SETTINGS,
    errors.KeyRefused: R.SETTINGS,
    errors.OutOfCredit: R.TOP_UP,
    errors.RateLimited: R.RETRY,
    errors.Refused: R.EDIT_POSE,
    errors.NotFound: R.MODELS,
    errors.Unavailable: R.RETRY,
    errors.TimedOut: R.RECIPE,
    errors.Unknown: R.LOOK_AGAIN,
    errors.SpendRefused: R.SETTINGS,
}


@pytest.mark.parametrize("kind", FIRST, ids=lambda kind: kind.__name__)
def test_what_helps_most_comes_first(kind: type[StudioError]) -> None:
    assert card_of(failed(kind("It happened."))).offers[0].remedy is FIRST[kind]


@pytest.mark.parametrize(
    ("field", "first"),
    [
        ("prompt", R.EDIT_POSE),
        ("negative_prompt", R.EDIT_POSE),
        ("image_size.width", R.RECIPE),
        ("num_inference_steps", R.RECIPE),
        ("guidance_scale", R.RECIPE),
        ("loras.0.path", R.CHARACTER),
        ("image_urls.1", R.RECIPE),
        ("", R.RECIPE),
    ],
)
def test_a_refused_argument_leads_to_where_it_is_changed(field: str, first: Remedy) -> None:
    card = card_of(failed(errors.BadInput("fal does not take it.", None, field)))
    assert card.offers[0].remedy is first
    assert (field == "guidance_scale") == ("guidance scale" in card.offers[0].words)


@pytest.mark.parametrize("kind", [errors.Unknown, errors.Broken, errors.NotFound])
def test_a_job_of_unknown_fate_is_looked_for_before_it_is_bought_again(kind: type[StudioError]) -> None:
    card = card_of(failed(kind("It got lost."), S.UNKNOWN))
    assert card.title == "Maybe paid, fate unknown"
    assert [offer.remedy for offer in card.offers] == [R.LOOK_AGAIN, R.RETRY, R.GIVE_UP, R.DISMISS]
    assert "both are paid" in card.offers[1].words


def test_topping_up_shows_the_address() -> None:
    assert BILLING.removeprefix("https://") in card_of(failed(errors.OutOfCredit("No money."))).offers[0].words


@pytest.mark.parametrize(
    ("charged", "words"),
    [
        ("not charged", "It was not charged."),
        ("charged", "It was charged. It was expected to cost $0.05."),
        ("maybe charged", "It may have been charged: only fal knows. It was expected to cost $0.05."),
        ("", "What it cost is not known. It was expected to cost $0.05."),
        (errors.Refused.charged, "fal may charge a refusal when GPU time was used. It was expected to cost $0.05."),
        (errors.BadInput.charged, "fal may charge a 422 when GPU time was used. It was expected to cost $0.05."),
    ],
)
def test_the_card_says_what_is_known_about_the_charge(charged: str, words: str) -> None:
    assert charge_words(failed(Failure("x", "It happened.", "", charged))) == words


def test_a_bill_is_stronger_than_what_is_believed_and_the_sandbox_charges_nothing() -> None:
    why = Failure("refused", "It happened.", "", "not charged")
    assert charge_words(failed(why, billed=Decimal("0.06"))) == "fal billed $0.06."
    assert "nothing is charged" in charge_words(failed(why, sandbox=True))


def test_a_kind_of_another_version_and_a_job_without_a_reason_still_have_a_card() -> None:
    assert card_of(failed(Failure("hologram", "It flickered."))).title == "It failed"
    card = card_of(replace(written(), state=S.CANCELLED))
    assert (card.title, card.offers[0].remedy) == ("Cancelled", R.RETRY)
