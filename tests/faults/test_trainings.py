"""A training that dies at any step is neither lost nor bought twice, and its weights end up in the character."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.faults import trainings

SEED = os.environ.get("CAMPAIGN_SEED", "1")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def test_dying_at_any_step_of_a_training_loses_nothing_and_buys_nothing_twice(tmp_path: Path) -> None:
    first = random.Random(SEED).randint(1, 9)
    row = trainings.every_step(tmp_path, stride=9, first=first)
    assert row.troubles == []
    assert row.kills >= 5
    assert 0 < row.paid == row.home
