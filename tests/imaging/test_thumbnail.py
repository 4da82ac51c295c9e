"""Small pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from studio.imaging.thumbnail import flat, thumbnail, write_thumbnails


@pytest.mark.parametrize(
    ("size", "box", "expected"),
    [((800, 600), (400, 400), (400, 300)), ((30, 40), (400, 400), (30, 40)), ((2000, 3), (100, 100), (100, 1))],
)
def test_it_fits_keeps_its_shape_and_never_grows(
    size: tuple[int, int], box: tuple[int, int], expected: tuple[int, int]
) -> None:
    source = Image.new("RGB", size, "red")
    small = thumbnail(source, box)
    assert small.size == expected
    assert small.getpixel((0, 0)) == (255, 0, 0)
    assert small is not source
    assert source.size == size


@pytest.mark.parametrize(("mode", "expected"), [("L", "RGB"), ("LA", "RGBA"), ("RGBA", "RGBA"), ("P", "RGB")])
def test_transparency_is_kept_and_everything_else_is_rgb(mode: str, expected: str) -> None:
    assert thumbnail(Image.new(mode, (40, 40)), (10, 10)).mode == expected


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_it_reads_files(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"picture.{ending}"
    Image.linear_gradient("L").convert("RGB").resize((900, 1200)).save(path)
    small = thumbnail(path, (90, 120))
    assert small.size == (90, 120)
    top, bottom = small.getpixel((45, 2)), small.getpixel((45, 117))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] < 20 < 230 < bottom[0]


def test_what_is_no_picture_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_text("no")
    with pytest.raises(OSError, match="cannot identify"):
        thumbnail(tmp_path / "picture.png", (10, 10))


def test_kept_thumbnails_are_whole_jpegs_over_white(tmp_path: Path) -> None:
    source = tmp_path / "cutout.png"
    Image.new("RGBA", (1500, 2000), (0, 0, 0, 0)).save(source)
    written = write_thumbnails(source, tmp_path, "run-001")
    assert [path.name for path in written.values()] == ["run-001-1024.jpg", "run-001-320.jpg"]
    with Image.open(written[320]) as image:
        assert (image.format, image.size) == ("JPEG", (240, 320))
        pixel = image.getpixel((5, 5))
        assert isinstance(pixel, tuple)
        assert min(pixel) > 250
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cutout.png", "run-001-1024.jpg", "run-001-320.jpg"]


def test_half_transparent_pixels_mix_with_the_backdrop() -> None:
    assert flat(Image.new("RGBA", (1, 1), (0, 0, 0, 128)), (200, 0, 0)).getpixel((0, 0)) == (100, 0, 0)
