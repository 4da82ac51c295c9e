from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console
from textual.color import Color
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip

from studio.ui.pictures.backend import Prepared, Room
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.overlay import OverlayBackend
from studio.ui.pictures.overlay_pieces import as_sixel
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier
from studio.ui.pictures.watched_strip import WatchedStrip
from tests.fakes.picture_host import FakePictureHost

CELL = (10, 20)


@pytest.fixture
def source(tmp_path: Path) -> PictureSource:
    path = tmp_path / "take.png"
    Image.new("RGB", (100, 100), "red").save(path)
    return PictureSource(path, "take-001")


def backend(*, far: bool = False) -> OverlayBackend:
    return OverlayBackend("sixel", as_sixel, CellsBackend("half", 1 << 24, CELL), CELL, far=far, tiers=True)


def prepared(own: OverlayBackend, source: PictureSource) -> Prepared:
    return own.prepare(source, Room(10, 5), Tier.FULL, lambda: True)


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it did not come true")


def shown(host: FakePictureHost) -> int:
    return host.wire.text.count("\x1bP0;1;0q")


async def test_symbols_are_there_at_once_and_pixels_when_their_frame_is_out(source: PictureSource) -> None:
    own, host = backend(), FakePictureHost()
    own.emit(host, prepared(own, source), lambda: True)
    assert host.laid[0].strips
    await asyncio.sleep(0.05)
    assert not shown(host), "no frame has shown the symbols yet"
    assert host.painted is not None
    host.painted()
    await until(lambda: shown(host) == 1)
    assert "\x1b7\x1b[2;3H\x1bP0;1;0q" in host.wire.text, "where the view is, and the cursor stays where it was"
    assert host.wire.text.endswith("\x1b8")


async def test_all_rows_of_a_frame_cost_one_drawing(source: PictureSource) -> None:
    own, host = backend(), FakePictureHost()
    own.emit(host, prepared(own, source), lambda: True)
    assert host.painted is not None
    for _ in range(30):
        host.painted()
    await until(lambda: shown(host) == 1)
    await asyncio.sleep(0.05)
    assert shown(host) == 1


async def test_what_is_covered_is_not_drawn_and_what_was_drawn_gives_way_to_symbols(source: PictureSource) -> None:
    own, host = backend(), FakePictureHost()
    own.emit(host, prepared(own, source), lambda: True)
    assert host.painted is not None
    host.region = None
    host.painted()
    await asyncio.sleep(0.05)
    assert not shown(host)
    assert not host.repaints
    host.region = Region(0, 0, 10, 5)
    host.painted()
    await until(lambda: shown(host) == 1)
    host.region = None
    host.painted()
    await until(lambda: host.repaints == 1)


async def test_while_frame_follows_frame_there_are_symbols(source: PictureSource) -> None:
    own, host = backend(), FakePictureHost()
    own.emit(host, prepared(own, source), lambda: True)
    assert host.painted is not None
    for _ in range(30):
        host.painted()
        await asyncio.sleep(0.01)
    assert shown(host) <= 1
    await until(lambda: shown(host) >= 1)


async def test_another_picture_or_none_ends_the_drawing_of_the_first(source: PictureSource) -> None:
    own, host = backend(), FakePictureHost()
    first = prepared(own, source)
    own.emit(host, first, lambda: True)
    before = host.painted
    own.emit(host, first, lambda: True)
    assert before is not None
    before()
    await asyncio.sleep(0.05)
    assert not shown(host)
    own.conceal(host)
    assert host.painted is not None
    host.painted()
    await asyncio.sleep(0.05)
    assert not shown(host)


def test_a_row_says_when_it_or_a_part_of_it_is_written_but_not_when_it_is_shaded() -> None:
    seen: list[str] = []
    row = CellsBackend("half", 1 << 24).strips(Image.new("RGB", (10, 2), (9, 8, 7)))[0]
    watched = WatchedStrip(row, lambda: seen.append("painted"))
    console = Console()
    assert watched.render(console) == row.render(console)
    assert len(seen) == 1
    watched.crop(2, 5).render(console)
    assert len(seen) == 2
    for part in watched.divide([4, 10]):
        part.render(console)
    assert len(seen) == 4
    Strip(BackgroundScreen.process_segments(Strip.join([watched]), Color(0, 0, 0, 0.5))).render(console)
    assert len(seen) == 4
