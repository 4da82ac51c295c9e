"""A run waits for its own jobs while another studio sends, and not for what that one cannot bring home."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from studio.cli.following import RESTING, Follower
from studio.cli.reporting import JsonReport
from studio.domain.job import Job, JobState
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio
from tests.library.samples import moves, written


@pytest.mark.parametrize(
    ("age", "mine", "awaited"), [(0.0, True, True), (RESTING + 1, True, False), (0.0, False, False)]
)
async def test_a_finished_job_of_another_studio_is_awaited_for_a_while(
    tmp_path: Path, age: float, *, mine: bool, awaited: bool
) -> None:
    studio = fake_studio(tmp_path / "p", FakeProvider())
    follower = Follower(studio, JsonReport())
    job = replace(moves(written())[-1], moved=studio.engine.desk.clock.now() - age)
    if mine:
        follower.want([job])
    assert follower.is_awaited(job) is awaited
    await studio.close()


async def test_what_the_other_studio_has_not_brought_is_told_as_paid_and_safe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    studio = fake_studio(tmp_path / "p", FakeProvider())
    follower = Follower(studio, JsonReport())
    job: Job = replace(moves(written())[-1], billed=Decimal("0.05"))
    assert job.state is JobState.COMPLETED
    follower.expect([job])
    follower.finish(interrupted=False)
    said = capsys.readouterr().out
    assert '"kind": "held"' in said and '"charged": "charged"' in said and "other studio" in said
    await studio.close()
