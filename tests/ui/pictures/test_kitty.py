from __future__ import annotations

import asyncio
import base64
import io
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import Monochrome
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip

from studio.ui.pictures.backend import Room
from studio.ui.pictures.kitty import RESIDENT, KittyBackend
from studio.ui.pictures.kitty_cells import HIGH, LOW, NUMBERS, WIDEST, number_of, placeholder_rows
from studio.ui.pictures.kitty_feed import CHUNK, Medium, plate_of, wrapped
from studio.ui.pictures.kitty_marks import MARKS, PLACEHOLDER
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier
from tests.fakes.picture_host import FakePictureHost, FakeWire


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8))


def commands(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = re.findall(r"\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\", text)
    return found


def yes() -> bool:
    return True


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it did not come true")


async def laid(host: FakePictureHost, count: int) -> None:
    await until(lambda: len(host.laid) == count)


@pytest.fixture
def source(tmp_path: Path) -> PictureSource:
    path = tmp_path / "take.png"
    noise(300, 300).save(path)
    return PictureSource(path, "take-001")


def test_the_pixels_arrive_as_they_were_in_commands_the_protocol_allows() -> None:
    picture = noise(200, 100)
    sent = commands("".join(plate_of(picture, 77, (20, 5), Tier.FULL).texts))
    assert all(len(payload) <= CHUNK for _, payload in sent)
    assert sent[0][0] == "a=T,U=1,f=100,q=2,i=77,c=20,r=5,m=1"
    assert {keys for keys, _ in sent[1:-1]} == {"q=2,m=1"}
    assert sent[-1][0] == "q=2,m=0"
    arrived = Image.open(io.BytesIO(base64.b64decode("".join(payload for _, payload in sent))))
    assert arrived.tobytes() == picture.tobytes()


def test_a_lean_picture_has_half_the_size_and_nearly_the_same_colours() -> None:
    texts = plate_of(Image.new("RGB", (100, 60), (200, 100, 50)), 1, (10, 3), Tier.LEAN).texts
    arrived = Image.open(io.BytesIO(base64.b64decode("".join(payload for _, payload in commands("".join(texts))))))
    assert arrived.size == (50, 30)
    pixel = arrived.getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert max(abs(one - other) for one, other in zip(pixel, (200, 100, 50), strict=True)) <= 3


def test_tmux_gets_every_command_in_an_envelope_of_its_own() -> None:
    plain = plate_of(noise(120, 60), 5, (12, 3), Tier.FULL).texts
    sent = plate_of(noise(120, 60), 5, (12, 3), Tier.FULL, tmux=True).texts
    for inner, outer in zip(plain, sent, strict=True):
        assert outer.startswith("\x1bPtmux;\x1b\x1b_G")
        assert outer.endswith("\x1b\x1b\\\x1b\\")
        assert outer[7:-2].replace("\x1b\x1b", "\x1b") == inner
    assert wrapped("\x1b_Gq=2;\x1b\\\x1b_Gq=2;\x1b\\").count("\x1bPtmux;") == 2


def test_marks_are_combining_characters_that_stay_apart() -> None:
    assert len(MARKS) == len(set(MARKS)) == 297
    for mark in MARKS:
        assert unicodedata.combining(mark) == 230
        assert not unicodedata.decomposition(mark)


def test_numbers_fit_a_colour_index_and_a_mark_and_repeat_late() -> None:
    numbers = [number_of(count) for count in range(NUMBERS)]
    assert len(set(numbers)) == NUMBERS > 20_000
    assert {number & 0xFFFFFF for number in numbers} == set(LOW)
    assert {number >> 24 for number in numbers} == set(HIGH)


def test_every_cell_says_its_row_its_column_and_its_picture() -> None:
    rows = placeholder_rows(7 << 24 | 99, 6, 3)
    for y, strip in enumerate(rows):
        (segment,) = strip
        assert strip.cell_length == 6
        cells = [segment.text[at : at + 4] for at in range(0, len(segment.text), 4)]
        assert cells == [PLACEHOLDER + MARKS[y] + MARKS[x] + MARKS[7] for x in range(6)]


def test_nothing_changes_the_colour_that_is_a_number() -> None:
    strip = placeholder_rows(7 << 24 | 99, 6, 1)[0]
    shaded = Strip(BackgroundScreen.process_segments(strip, Color(0, 0, 0, 0.6)))
    grey = strip.apply_filter(Monochrome(), Color(0, 0, 0))
    added = Strip(Segment.apply_style(list(strip), Style(color="red", bold=True)))
    for changed in (shaded, grey, added):
        (segment,) = changed
        assert segment.style is not None
        assert "38;5;99" in segment.style.render("x")


async def test_a_picture_seen_again_is_not_sent_again(source: PictureSource) -> None:
    backend, host = KittyBackend((10, 20), Medium.DIRECT), FakePictureHost()
    prepared = backend.prepare(source, Room(20, 10), Tier.FULL, yes)
    assert not backend.holds(prepared)
    backend.emit(host, prepared, yes)
    await laid(host, 1)
    sent = len(host.wire.written)
    assert backend.holds(prepared)
    backend.emit(host, prepared, yes)
    assert len(host.laid) == 2
    assert len(host.wire.written) == sent


async def test_two_views_that_want_one_picture_get_it_sent_once(source: PictureSource) -> None:
    wire = FakeWire(answers=False)
    backend, one, other = KittyBackend((10, 20), Medium.DIRECT), FakePictureHost(wire), FakePictureHost(wire)
    prepared = backend.prepare(source, Room(20, 10), Tier.FULL, yes)
    backend.emit(one, prepared, yes)
    backend.emit(other, prepared, yes)
    await until(lambda: bool(one.laid and other.laid))
    assert len(one.numbers("T")) == 1
    backend.withdraw(one)
    assert not one.numbers("d"), "the other view still shows it"
    backend.withdraw(other)
    assert one.numbers("d") == one.numbers("T")


async def test_the_terminal_holds_few_pictures_and_none_after_the_view_is_gone(source: PictureSource) -> None:
    backend, host = KittyBackend((10, 20), Medium.DIRECT), FakePictureHost()
    for number in range(RESIDENT + 3):
        other = PictureSource(source.path, f"take-{number}")
        backend.emit(host, backend.prepare(other, Room(4, 2), Tier.FULL, yes), yes)
        await laid(host, number + 1)
        assert len(host.numbers("T")) - len(host.numbers("d")) <= RESIDENT
    assert host.numbers("d") == host.numbers("T")[:3]
    backend.withdraw(host)
    assert sorted(host.numbers("d")) == sorted(host.numbers("T"))


async def test_a_picture_nobody_wants_any_more_is_broken_off_and_freed(source: PictureSource) -> None:
    wire = FakeWire()
    backend, host = KittyBackend((10, 20), Medium.DIRECT), FakePictureHost(wire)
    wanted = True
    backend.emit(host, backend.prepare(source, Room(40, 20), Tier.FULL, yes), lambda: wanted)
    await until(lambda: wire.asked > 1)
    wanted = False
    wire.answer(10.0)
    await until(lambda: bool(host.numbers("d")))
    assert not host.laid
    assert commands(wire.text)[-2:] == [("q=2,m=0", ""), (f"a=d,d=I,i={host.numbers('T')[0]},q=2", "")]


async def test_what_is_under_way_ends_properly_when_the_app_ends(source: PictureSource) -> None:
    wire = FakeWire()
    backend, host = KittyBackend((10, 20), Medium.DIRECT), FakePictureHost(wire)
    backend.emit(host, backend.prepare(source, Room(40, 20), Tier.FULL, yes), yes)
    await until(lambda: wire.asked > 1)
    wire.leave()
    assert commands(wire.text)[-2][0] == "q=2,m=0"
    assert host.numbers("d") == host.numbers("T")


async def test_on_the_same_machine_only_a_path_goes_through_the_line(source: PictureSource) -> None:
    backend, host = KittyBackend((10, 20), Medium.FILE), FakePictureHost()
    backend.emit(host, backend.prepare(source, Room(20, 10), Tier.FULL, yes), yes)
    ((keys, payload),) = commands(host.wire.text)
    assert keys.endswith("t=t")
    assert "f=24,q=2" in keys
    assert len(host.wire.text) < 250
    path = Path(base64.b64decode(payload).decode())
    assert path.stat().st_size == 200 * 200 * 3
    assert "tty-graphics-protocol" in path.name
    backend.withdraw(host)
    assert not os.path.lexists(path), "also when the terminal never came to read it"


async def test_a_picture_is_never_wider_than_the_marks_of_the_protocol(source: PictureSource) -> None:
    prepared = KittyBackend((1, 1), Medium.DIRECT).prepare(source, Room(900, 800), Tier.FULL, yes)
    assert max(prepared.columns, prepared.rows) == WIDEST
