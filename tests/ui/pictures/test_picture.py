from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from rich.console import Console
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Static

from studio.ui.pictures.backend import PictureBackend, Room
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.kitty import KittyBackend
from studio.ui.pictures.kitty_feed import Medium
from studio.ui.pictures.path_only import PathOnlyBackend
from studio.ui.pictures.picture import PictureState, PictureView
from studio.ui.pictures.recording import RecordingBackend, source
from studio.ui.pictures.sheet import Sheet
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier


class Wall(App[None]):
    """One picture in a frame."""

    CSS = "PictureView { border: round white; }"

    def __init__(self, backend: PictureBackend) -> None:
        super().__init__()
        self.view = PictureView(Darkroom(backend), empty="No takes yet: press ctrl+g.")
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_picture_view_shown(self, message: PictureView.Shown) -> None:
        self.heard.append(message.source.key)

    def on_picture_view_failed(self, message: PictureView.Failed) -> None:
        self.heard.append(message.sentence)

    def on_unmount(self) -> None:
        self.view.darkroom.close()

    def sent(self) -> str:
        """Everything on the screen as it goes to the terminal."""
        update: Any = self.screen._compositor.render_update(full=True, screen_stack=self._background_screens)
        return str(update.render_segments(Console(color_system="truecolor")))

    def seen(self) -> str:
        """Everything on the screen as text."""
        return "\n".join("".join(segment.text for segment in line) for line in self.screen._compositor.render_strips())


class Question(ModalScreen[None]):
    """Something in front."""

    CSS = "Question { align: center middle; } Static { width: 12; height: 3; background: red; }"

    def compose(self) -> ComposeResult:
        yield Static("sure?")


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    for _ in range(800):
        if condition():
            await pilot.pause()
            return
        await pilot.pause(0.005)
    raise AssertionError("it did not come true")


async def test_without_a_picture_the_view_says_what_to_do() -> None:
    app = Wall(RecordingBackend())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "No takes yet: press ctrl+g." in app.seen()
        assert app.view.state is PictureState.EMPTY


async def test_a_picture_is_shown_in_the_middle_of_its_room() -> None:
    app = Wall(RecordingBackend())
    async with app.run_test(size=(32, 14)) as pilot:
        app.view.show(source("a"))
        await until(pilot, lambda: app.heard == ["a"])
        rows = app.seen().splitlines()
        assert "aaaaaaaaaa" in rows[6]
        assert rows[6].index("a") == 11
        assert "a" not in rows[2]


async def test_the_picture_before_stays_until_the_new_one_is_complete() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test() as pilot:
        app.view.show(source("a"))
        await until(pilot, lambda: app.heard == ["a"])
        gate = backend.hold("b")
        app.view.show(source("b"))
        await pilot.pause()
        assert app.view.state is PictureState.LOADING
        assert "aaa" in app.seen()
        gate.set()
        await until(pilot, lambda: app.heard == ["a", "b"])
        assert "aaa" not in app.seen()
        assert "bbb" in app.seen()


async def test_moving_on_quickly_shows_only_the_last_picture() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test() as pilot:
        gates = [backend.hold(key) for key in "abcd"]
        for key in "abcd":
            app.view.show(source(key))
            await pilot.pause()
        for gate in gates:
            gate.set()
        await until(pilot, lambda: "d" in app.heard)
        assert app.heard == ["d"]
        assert backend.emitted == ["d"]
        assert [key for key, _ in backend.prepared] == ["d"], "pictures that were passed by cost nothing"


async def test_a_broken_picture_is_a_sentence_and_the_next_one_is_shown_again() -> None:
    backend = RecordingBackend()
    backend.broken["a"] = "a.png is \x1b[31mdamaged."
    app = Wall(backend)
    async with app.run_test() as pilot:
        app.view.show(source("a"))
        await until(pilot, lambda: app.view.state is PictureState.BROKEN)
        assert "a.png is damaged." in app.seen()
        app.view.show(source("b"))
        await until(pilot, lambda: app.heard[-1:] == ["b"])
        assert "bbb" in app.seen()


async def test_clearing_takes_the_picture_away_also_while_one_is_coming() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test() as pilot:
        app.view.show(source("a"))
        await until(pilot, lambda: app.heard == ["a"])
        gate = backend.hold("b")
        app.view.show(source("b"))
        await pilot.pause()
        app.view.show(None)
        gate.set()
        await until(pilot, lambda: "No takes yet" in app.seen())
        assert "aaa" not in app.seen()
        assert app.heard == ["a"]


async def test_after_a_resize_the_picture_has_the_new_size() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test(size=(32, 14)) as pilot:
        app.view.show(source("a"))
        await until(pilot, lambda: app.heard == ["a"])
        await pilot.resize_terminal(62, 20)
        await until(pilot, lambda: app.heard == ["a", "a"])
        assert "a" * 20 in app.seen()


async def test_a_picture_asked_for_before_there_is_room_comes_later() -> None:
    app = Wall(RecordingBackend())
    app.view.show(source("a"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.heard == ["a"])


async def test_a_picture_seen_before_comes_back_at_once() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test() as pilot:
        app.view.show(source("a"))
        await until(pilot, lambda: app.heard == ["a"])
        app.view.show(source("b"))
        await until(pilot, lambda: app.heard == ["a", "b"])
        app.view.show(source("a"))
        assert app.view.state is PictureState.SHOWN
        assert [key for key, _ in backend.prepared] == ["a", "b"]


async def test_prefetched_pictures_are_shown_without_waiting() -> None:
    backend = RecordingBackend()
    app = Wall(backend)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.view.prefetch(source("b"), source("c"))
        await until(pilot, lambda: len(backend.prepared) == 2)
        app.view.show(source("c"))
        assert app.view.state is PictureState.SHOWN


async def test_colours_are_right_under_and_after_a_modal_and_after_another_theme(tmp_path: Path) -> None:
    path = tmp_path / "red.png"
    Image.new("RGB", (64, 64), (210, 20, 30)).save(path)
    app = Wall(CellsBackend("half", 1 << 24))
    async with app.run_test(size=(40, 12)) as pilot:
        app.view.show(PictureSource.of(path))
        await until(pilot, lambda: app.view.state is PictureState.SHOWN)

        bright, dark = "210;20;30", "94;9;13"
        whole = app.sent().count(bright)
        assert whole
        await app.push_screen(Question())
        await pilot.pause()
        assert app.sent().count(dark) > whole
        assert bright not in app.sent()
        app.pop_screen()
        app.theme = "textual-light"
        await pilot.pause()
        assert app.sent().count(bright) == whole


async def test_rows_are_handed_to_the_terminal_untouched(tmp_path: Path) -> None:
    path = tmp_path / "red.png"
    Image.new("RGB", (64, 64), (210, 20, 30)).save(path)
    app = Wall(CellsBackend("half", 1 << 24))
    async with app.run_test(size=(40, 12)) as pilot:
        app.view.show(PictureSource.of(path))
        await until(pilot, lambda: app.view.state is PictureState.SHOWN)
        sheet = app.query_one(Sheet)
        strips = sheet.render_lines(sheet.size.region)
        assert all(type(strip).__name__ == "CellStrip" for strip in strips)
        assert "_segments" not in {name for strip in strips for name in vars(strip)}


async def test_with_graphics_off_the_view_says_where_the_picture_is(tmp_path: Path) -> None:
    path = tmp_path / "hero-stance-001.png"
    Image.new("RGB", (768, 1024)).save(path)
    app = Wall(PathOnlyBackend())
    async with app.run_test(size=(90, 12)) as pilot:
        app.view.show(PictureSource.of(path))
        await until(pilot, lambda: app.view.state is PictureState.SHOWN)
        assert "768 × 1024 pixels" in app.seen()
        assert "hero-stance-001.png" in app.seen()


async def test_no_color_leaves_pictures_in_colour(tmp_path: Path) -> None:
    path = tmp_path / "red.png"
    Image.new("RGB", (64, 64), (210, 20, 30)).save(path)
    app = Wall(CellsBackend("half", 1 << 24))
    app.no_color = True
    async with app.run_test(size=(40, 12)) as pilot:
        app.view.show(PictureSource.of(path))
        await until(pilot, lambda: app.view.state is PictureState.SHOWN)
        assert "210;20;30" in app.sent()


async def test_a_lean_picture_is_followed_by_a_full_one_when_it_is_looked_at() -> None:
    backend = RecordingBackend()
    backend.wanted_tiers = (Tier.LEAN, Tier.FULL)
    app = Wall(backend)
    async with app.run_test() as pilot:
        app.view.show(source("a"))
        await until(pilot, lambda: backend.emitted_tiers == [Tier.LEAN, Tier.FULL])
        assert app.heard == ["a"], "the same picture is told once"
        app.view.show(source("b"))
        app.view.show(source("a"))
        assert backend.emitted_tiers[-1] is Tier.FULL, "what is there in full is not shown leaner again"


async def test_who_goes_on_gets_no_finer_picture_of_what_was_passed() -> None:
    backend = RecordingBackend()
    backend.wanted_tiers = (Tier.LEAN, Tier.FULL)
    app = Wall(backend)
    async with app.run_test() as pilot:
        app.view.show(source("a"))
        await until(pilot, lambda: app.heard == ["a"])
        backend.wanted_tiers = (Tier.LEAN,)
        app.view.show(source("b"))
        await until(pilot, lambda: app.heard == ["a", "b"])
        await pilot.pause(0.4)
        assert backend.emitted_tiers == [Tier.LEAN, Tier.LEAN]


async def test_after_a_font_zoom_pictures_are_made_for_the_new_cells() -> None:
    backend = RecordingBackend()
    darkroom = Darkroom(backend)
    darkroom.measure((10, 20))
    await darkroom.develop(source("a"), Room(30, 9), lambda: True)
    darkroom.measure(None)
    darkroom.measure((10, 20))
    assert not backend.cells
    darkroom.measure((15, 30))
    assert backend.cells == [(15, 30)]
    assert darkroom.ready(source("a"), Room(30, 9)) is None
    darkroom.close()


def test_the_status_line_can_say_how_pictures_come_and_the_artist_can_keep_them_lean() -> None:
    backend = KittyBackend((10, 20), Medium.DIRECT, far=True)
    darkroom = Darkroom(backend)
    assert darkroom.words() == "kitty (direct), lean, then full"
    backend.line.rate = 1_400_000
    assert darkroom.words() == "kitty (direct), lean, then full, 1.4 MB/s"
    darkroom.wish(Tier.LEAN)
    assert darkroom.words() == "kitty (direct), lean, 1.4 MB/s"
    backend.line.rate = 240_000
    assert darkroom.words().endswith("240 KB/s")
    assert darkroom.seen_words(Tier.LEAN) == "lean on request, 240 KB/s"
    darkroom.wish(None)
    assert darkroom.words() == "kitty (direct), lean, 240 KB/s", "too slow for more"
    assert darkroom.seen_words(Tier.LEAN) == "lean, 240 KB/s"
    darkroom.wish(Tier.FULL)
    assert darkroom.words() == "kitty (direct), lean, then full, 240 KB/s"
    assert Darkroom(RecordingBackend()).words() == "recording"


async def test_a_file_that_was_replaced_or_deleted_is_not_shown_from_memory(tmp_path: Path) -> None:
    path, other = tmp_path / "take.png", tmp_path / "other.png"
    Image.new("RGB", (64, 64), (210, 20, 30)).save(path)
    Image.new("RGB", (64, 64), (1, 2, 3)).save(other)
    take, neighbour = PictureSource(path, "take"), PictureSource(other, "other")
    app = Wall(CellsBackend("half", 1 << 24))
    async with app.run_test(size=(40, 12)) as pilot:

        async def seen(source: PictureSource, colour: str) -> None:
            app.view.show(source)
            await until(pilot, lambda: colour in app.sent())

        await seen(take, "210;20;30")
        await seen(neighbour, "1;2;3")
        Image.new("RGB", (80, 80), (20, 210, 40)).save(path)
        await seen(take, "20;210;40")
        await seen(neighbour, "1;2;3")
        path.unlink()
        app.view.show(take)
        await until(pilot, lambda: "not on the disk" in app.seen())
        assert "20;210;40" not in app.sent()
