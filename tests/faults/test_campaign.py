"""A seeded sample of the campaign: few kills, few faults, the same comparison. CAMPAIGN_SEED draws another one."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.faults import clocks, faults, kills, shortages, storms, windows
from tests.faults.report import Row

SEED = os.environ.get("CAMPAIGN_SEED", "1")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Chance that is the same for the same seed and test."""
    return random.Random(f"{SEED} {request.node.name}")


def held(row: Row) -> None:
    """The promise must have held, and something must have been at stake."""
    assert row.good, "\n".join(row.troubles())
    assert row.paid > 0


def test_dying_at_any_step_loses_nothing_and_buys_nothing_twice(tmp_path: Path, dice: random.Random) -> None:
    row = kills.every_step(tmp_path, ["probe"], stride=11, first=dice.randint(1, 11))
    assert row.kills >= 4
    held(row)


def test_dying_in_the_middle_of_a_rescue_loses_nothing(tmp_path: Path, dice: random.Random) -> None:
    row = kills.every_step_of_rescue(tmp_path, stride=13, first=dice.randint(1, 13))
    assert row.kills >= 6
    held(row)


def test_dying_at_random_moments_loses_nothing(tmp_path: Path, dice: random.Random) -> None:
    row = kills.random_moments(tmp_path, 5, dice)
    assert row.kills == 5
    held(row)


def test_scripted_faults_and_a_kill_lose_nothing(tmp_path: Path, dice: random.Random) -> None:
    passing = [trouble for trouble in faults.singles() if trouble.times == 1]
    held(storms.storm(tmp_path, dice.sample(passing, 12), dice, name="sample"))


def test_two_faults_at_once_lose_nothing(tmp_path: Path, dice: random.Random) -> None:
    held(storms.storm(tmp_path, dice.sample(faults.pairs(), 8), dice, name="sample", kill=0.0))


def test_lost_answers_stay_unknown_only_while_the_history_is_refused(tmp_path: Path, dice: random.Random) -> None:
    lost = [trouble for trouble in faults.singles() if trouble.faults[0] == ("accepted", 'do = "reset"')]
    blind, seeing = storms.forgotten(tmp_path, lost, storms.HISTORY_REFUSED, name="sample")
    assert len(blind.unknown) == len(lost)
    assert not blind.lost and not blind.twice
    held(seeing)


def test_a_full_disk_and_a_wrong_clock_lose_nothing(tmp_path: Path) -> None:
    held(shortages.full_disk(tmp_path / "disk", stride=9))
    held(shortages.full_journal(tmp_path / "journal", stride=5))


def test_clocks_hide_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "AT_SENDING", (0.0, 3 * clocks.DAY))
    monkeypatch.setattr(clocks, "AT_RESCUE", (0.0, 5 * clocks.DAY))
    held(clocks.wrong_clocks(tmp_path))


def test_of_two_studios_one_may_die(tmp_path: Path, dice: random.Random) -> None:
    held(windows.two_windows(tmp_path, 2, dice))


def test_results_fal_has_forgotten_come_from_its_history(tmp_path: Path) -> None:
    row = storms.forgetful(tmp_path, 2)
    assert row.paid == row.on_disk == 2
    held(row)
