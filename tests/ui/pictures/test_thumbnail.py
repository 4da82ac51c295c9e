from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rich.console import Console
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.containers import Grid
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from studio.ui.pictures.backend import PictureBackend
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.kitty import RESIDENT, KittyBackend
from studio.ui.pictures.kitty_feed import Medium
from studio.ui.pictures.kitty_marks import PLACEHOLDER
from studio.ui.pictures.recording import RecordingBackend, source
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.thumbnail import Thumbnail


class Named(Thumbnail):
    """With a name below."""

    CAPTION_ROWS = 1

    def __init__(self, darkroom: Darkroom, name: str) -> None:
        super().__init__(darkroom)
        self.words = name

    def captions(self, width: int) -> Sequence[Strip]:
        return [Strip([Segment(self.words.ljust(width)[:width])], width)]


class Wall(App[None]):
    """Many small pictures."""

    CSS = "Grid { grid-size: 4; grid-rows: 5; } Named { width: 12; height: 5; }"

    def __init__(self, backend: PictureBackend, count: int = 4) -> None:
        super().__init__()
        self.darkroom = Darkroom(backend)
        self.cells = [Named(self.darkroom, f"n{number}") for number in range(count)]

    def compose(self) -> ComposeResult:
        with Grid():
            yield from self.cells

    def on_unmount(self) -> None:
        self.darkroom.close()

    def sent(self) -> str:
        update: Any = self.screen._compositor.render_update(full=True, screen_stack=self._background_screens)
        return str(update.render_segments(Console(color_system="truecolor")))

    def seen(self) -> str:
        return "\n".join("".join(segment.text for segment in line) for line in self.screen._compositor.render_strips())


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    for _ in range(800):
        if condition():
            await pilot.pause()
            return
        await pilot.pause(0.005)
    raise AssertionError("it did not come true")


def takes(folder: Path, count: int) -> list[PictureSource]:
    found = []
    for number in range(count):
        path = folder / f"take-{number}.png"
        Image.new("RGB", (400, 400), (number * 20 % 256, 90, 200)).save(path)
        found.append(PictureSource(path, f"take-{number}", sidecars=folder / "small"))
    return found


async def test_a_picture_stands_in_the_middle_of_its_box_above_its_words() -> None:
    app = Wall(RecordingBackend())
    async with app.run_test(size=(60, 12)) as pilot:
        app.cells[0].show(source("a"))
        await until(pilot, lambda: app.cells[0].picture_shown)
        rows = app.seen().splitlines()
        assert [row[:12] for row in rows[:5]] == [" " * 12, "    aaaa    ", " " * 12, " " * 12, "n0          "]


async def test_a_box_shows_another_picture_without_a_layout_and_never_the_old_one_under_new_words() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test(size=(60, 12)) as pilot:
        cell = app.cells[0]
        cell.show(source("a"))
        await until(pilot, lambda: cell.picture_shown)
        gate, layouts = backend.hold("b"), app.screen._layout_required
        cell.words = "other"
        cell.show(source("b"))
        cell.recaption()
        await pilot.pause()
        assert "aaa" not in app.seen()
        assert "other" in app.seen()
        gate.set()
        await until(pilot, lambda: "bbbb" in app.seen())
        cell.show(source("a"))
        await pilot.pause()
        assert "aaaa" in app.seen(), "it was prepared before, so it is there with the next frame"
        assert app.screen._layout_required == layouts
        cell.show(None)
        await pilot.pause()
        assert "aaa" not in app.seen()
        assert cell.source is None


async def test_what_was_scrolled_past_before_it_was_begun_is_never_prepared() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test(size=(60, 12)) as pilot:
        gates = [backend.hold("x"), backend.hold("y")]
        app.cells[2].show(source("x"))
        app.cells[3].show(source("y"))
        for number in range(30):
            app.cells[0].show(source(f"past-{number}"))
            await pilot.pause()
        app.cells[0].show(source("here"))
        for gate in gates:
            gate.set()
        await until(pilot, lambda: app.cells[0].picture_shown)
        prepared = [key for key, _ in backend.prepared]
        assert "here" in prepared
        assert not [key for key in prepared if key.startswith("past")]


async def test_a_picture_that_cannot_be_shown_says_so_in_its_box_and_the_others_come() -> None:
    backend = RecordingBackend()
    backend.broken["gone"] = "It is gone."
    app = Wall(backend)
    async with app.run_test(size=(60, 12)) as pilot:
        app.cells[0].show(source("gone"))
        app.cells[1].show(source("b"))
        await until(pilot, lambda: bool(app.cells[0].trouble) and app.cells[1].picture_shown)
        assert "It is gone." in app.seen()
        app.cells[0].show(source("a"))
        await until(pilot, lambda: app.cells[0].picture_shown)
        assert app.cells[0].trouble == ""


async def test_a_box_that_gets_another_size_prepares_its_picture_for_that() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test(size=(60, 12)) as pilot:
        app.cells[0].show(source("a"))
        await until(pilot, lambda: app.cells[0].picture_shown)
        app.cells[0].styles.width = 6
        await until(pilot, lambda: backend.prepared[-1][1].columns == 6)


async def test_after_a_font_zoom_every_box_is_drawn_for_the_new_cells() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test(size=(60, 12)) as pilot:
        for cell in app.cells:
            cell.show(source("a"))
        await until(pilot, lambda: all(cell.picture_shown for cell in app.cells))
        app.darkroom.measure((10, 20))
        before = len(backend.emitted)
        app.darkroom.measure((14, 28))
        await until(pilot, lambda: len(backend.emitted) == before + len(app.cells))
        await app.query_one(Grid).remove()
        app.darkroom.measure((10, 20))
        assert len(backend.emitted) == before + len(app.cells), "those that are gone draw nothing"


class Question(ModalScreen[None]):
    """Something in front."""

    CSS = "Question { align: center middle; } Static { width: 8; height: 3; background: red; }"

    def compose(self) -> ComposeResult:
        yield Static("sure?")


async def test_placeholder_cells_of_a_grid_stay_under_a_modal_and_all_its_pictures_stay_in_the_terminal(
    tmp_path: Path,
) -> None:
    count = RESIDENT + 8
    backend = KittyBackend((10, 20), Medium.DIRECT)
    app = Wall(backend, count)
    async with app.run_test(size=(60, 30)) as pilot:
        for cell, take in zip(app.cells, takes(tmp_path, count), strict=True):
            cell.show(take)
        await until(pilot, lambda: all(cell.picture_shown for cell in app.cells))
        whole = app.sent().count(PLACEHOLDER)
        assert whole == count * 8 * 4
        assert len(backend._held) == count, "none on the screen is freed"
        app.push_screen(Question())
        await until(pilot, lambda: "sure?" in app.sent())
        assert whole - 8 * 3 <= app.sent().count(PLACEHOLDER) < whole
        app.pop_screen()
        await until(pilot, lambda: app.sent().count(PLACEHOLDER) == whole)
        await app.query_one(Grid).remove()
        await until(pilot, lambda: not backend._held)


@pytest.mark.parametrize("kind", ["half", "octant"])
async def test_symbols_of_a_grid_are_written_as_they_were_made(tmp_path: Path, kind: str) -> None:
    app = Wall(CellsBackend(kind, 1 << 24))
    async with app.run_test(size=(60, 12)) as pilot:
        (take,) = takes(tmp_path, 1)
        app.cells[1].show(take)
        await until(pilot, lambda: app.cells[1].picture_shown)
        assert "48;2;0;90;200" in app.sent() or "38;2;0;90;200" in app.sent()


async def test_a_take_whose_file_was_replaced_is_drawn_anew(tmp_path: Path) -> None:
    app = Wall(CellsBackend("half", 1 << 24))
    async with app.run_test(size=(60, 12)) as pilot:
        take, other = takes(tmp_path, 2)
        cell = app.cells[1]
        for wanted in (take, other):
            cell.show(wanted)
            await until(pilot, lambda: cell.picture_shown)
        Image.new("RGB", (500, 500), (9, 8, 7)).save(take.path)
        cell.show(take)
        await until(pilot, lambda: "9;8;7" in app.sent())
