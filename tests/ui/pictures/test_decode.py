from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.ui.pictures.as_seen import BACKDROP, MOST_PIXELS
from studio.ui.pictures.backend import BrokenPicture, Room, Unwanted
from studio.ui.pictures.decode import decode, fit_cells
from studio.ui.pictures.source import PictureSource

CELL = (10, 20)


def yes() -> bool:
    return True


def saved(folder: Path, image: Image.Image, name: str = "take.png", **options: Any) -> PictureSource:
    path = folder / name
    image.save(path, **options)
    return PictureSource(path, name)


@given(width=st.integers(1, 8000), height=st.integers(1, 8000), columns=st.integers(1, 300), rows=st.integers(1, 100))
def test_a_picture_never_leaves_its_room_and_touches_one_side(width: int, height: int, columns: int, rows: int) -> None:
    across, down = fit_cells((width, height), Room(columns, rows), CELL)
    assert 1 <= across <= columns
    assert 1 <= down <= rows
    assert across == columns or down == rows


def test_a_square_picture_covers_twice_as_many_columns_as_rows() -> None:
    assert fit_cells((1024, 1024), Room(100, 30), CELL) == (60, 30)


def test_the_pixels_are_exactly_those_of_the_cells(tmp_path: Path) -> None:
    source = saved(tmp_path, Image.new("RGB", (300, 400), "red"))
    picture, columns, rows = decode(source, Room(40, 20), CELL, CELL, yes)
    assert (columns, rows) == (30, 20)
    assert picture.size == (300, 400)
    assert picture.getpixel((150, 200)) == (255, 0, 0)


def test_transparent_parts_show_the_backdrop(tmp_path: Path) -> None:
    source = saved(tmp_path, Image.new("RGBA", (40, 40), (255, 0, 0, 0)))
    picture, _, _ = decode(source, Room(4, 2), CELL, (1, 2), yes)
    assert picture.getpixel((0, 0)) == BACKDROP


@pytest.mark.parametrize("mode", ["L", "P", "LA", "CMYK", "I;16", "1"])
def test_every_kind_of_pixels_becomes_red_green_and_blue(tmp_path: Path, mode: str) -> None:
    name = "take.jpg" if mode == "CMYK" else "take.png"
    picture, _, _ = decode(saved(tmp_path, Image.new(mode, (40, 40)), name), Room(4, 2), CELL, (1, 2), yes)
    assert picture.mode == "RGB"


def test_a_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.new("RGB", (400, 200), "blue")
    image.paste("white", (0, 0, 200, 200))
    source = saved(tmp_path, image, "photo.jpg", exif=exif, quality=95)
    picture, columns, rows = decode(source, Room(40, 20), CELL, (1, 2), yes)
    assert (columns, rows) == (20, 20)
    top, bottom = picture.getpixel((10, 2)), picture.getpixel((10, 37))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200
    assert bottom[0] < 60


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "not on the disk"), (b"words", "not a picture"), (b"", "not a picture")],
)
def test_what_is_no_picture_is_said_in_a_sentence(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "take.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BrokenPicture, match=sentence):
        decode(PictureSource(path, "take"), Room(4, 2), CELL, (1, 2), yes)


def test_a_picture_cut_short_is_damaged(tmp_path: Path) -> None:
    source = saved(tmp_path, Image.effect_noise((200, 200), 90))
    source.path.write_bytes(source.path.read_bytes()[:9000])
    with pytest.raises(BrokenPicture, match="damaged"):
        decode(source, Room(4, 2), CELL, (1, 2), yes)


def test_a_picture_with_too_many_pixels_is_not_decoded(tmp_path: Path) -> None:
    side = int(MOST_PIXELS**0.5) + 1
    source = saved(tmp_path, Image.new("1", (side, side)))
    with pytest.raises(BrokenPicture, match="too many"):
        decode(source, Room(4, 2), CELL, (1, 2), yes)


def test_nothing_is_decoded_for_nobody(tmp_path: Path) -> None:
    source = saved(tmp_path, Image.new("RGB", (10, 10)))
    with pytest.raises(Unwanted):
        decode(source, Room(4, 2), CELL, (1, 2), lambda: False)
