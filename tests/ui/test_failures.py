"""A failure has a card, one key away; what the card offers is done. Blacked-out takes are no ordinary ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import OptionList

from studio.domain import errors
from studio.domain.take import Verdict
from studio.engine.ports import PastRequest
from studio.ui.state.live import Phase
from tests.fakes.provider import FakeProvider
from tests.ui.stage import Stage, stage


def refusing(*problems: errors.ProviderError) -> FakeProvider:
    provider = FakeProvider(sandbox=True)
    provider.fail_with("submit", *problems)
    return provider


async def fail_one(on: Stage) -> str:
    """Make the pose under the cursor alone, and wait until it went wrong; gives its name."""
    name = on.session.selection.pose
    on.session.edit_poses([replace(pose, ticked=pose.name == name) for pose in on.session.project.poses])
    await on.press("ctrl+g")
    await on.until(lambda: on.session.live.pose(name).phase in {Phase.FAILED, Phase.UNKNOWN}, "a failure")
    await on.pilot.pause()
    return name


def fields(on: Stage) -> list[str]:
    """The arguments that were refused."""
    return [job.failure.field for job in on.session.live.faults if job.failure]


async def test_the_card_of_a_failed_pose_opens_by_its_key_and_a_rerun_makes_the_picture(tmp_path: Path) -> None:
    provider = refusing(errors.Unavailable("fal could not do the work."))
    async with stage(tmp_path / "p", provider=provider) as on:
        name = await fail_one(on)
        await on.until(lambda: "unavailable" in on.text(), "the list says so")
        await on.press("exclamation_mark")
        assert on.over == "FailureScreen"
        assert "fal could not do the work." in on.text() and "nothing is charged" in on.text()
        await on.press("r")
        await on.takes(1)
        await on.until(lambda: on.session.live.pose(name).phase is Phase.IDLE, "the failure is gone")
        first, second = provider.submitted
        assert (first.body, first.endpoint) == (second.body, second.endpoint)
        ticked = [pose.name for pose in on.session.project.poses if pose.ticked]
        assert ticked == [name], "the card ticks nothing"


async def test_a_card_can_be_taken_away_and_enter_ticks_as_always(tmp_path: Path) -> None:
    async with stage(tmp_path / "p", provider=refusing(errors.Refused("The policy said no."))) as on:
        name = await fail_one(on)
        await on.press("exclamation_mark", "d")
        assert on.session.live.pose(name).phase is Phase.IDLE
        await on.press("enter")
        assert on.over == "MainScreen"
        assert not next(pose for pose in on.session.project.poses if pose.name == name).ticked


async def test_a_refused_pose_leads_to_its_words_and_a_refused_value_to_the_model(tmp_path: Path) -> None:
    problems = (errors.Refused("No."), errors.BadInput("No.", None, "guidance_scale"))
    async with stage(tmp_path / "p", provider=refusing(*problems)) as on:
        await fail_one(on)
        await on.press("exclamation_mark", "e")
        assert on.over == "PoseEditScreen"
        await on.press("escape")
        await on.press("ctrl+g")
        await on.until(lambda: fields(on) == ["guidance_scale"], "the second failure")
        await on.press("exclamation_mark", "m")
        focused = on.app.focused
        assert focused is not None and any(node.id == "model" for node in focused.ancestors_with_self)


async def test_a_job_of_unknown_fate_is_looked_for_and_its_picture_comes(tmp_path: Path) -> None:
    provider = refusing(errors.Unknown("No answer came."))
    async with stage(tmp_path / "p", provider=provider) as on:
        name = await fail_one(on)
        await on.press("exclamation_mark", "l")
        await on.until(lambda: any("does not list" in said for said in on.toasts()), "it is said")
        request = provider.submitted[0]
        provider.past = [PastRequest("late", request.endpoint, 4e9, request.arguments, True)]
        on.finish("late")
        await on.press("exclamation_mark", "l")
        await on.takes(1)
        await on.until(lambda: on.session.live.pose(name).phase is Phase.IDLE, "the doubt is gone")
        assert len(provider.submitted) == 1


async def test_a_job_of_unknown_fate_can_be_given_up(tmp_path: Path) -> None:
    async with stage(tmp_path / "p", provider=refusing(errors.Unknown("No answer came."))) as on:
        name = await fail_one(on)
        await on.press("exclamation_mark", "g")
        await on.until(lambda: on.session.live.pose(name).phase is Phase.IDLE, "the doubt is gone")
        assert any("Given up" in said for said in on.toasts())
        assert [str(job.state) for job in on.session.studio.engine.desk.journal.jobs()] == ["failed"]


async def test_a_paid_picture_whose_file_is_of_no_use_has_a_card_from_which_it_is_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.engine.queue.HELD_PAUSES", (0.0,))
    provider = FakeProvider(sandbox=True)
    provider.fail_with("download", *[errors.Broken("The file is larger than 200 MB.", lasting=True)] * 3)
    async with stage(tmp_path / "p", provider=provider) as on:
        name = await fail_one(on)
        await on.until(lambda: "set aside" in on.text(), "the list says so")
        await on.press("exclamation_mark")
        assert "Paid, but its file is of no use" in on.text() and ".studio/broken/" in on.text()
        await on.press("l")
        await on.takes(1)
        await on.until(lambda: on.session.live.pose(name).phase is Phase.IDLE, "the failure is gone")
        assert len(provider.submitted) == 1


async def test_the_queue_lists_what_failed_and_enter_there_opens_the_card(tmp_path: Path) -> None:
    async with stage(tmp_path / "p", provider=refusing(errors.OutOfCredit("No money."))) as on:
        await fail_one(on)
        await on.press("Q")
        await on.until(lambda: "out of credit" in on.text(), "the queue")
        assert on.app.screen.query_one(OptionList).option_count == 1
        await on.press("enter")
        assert on.over == "FailureScreen" and "fal.ai/dashboard/billing" in on.text()
        await on.press("b")
        assert on.app.clipboard == "https://fal.ai/dashboard/billing"


async def test_without_a_failure_there_is_no_card(tmp_path: Path) -> None:
    async with stage(tmp_path / "p") as on:
        await on.press("exclamation_mark")
        assert on.over == "MainScreen"
        assert any("Nothing has failed" in said for said in on.toasts())


async def test_the_key_shows_the_newest_failure_of_any_pose_and_says_which(tmp_path: Path) -> None:
    async with stage(tmp_path / "p", provider=refusing(errors.Refused("The policy said no."))) as on:
        name = await fail_one(on)
        await on.press("down")
        assert on.session.selection.pose != name
        await on.press("exclamation_mark")
        assert on.over == "FailureScreen" and name in on.text() and "The policy said no." in on.text()
        assert any(f"this is about {name}" in said for said in on.toasts())


async def test_a_blacked_out_take_is_marked_and_not_picked_by_the_quick_key(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    async with stage(tmp_path / "p", provider=provider) as on:
        name = on.session.selection.pose
        on.session.edit_poses([replace(pose, ticked=pose.name == name) for pose in on.session.project.poses])
        done = provider.completed("fake-1")
        provider.push("fake-1", replace(done, result={**done.result, "has_nsfw_concepts": [True]}))
        await on.press("ctrl+g")
        await on.takes(1)
        await on.until(lambda: on.shown is not None, "it is shown")
        assert "blacked out by fal's safety checker" in on.text()
        await on.press("p")
        assert on.shown is not None and on.shown.verdict is Verdict.UNDECIDED
        assert any("P picks it all the same" in said for said in on.toasts())
        await on.press("space")
        assert "blacked out" in on.text()
        await on.press("P")
        await on.until(lambda: on.shown is not None and on.shown.verdict is Verdict.PICKED, "it is picked")


async def test_the_ledger_opens_with_its_key_and_writes_a_file_into_the_project(tmp_path: Path) -> None:
    async with stage(tmp_path / "p") as on:
        name = on.session.selection.pose
        on.session.edit_poses([replace(pose, ticked=pose.name == name) for pose in on.session.project.poses])
        await on.press("ctrl+g")
        await on.takes(1)
        await on.press("dollar_sign")
        await on.until(lambda: on.over == "LedgerScreen", "the ledger")
        assert "would have cost $0.05" in on.text() and name in on.text()
        await on.press("e")
        await on.until(lambda: any("written to ledger-" in said for said in on.toasts()), "the file")
        (file,) = (tmp_path / "p").glob("ledger-*.csv")
        assert f"{name}-001" in file.read_text(encoding="utf-8")
        await on.press("e")
        await on.until(lambda: len(list((tmp_path / "p").glob("ledger-*.csv"))) == 2, "another file")
        await on.press("dollar_sign")
        assert on.over == "MainScreen"
