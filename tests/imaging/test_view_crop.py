"""Parts of pictures, and what lies behind them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from studio.imaging.view_crop import Backdrop, open_whole, view_crop


def quarters() -> Image.Image:
    picture = Image.new("RGB", (100, 100), "red")
    picture.paste("lime", (50, 0, 100, 50))
    picture.paste("blue", (0, 50, 50, 100))
    picture.paste("white", (50, 50, 100, 100))
    return picture


def test_at_its_own_size_every_pixel_stays_what_it_is() -> None:
    part = view_crop(quarters(), (25, 25, 75, 75), (50, 50), Backdrop.BLACK)
    assert [part.getpixel(at) for at in ((0, 0), (49, 0), (0, 49), (49, 49))] == [
        (255, 0, 0),
        (0, 255, 0),
        (0, 0, 255),
        (255, 255, 255),
    ]


def test_near_pixels_are_squares() -> None:
    part = view_crop(quarters(), (49, 49, 51, 51), (40, 40), Backdrop.BLACK)
    assert {count for count, _ in part.getcolors() or []} == {400}


def test_beyond_the_edge_is_the_backdrop() -> None:
    part = view_crop(quarters(), (-50, 0, 50, 100), (100, 100), Backdrop.MAGENTA)
    assert part.getpixel((10, 10)) == (255, 0, 255)
    assert part.getpixel((90, 10)) == (255, 0, 0)
    assert view_crop(quarters(), (200, 200, 210, 210), (10, 10), Backdrop.WHITE).getcolors() == [(100, (255, 255, 255))]


def test_the_checker_shows_through_what_is_transparent() -> None:
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    part = view_crop(clear, (0, 0, 64, 64), (64, 64), Backdrop.CHECKER)
    assert len(part.getcolors() or []) == 2


def test_backdrops_go_round() -> None:
    seen, backdrop = [], Backdrop.BLACK
    for _ in range(4):
        seen.append(backdrop)
        backdrop = backdrop.following
    assert set(seen) == set(Backdrop) and backdrop is Backdrop.BLACK


def test_a_file_is_opened_upright_and_what_is_none_is_refused(tmp_path: Path) -> None:
    turned = Image.new("RGB", (40, 20), "red")
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(tmp_path / "turned.jpg", exif=exif)
    assert open_whole(tmp_path / "turned.jpg").size == (20, 40)
    (tmp_path / "none.png").write_bytes(b"no picture at all")
    with pytest.raises((OSError, ValueError)):
        open_whole(tmp_path / "none.png")
