from __future__ import annotations

import base64
import io
import os
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.ui.pictures.backend import Room
from studio.ui.pictures.kitty_feed import CHUNK, Medium, encode, writes
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.textual_image_kitty import RESIDENT, WIDEST, KittyBackend
from tests.fakes.picture_host import FakePictureHost


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8))


def commands(texts: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", "".join(texts))
    return found


@pytest.fixture
def source(tmp_path: Path) -> PictureSource:
    path = tmp_path / "take.png"
    noise(300, 300).save(path)
    return PictureSource(path, "take-001")


def test_the_pixels_arrive_as_they_were_in_commands_the_protocol_allows() -> None:
    picture = noise(200, 100)
    sent = commands(writes(encode(picture, 20, 5, Medium.DIRECT), 77))
    assert all(len(payload) <= CHUNK for _, payload in sent)
    assert sent[0][0].startswith("a=T,U=1,f=100,q=2,i=77,c=20,r=5,m=1")
    assert {keys for keys, _ in sent[1:-1]} == {"q=2,m=1"}
    assert sent[-1][0] == "q=2,m=0"
    arrived = Image.open(io.BytesIO(base64.b64decode("".join(payload for _, payload in sent))))
    assert arrived.tobytes() == picture.tobytes()


def test_a_large_picture_takes_fewer_writes_than_the_writer_queues() -> None:
    assert len(writes(encode(noise(700, 700), 70, 35, Medium.DIRECT), 1)) < 40
    assert len(writes(encode(noise(700, 700), 70, 35, Medium.LEAN), 1)) < 10


def test_a_lean_picture_has_half_the_size_and_nearly_the_same_colours() -> None:
    plain = Image.new("RGB", (100, 60), (200, 100, 50))
    plate = encode(plain, 10, 3, Medium.LEAN)
    arrived = Image.open(io.BytesIO(plate.png))
    assert arrived.size == (50, 30)
    pixel = arrived.getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert max(abs(one - other) for one, other in zip(pixel, (200, 100, 50), strict=True)) <= 3


async def test_a_picture_seen_again_is_not_sent_again(source: PictureSource) -> None:
    backend, host = KittyBackend((10, 20), Medium.DIRECT), FakePictureHost()
    prepared = backend.prepare(source, Room(20, 10), lambda: True)
    backend.emit(host, prepared)
    sent = len(host.written)
    backend.emit(host, prepared)
    assert len(host.written) == sent
    assert host.housed is not None


async def test_the_terminal_holds_few_pictures_and_none_after_the_view_is_gone(source: PictureSource) -> None:
    backend, host = KittyBackend((10, 20), Medium.DIRECT), FakePictureHost()
    for number in range(RESIDENT + 3):
        other = PictureSource(source.path, f"take-{number}")
        backend.emit(host, backend.prepare(other, Room(4, 2), lambda: True))
        assert len(host.numbers("T")) - len(host.numbers("d")) <= RESIDENT
    assert host.numbers("d") == host.numbers("T")[:3]
    backend.withdraw(host)
    assert sorted(host.numbers("d")) == sorted(host.numbers("T"))


async def test_on_the_same_machine_only_a_path_goes_through_the_line(source: PictureSource) -> None:
    backend, host = KittyBackend((10, 20), Medium.FILE), FakePictureHost()
    backend.emit(host, backend.prepare(source, Room(20, 10), lambda: True))
    ((keys, payload),) = commands(host.written)
    assert keys.endswith("t=t")
    assert len(host.written[0]) < 200
    path = base64.b64decode(payload).decode()
    with Image.open(path) as arrived:
        assert arrived.size == (200, 200)
    backend.withdraw(host)
    assert not os.path.lexists(path), "also when the terminal never came to read it"


async def test_a_picture_is_never_wider_than_the_marks_of_the_protocol(source: PictureSource) -> None:
    backend = KittyBackend((1, 1), Medium.DIRECT)
    prepared = backend.prepare(source, Room(900, 800), lambda: True)
    assert max(prepared.columns, prepared.rows) == WIDEST
