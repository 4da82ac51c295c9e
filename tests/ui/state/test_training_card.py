"""The card of a training that failed leads to its dataset, and offers nothing that only helps a picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.domain.job import Failure, JobState
from studio.ui.state.failure_card import HELPS, Remedy, card_of
from tests.fakes.weights import training_job


@pytest.mark.parametrize("kind", list(HELPS))
def test_every_failure_of_a_training_leads_to_its_dataset(kind: str) -> None:
    failed = replace(training_job(state=JobState.FAILED), failure=Failure(kind, "It did not work."))
    remedies = [offer.remedy for offer in card_of(failed).offers]
    assert remedies[0] is Remedy.DATASET
    assert remedies[-1] is Remedy.DISMISS
    assert not {Remedy.EDIT_POSE, Remedy.TEMPLATE, Remedy.CHARACTER, Remedy.RECIPE, Remedy.MODELS} & set(remedies)
