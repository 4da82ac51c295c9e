"""Sentences in the corner are each there once, and cover neither the header nor the newest lines of the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.ui.app import StudioApp
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.recording import RecordingBackend
from tests.fakes.studio import fake_studio
from tests.ui.stage import Stage


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_sentence_stands_once_and_in_nobodys_way(tmp_path: Path, size: tuple[int, int]) -> None:
    studio = fake_studio(tmp_path / "p")
    app = StudioApp(studio, Darkroom(RecordingBackend()))
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            on = Stage(app, pilot, None)  # type: ignore[arg-type]
            await on.press("exclamation_mark", "exclamation_mark", "exclamation_mark")
            await on.until(lambda: app.screen.query("Toast"), "it is shown")
            await on.until(lambda: app.screen.query_one("Toast").region.height, "it has its place")
            shown = [toast.region for toast in app.screen.query("Toast")]
            assert len(shown) == 1 and on.toasts() == ["Nothing has failed."]
            assert not shown[0].overlaps(app.view.header.region)
            assert not shown[0].overlaps(app.view.log.region)
            assert abs(shown[0].x + shown[0].right - size[0]) <= 1
    finally:
        await studio.close()
        app.darkroom.close()
