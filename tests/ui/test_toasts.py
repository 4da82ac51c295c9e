"""Sentences in the corner are each there once, and cover neither the header nor the newest lines of the log."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from studio.ui.app import StudioApp
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.recording import RecordingBackend
from studio.ui.toasts import Toasts
from tests.fakes.studio import fake_studio
from tests.ui.stage import Stage


@asynccontextmanager
async def opened(folder: Path, size: tuple[int, int]) -> AsyncIterator[Stage]:
    studio = fake_studio(folder / "p")
    app = StudioApp(studio, Darkroom(RecordingBackend()))
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Stage(app, pilot, None)  # type: ignore[arg-type]
    finally:
        await studio.close()
        app.darkroom.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_sentence_stands_once_and_in_nobodys_way(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, size) as on:
        await on.press("exclamation_mark", "exclamation_mark", "exclamation_mark")
        await on.until(lambda: on.app.screen.query("Toast"), "it is shown")
        await on.until(lambda: on.app.screen.query_one("Toast").region.height, "it has its place")
        shown = [toast.region for toast in on.app.screen.query("Toast")]
        assert len(shown) == 1 and on.toasts() == ["Nothing has failed."]
        assert not shown[0].overlaps(on.app.view.header.region)
        assert not shown[0].overlaps(on.app.view.log.region)
        assert abs(shown[0].x + shown[0].right - size[0]) <= 1


async def test_a_sentence_that_was_read_leaves_when_another_screen_opens(tmp_path: Path) -> None:
    async with opened(tmp_path, (80, 24)) as on:
        await on.press("exclamation_mark")
        await on.until(lambda: on.app.screen.query("Toast"), "it is shown")
        on.app.toasts.step_aside(time.monotonic() + 1.5)
        await on.until(lambda: not on.app.screen.query("Toast"), "it has left")
        await on.press("exclamation_mark", "D")
        await on.until(lambda: on.app.screen.query("Toast"), "what was said a moment ago comes along")


def test_what_went_wrong_stays_until_it_was_read() -> None:
    shown: list[str] = []

    def notify(message: str, **_rest: Any) -> None:
        shown.append(message)

    toasts = Toasts(notify, shown.clear)
    toasts.say("Marked.")
    toasts.say("The disk is full.", "error", "Not done")
    toasts.step_aside(time.monotonic() + 2)
    assert shown == ["Marked.", "The disk is full."]
    toasts.step_aside(time.monotonic() + 6)
    assert shown == []
    toasts.say("Marked.")
    assert shown == ["Marked."], "what left can be said again"
