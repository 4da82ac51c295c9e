from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from studio.ui.pictures.backend import Room
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.decode import decode
from studio.ui.pictures.recording import RecordingBackend
from studio.ui.pictures.sidecar import keep, nearest
from studio.ui.pictures.source import PictureSource
from tests.ui.pictures.subjects import photo, psnr

CELL = (10, 20)


@pytest.fixture
def source(tmp_path: Path) -> PictureSource:
    path = tmp_path / "take.png"
    photo(600).resize((1200, 900)).save(path)
    return PictureSource(path, "take-001", sidecars=tmp_path / "small")


def yes() -> bool:
    return True


def broken_behind_its_head(source: PictureSource) -> None:
    """Only who looks further than the head notices."""
    when = source.path.stat().st_mtime_ns
    source.path.write_bytes(source.path.read_bytes()[:2000])
    os.utime(source.path, ns=(when, when))


def test_the_smallest_that_has_pixels_enough_is_taken(source: PictureSource) -> None:
    size = (1200, 900)
    assert nearest(source, size, (120, 90)) is None, "nothing is kept yet"
    keep(source)
    assert source.sidecars is not None
    assert nearest(source, size, (120, 90)) == source.sidecars / "take-001-320.jpg"
    assert nearest(source, size, (600, 450)) == source.sidecars / "take-001-1024.jpg"
    assert nearest(source, size, (1100, 825)) is None


def test_a_preview_from_a_small_picture_looks_like_one_from_the_large(source: PictureSource) -> None:
    large = decode(source, Room(60, 30), CELL, CELL, yes)
    keep(source)
    broken_behind_its_head(source)
    small = decode(source, Room(60, 30), CELL, CELL, yes)
    assert small[1:] == large[1:]
    assert small[0].size == large[0].size
    assert psnr(small[0], large[0]) > 32


def test_what_must_be_exact_comes_from_the_picture_itself(source: PictureSource) -> None:
    keep(source)
    exact, _, _ = decode(source, Room(60, 30), CELL, CELL, yes, exact=True)
    bare = PictureSource(source.path, source.key)
    assert exact.tobytes() == decode(bare, Room(60, 30), CELL, CELL, yes)[0].tobytes()


def test_a_small_picture_older_than_the_picture_is_not_used_and_is_made_again(source: PictureSource) -> None:
    keep(source)
    Image.new("RGB", (1200, 900), "lime").save(source.path)
    assert source.sidecars is not None
    small = source.sidecars / "take-001-320.jpg"
    os.utime(small, ns=(0, 0))
    picture, _, _ = decode(source, Room(8, 4), CELL, (2, 4), yes)
    assert picture.getpixel((3, 3)) == (0, 255, 0)
    keep(source)
    assert small.stat().st_mtime_ns >= source.path.stat().st_mtime_ns


def test_a_damaged_small_picture_is_done_without(source: PictureSource) -> None:
    keep(source)
    assert source.sidecars is not None
    (source.sidecars / "take-001-320.jpg").write_bytes(b"words")
    assert decode(source, Room(8, 4), CELL, (2, 4), yes)[0].mode == "RGB"


def test_transparent_pictures_keep_their_backdrop(tmp_path: Path) -> None:
    path = tmp_path / "cut.png"
    Image.new("RGBA", (1200, 900), (0, 0, 0, 0)).save(path)
    source = PictureSource(path, "cut", sidecars=tmp_path)
    before = decode(source, Room(8, 4), CELL, (2, 4), yes)[0].tobytes()
    keep(source)
    assert decode(source, Room(8, 4), CELL, (2, 4), yes)[0].tobytes() == before


async def test_the_darkroom_keeps_small_pictures_of_what_has_landed_and_survives_what_cannot_be_read(
    source: PictureSource, tmp_path: Path
) -> None:
    darkroom = Darkroom(RecordingBackend())
    darkroom.keep_small(PictureSource(tmp_path / "nothing.png", "nothing", sidecars=tmp_path))
    darkroom.keep_small(source)
    assert darkroom._pool is not None
    darkroom._pool.shutdown(wait=True)
    assert source.sidecars is not None
    assert {path.name for path in source.sidecars.iterdir()} == {"take-001-1024.jpg", "take-001-320.jpg"}
