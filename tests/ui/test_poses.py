"""The list of poses: written, ticked, moved, deleted, filtered, and all of it in the file."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, TextArea

from studio.config.project import load_poses
from tests.ui.stage import Stage, stage


async def saved(on: Stage) -> list[str]:
    await on.session.flush()
    return [pose.name for pose in load_poses(on.session.project.folder)]


async def test_ticks_change_the_sum_and_the_file(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("enter")
        assert "5 poses × 1 = 5" in on.text()
        assert "$0.25" in on.text()
        await on.session.flush()
        assert not load_poses(tmp_path)[0].ticked


async def test_a_written_pose_stands_below_the_current_one_and_is_ticked(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("n")
        assert on.over == "PoseEditScreen"
        on.app.screen.query_one(Input).value = "leaning on the wall"
        on.app.screen.query_one(TextArea).load_text("Leaning against a wall with arms crossed.")
        await on.press("ctrl+s")
        assert on.over == "MainScreen"
        assert (await saved(on))[:2] == ["hero-stance", "leaning on the wall"]
        assert on.session.selection.pose == "leaning on the wall"
        assert "7 poses × 1 = 7" in on.text()
        assert "\n# " in (tmp_path / "poses.toml").read_text()


async def test_a_deleted_pose_comes_back_by_undo_and_goes_by_redo(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("delete")
        assert "hero-stance" not in [pose.name for pose in on.session.project.poses]
        assert on.session.selection.pose == "running"
        await on.press("ctrl+z")
        await on.until(lambda: on.session.project.poses[0].name == "hero-stance", "the pose is back")
        await on.press("ctrl+y")
        await on.until(lambda: on.session.project.poses[0].name == "running", "the pose is gone again")
        assert (await saved(on))[0] == "running"


async def test_a_pose_moves_with_its_cursor(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("J", "J", "K")
        assert (await saved(on))[:3] == ["running", "hero-stance", "superhero-landing"]
        assert on.app.view.poses.list.current == on.session.project.poses[1]


async def test_an_edited_sentence_drops_the_skeleton_of_the_old_one(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("e")
        on.app.screen.query_one(TextArea).load_text("Hanging upside down from a bar.")
        await on.press("ctrl+s")
        pose = on.session.project.poses[0]
        assert pose.text == "Hanging upside down from a bar."
        assert pose.skeleton is None


async def test_the_filter_shows_what_fits_and_escape_shows_all(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("slash")
        await on.press(*"peace")
        assert on.app.view.poses.list.count == 1
        await on.press("enter", "escape")
        assert on.app.view.poses.list.count == len(on.session.project.poses)
        assert on.app.focused is on.app.view.poses.list


async def test_presets_come_in_ticked_and_known_ones_are_not_offered(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        before = len(on.session.project.poses)
        await on.press("b")
        assert on.over == "PosePresetScreen"
        await on.press("space", "down", "space")
        rows = [row for row in on.text().splitlines() if "Action  " in row]
        assert [("▌" in row[8:], "■" in row[8:]) for row in rows[:3]] == [(False, True), (True, True), (False, False)]
        await on.press("enter")
        assert on.over == "MainScreen"
        assert len(on.session.project.poses) == before + 2
        assert all(pose.ticked for pose in on.session.project.poses[-2:])


async def test_a_click_goes_to_a_pose_and_on_its_box_it_ticks(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.pilot.click("#pose-list", offset=(12, 2))
        await on.pilot.pause()
        assert on.session.selection.pose == "running"
        assert on.session.project.poses[1].ticked
        await on.pilot.click("#pose-list", offset=(1, 4))
        await on.pilot.pause()
        assert on.session.selection.pose == "superhero-landing"
        assert not on.session.project.poses[2].ticked


async def test_without_poses_the_list_says_what_to_do(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.session.edit_poses([])
        on.app.view.everything()
        await on.press("ctrl+g", "p")
        assert "n writes one" in on.text()
        assert on.over == "MainScreen"


async def test_below_the_last_pose_lies_the_background_of_the_theme(tmp_path: Path) -> None:
    async with stage(tmp_path, (200, 60)) as on:
        on.app.theme = "contrast-light"
        await on.pilot.pause()
        poses = on.app.view.poses.list
        bottom = poses.render_line(poses.size.height - 1)
        assert not bottom.text.strip(" ▐")
        assert all(segment.style is not None and segment.style.bgcolor is not None for segment in bottom)
