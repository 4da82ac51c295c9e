"""Names in any script, of any length, leave every row of every pane as wide as the terminal and its frames whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from studio.domain.pose import Pose
from studio.ui.widgets.run_line import Run, harmless, justified
from tests.ui.shelved import shelve
from tests.ui.stage import Stage, stage

pytestmark = pytest.mark.timeout(60)

NAMES = [
    "跳躍する少女のポーズ、街の上で",
    "وقفة البطل الطويلة جدا",
    "עמידה גבוהה",
    "👩‍🚀 astronaut 🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
    "🏳️‍🌈 flag 👍🏽 skin",
    "x" * 200,
    "e\u0301\u0302\u0303 marks",
    "a\u202eb\x1b[31mred\x07",
    "ไทย ภาษา नमस्ते",
]


def broken(on: Stage, width: int) -> list[str]:
    """Rows that are not as wide as the terminal, by the widths terminals give characters."""
    return [row for row in on.text().split("\n") if cell_len(row) != width]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 45), (240, 60)])
async def test_every_pane_keeps_its_frame(tmp_path: Path, size: tuple[int, int]) -> None:
    await shelve(tmp_path, NAMES)
    async with stage(tmp_path, size) as on:
        session = on.session
        poses = [Pose(name, f"{name} " * 5, ticked=True) for name in NAMES]
        session.edit_poses(poses)
        session.edit_character(replace(session.project.character, name=NAMES[0], description=" ".join(NAMES)))
        on.app.view.everything()
        for name in NAMES:
            on.app.bench.poses.go_to(name)
            await on.pilot.pause()
            assert broken(on, size[0]) == []
            assert not any(sign in on.text() for sign in ("\x1b", "\x07", "\u202e"))
        for pane in ("character", "model", "preview", "log"):
            on.screen.places.show(pane, focus=True)
            await on.pilot.pause()
            assert broken(on, size[0]) == [], pane
        await on.press("ctrl+g")
        await on.until(lambda: session.studio.takes.totals()[1] > len(NAMES), "a take")
        await on.pilot.pause()
        assert broken(on, size[0]) == []
        for key in ("i", "Q", "D"):
            await on.press(key)
            assert broken(on, size[0]) == [], key
            await on.press("escape")


def test_what_stands_at_the_right_end_stays_beside_joined_characters() -> None:
    for name in NAMES:
        row = justified([Run(name)], [Run("12")], 30)
        drawn = "".join(harmless(run.text) for run in row)
        assert cell_len(drawn) == 30 and drawn.endswith("12"), name
