"""Where two pictures differ."""

from __future__ import annotations

import pytest
from PIL import Image

from studio.imaging.difference import difference


def test_the_same_picture_differs_nowhere() -> None:
    picture = Image.new("RGB", (20, 20), (10, 200, 30))
    found = difference(picture, picture.copy())
    assert (found.mean, found.changed) == (0, 0)
    assert found.words() == "no pixel differs noticeably"
    assert found.picture.getcolors() == [(400, (0, 0, 0))]


def test_what_differs_is_amplified_and_measured() -> None:
    first = Image.new("RGB", (20, 20), (100, 100, 100))
    second = first.copy()
    second.paste((110, 100, 100), (0, 0, 10, 20))
    found = difference(first, second, gain=4)
    assert found.picture.getpixel((0, 0)) == (40, 0, 0)
    assert found.picture.getpixel((15, 0)) == (0, 0, 0)
    assert found.changed == pytest.approx(0.5)
    assert found.words().startswith("50 % of the pixels differ")
    assert difference(first, second, gain=100).picture.getpixel((0, 0)) == (255, 0, 0)


def test_pictures_of_other_sizes_and_transparent_ones_are_compared_too() -> None:
    first = Image.new("RGB", (40, 40), (0, 0, 0))
    second = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    found = difference(first, second)
    assert found.picture.size == (40, 40)
    assert found.changed == 0
