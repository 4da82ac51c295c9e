from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image
from rich.cells import cell_len
from rich.console import Console
from textual.color import Color
from textual.filter import Monochrome
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip

from studio.ui.pictures.cells import CellsBackend


def gradient(columns: int, rows: int) -> Image.Image:
    x, y = np.meshgrid(np.linspace(0, 255, columns), np.linspace(0, 255, rows))
    return Image.fromarray(np.stack([x, y, 255 - x], 2).astype(np.uint8))


def rendered(strip: Strip) -> str:
    return strip.render(Console())


def test_the_finished_text_says_the_same_as_the_segments() -> None:
    for strip in CellsBackend("half", 1 << 24).strips(gradient(9, 8)):
        plain = Strip(list(strip), strip.cell_length)
        seen = re.sub("\x1b\\[0?m", "", rendered(strip))
        assert seen == re.sub("\x1b\\[0?m", "", rendered(plain))


@pytest.mark.parametrize("colours", [1 << 24, 256, 16, 0])
def test_every_row_is_as_wide_as_the_picture_and_ends_without_colour(colours: int) -> None:
    strips = CellsBackend("half", colours).strips(gradient(10, 12))
    assert len(strips) == 6
    for strip in strips:
        text = rendered(strip)
        assert text.endswith("\x1b[0m")
        assert cell_len(re.sub("\x1b\\[[\\d;]*m", "", text)) == 10 == strip.cell_length


@pytest.mark.parametrize(("colours", "pattern"), [(256, r"38;5;\d+;48;5;\d+"), (16, r"(3\d|9\d);(4\d|10\d)")])
def test_fewer_colours_are_written_the_way_the_terminal_knows(colours: int, pattern: str) -> None:
    for strip in CellsBackend("half", colours).strips(gradient(10, 4)):
        found = re.findall("\x1b\\[([\\d;]+)m", rendered(strip))[:-1]
        assert found
        assert all(re.fullmatch(pattern, codes) for codes in found)


def test_without_colours_light_is_drawn_with_plain_characters() -> None:
    strips = CellsBackend("half", 0).strips(Image.new("RGB", (4, 4), (255, 255, 255)))
    assert "@@@@" in rendered(strips[0])
    assert "38" not in rendered(strips[0])


def test_pure_colours_keep_their_name_among_sixteen() -> None:
    strips = CellsBackend("half", 16).strips(Image.new("RGB", (2, 2), (255, 85, 85)))
    assert "\x1b[91;101m" in rendered(strips[0])


def test_no_filter_takes_the_colours_away() -> None:
    strip = CellsBackend("half", 1 << 24).strips(Image.new("RGB", (4, 2), (200, 10, 10)))[0]
    assert "200;10;10" in rendered(strip.apply_filter(Monochrome(), Color(0, 0, 0)))


def test_a_cropped_row_keeps_its_colours() -> None:
    strip = CellsBackend("half", 1 << 24).strips(gradient(10, 2))[0]
    cropped = strip.crop(3, 7)
    assert cropped.cell_length == 4
    assert "".join(segment.text for segment in cropped) == "▀" * 4
    assert [segment.style for segment in cropped] == [segment.style for segment in strip][3:7]


def test_under_a_modal_every_cell_is_darker() -> None:
    strip = CellsBackend("half", 1 << 24).strips(gradient(10, 2))[0]
    shaded = Strip(BackgroundScreen.process_segments(strip, Color(0, 0, 0, 0.6)))
    before, after = (
        [int(part) for codes in re.findall("38;2;([\\d;]+)m", rendered(one)) for part in codes.split(";") if part]
        for one in (Strip(list(strip)), shaded)
    )
    assert len(before) == len(after)
    assert all(dark <= bright for dark, bright in zip(after, before, strict=True))
    assert sum(after) < 0.6 * sum(before)


@pytest.mark.parametrize("colours", [256, 16])
def test_under_a_modal_colours_from_a_table_stay(colours: int) -> None:
    strip = CellsBackend("half", colours).strips(gradient(10, 2))[0]
    shaded = Strip(BackgroundScreen.process_segments(strip, Color(0, 0, 0, 0.6)))
    assert rendered(shaded) == rendered(Strip(list(strip)))
