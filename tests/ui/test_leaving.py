"""Leaving and coming back: nothing is asked unless jobs run, and everything is as it was left."""

from __future__ import annotations

from pathlib import Path

from studio.domain.job import JobState
from studio.domain.take import Verdict
from studio.ui.widgets.pose_list import PoseList
from tests.fakes.provider import FakeProvider
from tests.ui.stage import stage


async def test_without_jobs_it_leaves_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.pilot.press("ctrl+q")
        await on.until(lambda: not on.app.is_running, "the end")


async def test_it_is_as_it_was_left(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("ctrl+g")
        await on.takes(6)
        await on.press("ctrl+g")
        await on.takes(12)
        await on.press("down", "p")
        await on.until(lambda: on.session.studio.takes.counts("running")[0] == 1, "the pick")
        left = on.shown
        assert left is not None and left.id == "running-002"
        await on.press("down", "enter", "up")
        on.app.view.log.set_filter("stored")
        await on.pilot.press("ctrl+q")
        await on.until(lambda: not on.app.is_running, "the end")
    async with stage(tmp_path) as on:
        assert on.shown is not None and on.shown.id == left.id
        assert not on.session.project.poses[2].ticked
        await on.press("left_square_bracket")
        assert on.shown.verdict is Verdict.PICKED
        assert on.app.view.log.pane.lines.filter_text == "stored"


async def test_a_narrow_screen_opens_on_the_poses_again(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        await on.press("full_stop", "full_stop")
        await on.pilot.press("ctrl+q")
        await on.until(lambda: not on.app.is_running, "the end")
    async with stage(tmp_path, (80, 24)) as on:
        assert isinstance(on.app.focused, PoseList)
        assert on.screen.places.tab == "poses"


async def test_while_jobs_run_it_asks_and_can_stay(tmp_path: Path) -> None:
    async with stage(tmp_path, provider=FakeProvider(sandbox=True, hold=True)) as on:
        await on.press("ctrl+g")
        await on.until(lambda: len(on.provider.submitted) == 2, "two jobs at fal")
        await on.press("ctrl+q")
        assert on.over == "QuitScreen"
        await on.press("s")
        assert on.over == "MainScreen"
        assert on.app.is_running


async def test_the_question_counts_on_while_it_stands_there(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    async with stage(tmp_path, provider=provider) as on:
        await on.press("ctrl+g")
        await on.until(lambda: len(provider.submitted) == 2, "two jobs at fal")
        await on.press("ctrl+q")
        await on.until(lambda: "2 sent to the sandbox, 4 not sent yet." in on.text(), "the count")
        for number in range(1, 7):
            on.finish(f"fake-{number}")
        await on.until(lambda: "Everything has come to its end meanwhile." in on.text(), "the end of all jobs")
        await on.press("l")
        await on.until(lambda: not on.app.is_running, "the end")


async def test_jobs_left_running_are_collected_at_the_next_start(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    async with stage(tmp_path, provider=provider) as on:
        await on.press("A", "A", "ctrl+g")
        await on.until(lambda: len(provider.submitted) == 1, "the job at fal")
        await on.until(lambda: on.session.live.live[0].request_id, "its request id")
        await on.press("ctrl+q", "l")
        await on.until(lambda: not on.app.is_running, "the end")
    provider.closed = False
    async with stage(tmp_path, provider=provider) as on:
        await on.until(lambda: on.session.live.live, "the job is known again")
        on.finish("fake-1")
        await on.takes(1)
        assert len(provider.submitted) == 1


async def test_what_is_still_queued_can_be_cancelled_on_the_way_out(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    async with stage(tmp_path, provider=provider) as on:
        await on.press("ctrl+g")
        await on.until(lambda: len(provider.submitted) == 2, "two jobs at fal")
        await on.press("ctrl+q", "c")
        await on.until(lambda: not on.app.is_running, "the end")
        states = [job.state for job in on.session.studio.engine.desk.journal.jobs()]
        assert states.count(JobState.CANCELLED) >= 4
        assert len(provider.submitted) == 2
