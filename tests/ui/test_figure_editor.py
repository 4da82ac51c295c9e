"""The pose editor in the running app: a pose from nothing, by keys alone and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.config.project import load_project
from studio.ui.screens.figure_edit import FigureEditScreen
from studio.ui.widgets.figure_canvas import FigureCanvas
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


MINUTE = 60
"""Keys somebody who looks at the figure presses in a minute, at one a second."""

SALUTE = [
    *("S", "0"),
    *("tab", *["shift+up"] * 4, "tab", *["shift+up"] * 8),
    *("tab", "tab", *["up"] * 5, "tab", *["shift+up"] * 4),
    *("tab", "tab", "tab", "tab", *["shift+up"] * 4, "tab", *["shift+up"] * 5),
    *("comma", "comma", "ctrl+n", *"salute", "enter", "enter"),
]
"""One hand at the head, the other on the hip, a knee drawn up, turned to three-quarter."""


async def test_a_whole_pose_takes_less_than_a_minute_of_keys(tmp_path: Path) -> None:
    assert len(SALUTE) < MINUTE
    async with stage(tmp_path) as on:
        await on.press(*SALUTE)
        await on.until(lambda: on.over == "MainScreen", "the editor is closed")
        made = on.session.pose
        assert made is not None and made.name == "salute" and made.skeleton is not None
        figure = made.skeleton
        assert figure.left_arm.bend > 100 and figure.right_arm.bend > 50
        assert figure.left_leg.lift > 50 and figure.left_leg.bend > 60 and abs(figure.turn) == 30
        assert "elbow" in made.text and "knee" in made.text and "three-quarter" in made.text


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_joint_is_drawn_with_the_mouse_as_one_step(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size=size) as on:
        await on.press("S", "0")
        screen = editor(on)
        canvas = screen.query_one(FigureCanvas)
        before = screen.edit.skeleton
        x, y = canvas.cell_of("left_wrist")
        far = max(2, y - canvas.cell_of("left_elbow")[1])
        await on.pilot.mouse_down(canvas, offset=(x, y))
        for part in (1, 2, 3, 4):
            await on.pilot.hover(canvas, offset=(x + far * part // 4, y - far * part // 8))
        await on.pilot.mouse_up(canvas, offset=(x + far, y - far // 2))
        await on.pilot.pause()
        assert screen.edit.skeleton != before and screen.edit.handle.name == "left elbow"
        now = canvas.cell_of("left_wrist")
        assert abs(now[0] - x - far) <= 1 and abs(now[1] - y + far // 2) <= 1, "the wrist is under the pointer"
        await on.press("ctrl+z")
        assert screen.edit.skeleton == before


async def test_the_figure_does_not_slip_away_under_the_mouse(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(80, 24)) as on:
        await on.press("S", "0", "tab", "tab", "tab", "shift+tab")
        canvas = editor(on).query_one(FigureCanvas)
        x, y = canvas.cell_of("left_elbow")
        crown = canvas.cell_of("crown")
        await on.pilot.mouse_down(canvas, offset=(x, y))
        for row in (y - 2, y - 4, 1, 0):
            await on.pilot.hover(canvas, offset=(x, row))
            assert canvas.cell_of("crown") == crown
        await on.pilot.mouse_up(canvas, offset=(x, 0))
        await on.pilot.pause()
        assert canvas.cell_of("crown") != crown, "now there is room for the raised arm"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_figure_fills_the_height_and_stays_inside_when_it_jumps(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, size=size) as on:
        await on.press("S", "0")
        canvas = editor(on).query_one(FigureCanvas)
        rows = canvas.cell_of("left_heel")[1] - canvas.cell_of("crown")[1]
        assert rows > 0.75 * min(canvas.content_size.height, canvas.content_size.width * 0.42)
        await on.press("tab", *["shift+up"] * 12)
        height = canvas.content_size.height
        assert all(0 <= canvas.cell_of(joint)[1] < height for joint in ("left_hand", "crown", "left_toe"))


async def test_without_utf8_nothing_but_ascii_is_drawn(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(80, 24)) as on:
        on.app.view.utf8 = False
        await on.press("S", "tab", "shift+up")
        drawn = on.text().splitlines()[:-1]
        assert all(line.isascii() for line in drawn) and any("#" in line for line in drawn)


async def test_help_tells_the_keys(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("S", "question_mark")
        assert on.over == "HelpScreen" and "Mirror" in on.text()
