"""Lean or full pictures: said below the picture, turned by a key, kept with the window."""

from __future__ import annotations

from pathlib import Path

from studio.ui.pictures.line import Line
from studio.ui.pictures.recording import RecordingBackend
from studio.ui.pictures.tier import Tier
from studio.ui.state.window_state import load_window_state
from tests.ui.stage import Stage, stage


def on_a_line(on: Stage, rate: float) -> RecordingBackend:
    """As if pictures went through a line of so many bytes a second."""
    backend = on.app.darkroom.backend
    assert isinstance(backend, RecordingBackend)
    backend.line = Line()
    backend.line.rate = rate
    return backend


async def test_the_speed_of_the_line_and_what_it_means_stand_below_the_picture(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        backend = on_a_line(on, 1_400_000)
        backend.wanted_tiers = (Tier.LEAN, Tier.FULL)
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        await on.until(lambda: "lean, 1.4 MB/s" in on.text(), "the lean picture")
        await on.until(lambda: "full, 1.4 MB/s" in on.text(), "the full one after it")


async def test_a_key_keeps_pictures_lean_or_wants_them_full_also_after_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        wishes = []
        line = on_a_line(on, 1_400_000).line
        for _ in range(5):
            await on.press("L")
            wishes.append(line.wish if line else None)
        assert wishes == [Tier.LEAN, Tier.FULL, None, Tier.LEAN, Tier.FULL]
        assert any("Full pictures" in toast for toast in on.toasts())
        await on.app.leave()
    assert load_window_state(tmp_path).tier == "full"


async def test_where_pictures_are_characters_the_key_says_that_there_is_nothing_to_choose(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("L")
        assert "no lean or full" in on.toasts()[-1]
