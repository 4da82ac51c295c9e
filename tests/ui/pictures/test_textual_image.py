from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.ui.pictures.backend import Room
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.choose import backend_for
from studio.ui.pictures.path_only import PathOnlyBackend
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.textual_image_backend import TextualImageBackend
from studio.ui.pictures.textual_image_kitty import KittyBackend
from studio.ui.pictures.textual_image_parts import Protocol
from studio.ui.terminal import Terminal
from studio.ui.terminal_choice import Colours, Graphics

APP = Path(__file__).with_name("picture_app.py")
KITTY = {
    b"\x1b[16t": b"\x1b[6;20;10t",
    b"\x1b_Gi=31": b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[>q": b"\x1bP>|kitty(0.40.1)\x1b\\",
    b"\x1b[c": b"\x1b[?62;c",
}
FOOT = {b"\x1b[>q": b"\x1bP>|foot(1.20.2)\x1b\\", b"\x1b[c": b"\x1b[?62;4;c"}


class Far:
    """The terminal around a program in a pty: answers late, keeps what it was told, presses keys."""

    def __init__(self, answers: dict[bytes, bytes], delay: float, argv: list[str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 16, 40, 400, 320))
        environ = {name: value for name, value in os.environ.items() if name not in {"COLORTERM", "NO_COLOR", "TMUX"}}
        environ |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(APP.parents[3])}
        self.program = subprocess.Popen(
            [sys.executable, *argv], stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True
        )
        os.close(slave)
        self.heard = b""
        self._answers, self._delay = answers, delay
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        answered = False
        while not self._over.is_set():
            if not select.select([self.master], [], [], 0.05)[0]:
                continue
            try:
                self.heard += os.read(self.master, 65536)
            except OSError:
                return
            if not answered and b"\x1b[c" in self.heard:
                answered = True
                self._over.wait(self._delay)
                for question, answer in self._answers.items():
                    if question in self.heard:
                        os.write(self.master, answer)

    def press(self, key: str) -> None:
        os.write(self.master, key.encode())

    def until(self, condition: Callable[[bytes], bool], seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while not condition(self.heard):
            assert time.monotonic() < end, self.heard[-2000:]
            self._over.wait(0.02)

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        os.close(self.master)


@contextmanager
def shown(tmp_path: Path, answers: dict[bytes, bytes]) -> Iterator[Far]:
    """An app that has shown a red and a blue picture and ended, as its terminal heard it."""
    for colour in ("red", "blue"):
        Image.new("RGB", (200, 200), colour).save(tmp_path / f"{colour}.png")
    pictures = [str(tmp_path / "red.png"), str(tmp_path / "blue.png")]
    far = Far(answers, 0.12, [str(APP), str(tmp_path / "report"), *pictures])
    try:
        far.until(lambda heard: b"\x1b[?1049h" in heard)
        for number in (1, 2):
            # The app may not be listening yet: a key that comes too early is lost, so wait for its first frame.
            far.until(lambda heard: b"No picture yet" in heard)
            far.press("n")
            far.until(_rung(number))
            far.until(_drawn(answers, number))
        far.press("q")
        assert far.program.wait(10) == 0
        yield far
    finally:
        far.close()


def _rung(times: int) -> Callable[[bytes], bool]:
    return lambda heard: heard.count(b"\x07") >= times


def _drawn(answers: dict[bytes, bytes], number: int) -> Callable[[bytes], bool]:
    if answers is KITTY:
        return lambda heard: heard.count(b"a=T,U=1,") >= number
    return lambda heard: len(re.findall(rb"\x1bP[\d;]*q", heard)) >= number


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_kitty_pictures_are_sent_once_are_drawn_and_none_is_left_at_the_end(tmp_path: Path) -> None:
    with shown(tmp_path, KITTY) as far:
        placed = re.findall(rb"a=T,U=1,f=100,q=2,i=(\d+)", far.heard)
        deleted = re.findall(rb"a=d,d=I,i=(\d+)", far.heard)
        drawn = far.heard.decode("utf-8", "replace").count("\U0010eeee")
    assert len(placed) == len(set(placed)) == 2, "every picture is sent once"
    assert drawn >= 2 * 32 * 16
    assert set(deleted) == set(placed)
    assert (tmp_path / "report").read_text().split(" ", 2)[2] == "[] 0", "a late answer became a key"


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_sixel_pictures_arrive_and_no_answer_becomes_a_key(tmp_path: Path) -> None:
    with shown(tmp_path, FOOT) as far:
        assert len(re.findall(rb"\x1bP[\d;]*q", far.heard)) >= 2
    assert (tmp_path / "report").read_text().startswith("sixel ")
    assert (tmp_path / "report").read_text().endswith("[] 0")


def test_importing_textual_image_says_nothing_to_the_terminal() -> None:
    master, slave = pty.openpty()
    code = (
        "import sys; before = sys.__stdout__\n"
        "from studio.ui.pictures.textual_image_parts import Protocol, image_class\n"
        "assert image_class(Protocol.KITTY, (9, 18)).__name__ == 'TGPImage'\n"
        "assert sys.__stdout__ is before and before.isatty()\n"
        "from textual_image._terminal import get_cell_size\n"
        "assert tuple(get_cell_size()) == (9, 18)\n"
    )
    try:
        subprocess.run([sys.executable, "-c", code], stdin=slave, stdout=slave, check=True, cwd=APP.parents[3])
        assert not select.select([master], [], [], 0)[0]
    finally:
        os.close(slave)
        os.close(master)


@pytest.mark.parametrize(("protocol", "pixels"), [(Protocol.KITTY, (90, 90)), (Protocol.HALF, (9, 10))])
def test_pictures_are_scaled_to_the_pixels_they_cover_before_the_package_sees_them(
    tmp_path: Path, protocol: Protocol, pixels: tuple[int, int]
) -> None:
    path = tmp_path / "take.png"
    Image.new("RGB", (500, 500)).save(path)
    prepared = TextualImageBackend(protocol, (10, 18)).prepare(PictureSource(path, "t"), Room(20, 5), lambda: True)
    assert (prepared.columns, prepared.rows) == (9, 5)
    assert isinstance(prepared.payload, Image.Image)
    assert prepared.payload.size == pixels


def terminal(graphics: Graphics, **facts: Any) -> Terminal:
    return replace(Terminal(graphics=graphics, colours=Colours.TRUE, is_terminal=True), **facts)


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (terminal(Graphics.KITTY), "textual-image (kitty, direct)"),
        (terminal(Graphics.KITTY, kitty_file=True), "textual-image (kitty, file)"),
        (terminal(Graphics.KITTY, ssh=True), "textual-image (kitty, lean)"),
        (terminal(Graphics.SIXEL), "textual-image (sixel)"),
        (terminal(Graphics.TEXTUAL_IMAGE, kitty=True), "textual-image (kitty)"),
        (terminal(Graphics.TEXTUAL_IMAGE, kitty=True, tmux=True), "textual-image (half)"),
        (terminal(Graphics.TEXTUAL_IMAGE, sixel=True), "textual-image (sixel)"),
        (terminal(Graphics.OCTANT), "octant"),
        (terminal(Graphics.HALF), "half"),
        (terminal(Graphics.HALF, utf8=False), "space"),
        (terminal(Graphics.QUADRANT, colours=Colours.NONE), "space"),
        (terminal(Graphics.OFF), "off"),
    ],
)
def test_the_back_end_follows_from_what_the_probe_found(found: Terminal, name: str) -> None:
    backend = backend_for(found)
    assert backend.name == name
    assert isinstance(backend, KittyBackend | TextualImageBackend | CellsBackend | PathOnlyBackend)
