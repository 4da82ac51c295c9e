"""The pose editor in the running app: a pose from nothing, by keys alone and by mouse."""

from __future__ import annotations

from pathlib import Path

from studio.config.project import load_project
from studio.ui.screens.figure_edit import FigureEditScreen
from tests.ui.stage import Stage, stage


def editor(on: Stage) -> FigureEditScreen:
    assert isinstance(on.app.screen, FigureEditScreen)
    return on.app.screen


async def test_a_pose_is_made_from_nothing_with_some_thirty_keys(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        before = len(on.session.project.poses)
        await on.press("S", "0", "tab", *["shift+up"] * 6, "shift+up", "tab", *["shift+up"] * 2, "m", "ctrl+n")
        assert "arm" in on.text() and "smiling" in on.text()
        await on.press(*"wave", "enter", "enter")
        await on.until(lambda: on.over == "MainScreen", "the editor is closed")
        made = on.session.pose
        assert made is not None and made.name == "wave" and made.ticked
        assert made.skeleton is not None and made.skeleton.left_arm.lift > 90
        assert "Standing, left arm raised" in made.text and len(on.session.project.poses) == before + 1
        await on.session.flush()
        assert made in load_project(tmp_path).poses
        await on.press("ctrl+z")
        assert len(on.session.project.poses) == before


async def test_the_figure_of_a_pose_is_changed_and_its_words_stay(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        pose = on.session.pose
        await on.press("S", "M", "ctrl+s")
        await on.until(lambda: on.over == "MainScreen", "the editor is closed")
        after = on.session.pose
        assert pose is not None and after is not None and pose.skeleton is not None and after.skeleton is not None
        assert after.skeleton.turn == -pose.skeleton.turn and after.text == pose.text


async def test_a_taken_name_is_refused_and_escape_comes_back_to_the_figure(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("S", "ctrl+n", *"running", "ctrl+s")
        assert "There is a pose called running already." in on.text()
        await on.press("escape")
        assert on.over == "FigureEditScreen"
        await on.press("escape")
        assert on.over == "MainScreen"


async def test_a_joint_is_drawn_with_the_mouse_as_one_step(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("S", "0")
        screen = editor(on)
        canvas = screen.query_one("#figure-canvas")
        width, height = canvas.content_size
        before = screen.edit.skeleton
        from studio.ui.widgets.figure_canvas import FigureCanvas

        assert isinstance(canvas, FigureCanvas)
        x, y = canvas.cell_of("left_wrist")
        await on.pilot.mouse_down(canvas, offset=(x, y))
        for step in (2, 4, 6):
            await on.pilot.hover(canvas, offset=(min(width - 1, x + step), max(0, y - step)))
        await on.pilot.mouse_up(canvas, offset=(min(width - 1, x + 6), max(0, y - 6)))
        await on.pilot.pause()
        assert height and screen.edit.skeleton != before
        assert screen.edit.handle.name == "left elbow"
        await on.press("ctrl+z")
        assert screen.edit.skeleton == before


async def test_help_tells_the_keys(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("S", "question_mark")
        assert on.over == "HelpScreen" and "Mirror" in on.text()
