from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from studio.ui.pictures.backend import BrokenPicture, Room
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.decode import decode
from studio.ui.pictures.recording import RecordingBackend
from studio.ui.pictures.sidecar import keep, prune, small
from studio.ui.pictures.source import PictureSource
from tests.ui.pictures.subjects import photo, psnr

CELL = (10, 20)
SIZE = (1200, 900)
GRID = Room(8, 4, small=True)


@pytest.fixture
def source(tmp_path: Path) -> PictureSource:
    path = tmp_path / "take.png"
    photo(600).resize(SIZE).save(path)
    return PictureSource(path, "take-001", sidecars=tmp_path / "small")


def yes() -> bool:
    return True


def longest_side(source: PictureSource, pixels: tuple[int, int]) -> int | None:
    if (found := small(source, SIZE, pixels)) is None:
        return None
    with found:
        return max(found.size)


def broken_behind_its_head(source: PictureSource) -> None:
    """Only who looks further than the head notices: it has the same size and time, and half of it is noise."""
    when, data = source.path.stat().st_mtime_ns, source.path.read_bytes()
    source.path.write_bytes(data[:2000] + bytes(len(data) - 2000))
    os.utime(source.path, ns=(when, when))


def kept_files(source: PictureSource) -> set[str]:
    assert source.sidecars is not None
    return {path.name for path in source.sidecars.iterdir()} if source.sidecars.is_dir() else set()


def test_the_smallest_that_has_pixels_enough_is_taken(source: PictureSource) -> None:
    assert longest_side(source, (120, 90)) is None, "nothing is kept yet"
    keep(source)
    assert longest_side(source, (120, 90)) == 320
    assert longest_side(source, (600, 450)) == 1024
    assert longest_side(source, (1100, 825)) is None


def test_a_preview_from_a_small_picture_looks_like_one_from_the_large(source: PictureSource) -> None:
    large = decode(PictureSource(source.path, source.key), Room(60, 30), CELL, CELL, yes)
    keep(source)
    broken_behind_its_head(source)
    little = decode(source, Room(60, 30), CELL, CELL, yes)
    assert little[1:] == large[1:]
    assert little[0].size == large[0].size
    assert psnr(little[0], large[0]) > 32


def test_what_must_be_exact_comes_from_the_picture_itself(source: PictureSource) -> None:
    keep(source)
    exact, _, _ = decode(source, Room(60, 30), CELL, CELL, yes, exact=True)
    bare = PictureSource(source.path, source.key)
    assert exact.tobytes() == decode(bare, Room(60, 30), CELL, CELL, yes)[0].tobytes()


def test_a_picture_of_a_grid_never_needs_the_large_one_however_exact(source: PictureSource) -> None:
    keep(source)
    broken_behind_its_head(source)
    assert decode(source, Room(16, 8, small=True), CELL, CELL, yes, exact=True)[1:] == (16, 6)


def test_an_old_take_is_decoded_once_for_a_grid_and_then_never_again(source: PictureSource) -> None:
    first = decode(source, GRID, CELL, (2, 4), yes)[0]
    assert kept_files(source) == {"take-001-1024.jpg", "take-001-320.jpg"}
    broken_behind_its_head(source)
    again = decode(source, GRID, CELL, (2, 4), yes)[0]
    assert psnr(again, first) > 30


def test_one_great_preview_keeps_no_small_pictures_because_that_would_delay_it(source: PictureSource) -> None:
    decode(source, Room(60, 30), CELL, CELL, yes, exact=True)
    assert kept_files(source) == set()


@pytest.mark.parametrize("newer", [True, False])
def test_a_replaced_file_is_shown_as_it_is_now_even_when_it_says_it_is_older(
    source: PictureSource, newer: bool
) -> None:
    keep(source)
    when = source.path.stat().st_mtime_ns + (1 if newer else -1) * 10**9
    Image.new("RGB", SIZE, "lime").save(source.path, compress_level=0)
    os.utime(source.path, ns=(when, when))
    assert small(source, SIZE, (16, 16)) is None
    assert decode(source, GRID, CELL, (2, 4), yes)[0].getpixel((3, 3)) == (0, 255, 0)
    broken_behind_its_head(source)
    again = decode(source, GRID, CELL, (2, 4), yes)[0]
    assert psnr(again, Image.new("RGB", again.size, "lime")) > 40, "what is kept was made again"


def test_a_deleted_file_has_no_small_picture(source: PictureSource) -> None:
    keep(source)
    source.path.unlink()
    with pytest.raises(BrokenPicture, match="not on the disk"):
        decode(source, GRID, CELL, (2, 4), yes)


def test_a_damaged_small_picture_is_done_without(source: PictureSource) -> None:
    keep(source)
    assert source.sidecars is not None
    (source.sidecars / "take-001-320.jpg").write_bytes(b"words")
    assert decode(source, GRID, CELL, (2, 4), yes)[0].mode == "RGB"


def test_transparent_pictures_keep_their_backdrop(tmp_path: Path) -> None:
    path = tmp_path / "cut.png"
    Image.new("RGBA", SIZE, (0, 0, 0, 0)).save(path)
    source = PictureSource(path, "cut", sidecars=tmp_path / "small")
    before = decode(PictureSource(path, "cut"), GRID, CELL, (2, 4), yes)[0].getpixel((3, 3))
    keep(source)
    broken_behind_its_head(source)
    after = decode(source, GRID, CELL, (2, 4), yes)[0].getpixel((3, 3))
    assert isinstance(before, tuple)
    assert isinstance(after, tuple)
    assert all(abs(one - other) <= 2 for one, other in zip(before, after, strict=True))


def test_a_picture_that_lies_on_its_side_stands_upright_in_the_grid_too(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", SIZE, "navy").save(path, exif=exif)
    source = PictureSource(path, "photo", sidecars=tmp_path / "small")
    first = decode(source, GRID, CELL, (2, 4), yes)
    assert kept_files(source) == {"photo-1024.jpg", "photo-320.jpg"}
    again = decode(source, GRID, CELL, (2, 4), yes)
    assert first[1:] == again[1:] == (6, 4)


def test_a_folder_that_cannot_be_written_costs_only_time(source: PictureSource) -> None:
    assert source.sidecars is not None
    source.sidecars.write_text("a file where the folder should be")
    assert decode(source, GRID, CELL, (2, 4), yes)[1:] == (8, 3)


def test_the_small_pictures_made_longest_ago_go_when_they_take_too_much_room(source: PictureSource) -> None:
    assert source.sidecars is not None
    keep(source)
    room = sum(path.stat().st_size for path in source.sidecars.iterdir())
    for path in list(source.sidecars.iterdir()):
        old = path.with_name(f"old-{path.name}")
        old.write_bytes(path.read_bytes())
        os.utime(old, (1, 1))
    prune(source.sidecars, room)
    assert kept_files(source) == {"take-001-1024.jpg", "take-001-320.jpg"}


async def test_the_darkroom_keeps_small_pictures_of_what_has_landed_and_survives_what_cannot_be_read(
    source: PictureSource, tmp_path: Path
) -> None:
    darkroom = Darkroom(RecordingBackend())
    darkroom.keep_small(PictureSource(tmp_path / "nothing.png", "nothing", sidecars=tmp_path))
    darkroom.keep_small(source)
    assert darkroom._keeper is not None
    darkroom._keeper.shutdown(wait=True)
    assert kept_files(source) == {"take-001-1024.jpg", "take-001-320.jpg"}


def test_only_small_pictures_of_the_studio_are_pruned(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    for name in ("take-001-320.jpg", "holiday.jpg", "diary.txt"):
        (folder / name).write_bytes(bytes(1000))
    (folder / "deeper").mkdir()
    prune(folder, limit=0)
    assert {path.name for path in folder.iterdir()} == {"holiday.jpg", "diary.txt", "deeper"}


def test_a_link_that_leads_out_of_the_project_is_not_pruned(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "me-320.jpg").write_bytes(bytes(1000))
    (tmp_path / "small").symlink_to(tmp_path / "pictures")
    prune(tmp_path / "small", limit=0)
    assert (tmp_path / "pictures" / "me-320.jpg").exists()


def test_a_bomb_among_the_small_pictures_is_passed_over(source: PictureSource) -> None:
    assert source.sidecars is not None
    source.sidecars.mkdir()
    for side in (320, 1024):
        Image.new("1", (20_000, 20_000)).save(source.sidecars / f"{source.key}-{side}.jpg", format="PNG")
    assert small(source, SIZE, (120, 90)) is None
