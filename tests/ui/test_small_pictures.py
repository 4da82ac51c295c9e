"""The small copies of takes: there as soon as a take is, and gone when it is deleted for good."""

from __future__ import annotations

from pathlib import Path

from studio.imaging.thumbnail import FOLDER
from studio.ui.pictures.recording import RecordingBackend
from studio.workflows.trash import empty_trash, trashed_takes
from tests.ui.stage import stage


async def test_a_take_that_came_gets_its_small_pictures_and_a_deleted_one_keeps_none(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        kept = tmp_path / FOLDER
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        await on.until(lambda: (kept / "hero-stance-001-320.jpg").is_file(), "the small picture")
        assert {path.suffix for path in kept.iterdir()} == {".jpg"}
        await on.press("d")
        await on.takes(0)
        assert (kept / "hero-stance-001-320.jpg").is_file(), "undo brings the take back"
        await empty_trash(on.session.studio, await trashed_takes(on.session.studio))
        assert not list(kept.iterdir())


async def test_takes_are_prepared_ahead_in_the_direction_of_travel(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A", "ctrl+g")
        for number in range(1, 6):
            await on.takes(number)
            await on.press("r")
        await on.takes(6)
        backend = on.app.darkroom.backend
        assert isinstance(backend, RecordingBackend)
        on.app.darkroom.cache.clear()
        backend.prepared.clear()
        await on.press("]", "]", "]")
        await on.until(lambda: {"hero-stance-005", "hero-stance-006"} <= {key for key, _ in backend.prepared})
        on.app.darkroom.cache.clear()
        backend.prepared.clear()
        await on.press("[")
        await on.until(lambda: {"hero-stance-001", "hero-stance-002"} <= {key for key, _ in backend.prepared})
        ahead = [key for key, _ in backend.prepared if key != "hero-stance-003"]
        assert ahead[:2] == ["hero-stance-002", "hero-stance-001"]
