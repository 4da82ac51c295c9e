"""The real program in a real pseudo terminal: an artist's first minute, from nothing to a picked picture and back."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyte
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
PATIENCE = 40.0
"""Seconds the slowest step may take on a busy machine; nothing waits longer than it has to."""


class Terminal:
    """A terminal that answers what every terminal answers, and remembers what is on its screen."""

    def __init__(self, columns: int, rows: int, *words: str | Path, **env: str) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 10, rows * 20))
        environment = {**os.environ, "TERM": "xterm-256color", "STUDIO_SANDBOX_PACE": "0", "LC_ALL": "C.UTF-8", **env}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "studio", *map(str, words)],
            cwd=ROOT,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def text(self) -> str:
        return "\n".join(self.screen.display)

    def press(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Read and draw until something is true."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"{what} did not come; the screen was:\n{self.text()}"
            self._read()

    def shows(self, text: str) -> None:
        self.until(lambda: text in self.text(), repr(text))

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def _read(self) -> None:
        if not select.select([self._master], [], [], 0.1)[0]:
            return
        with suppress(OSError):
            data = os.read(self._master, 65536)
            if b"\x1b[c" in data:  # device attributes, the fence of the studio's one question
                self.press(b"\x1b[?62;22c")
            self._stream.feed(data)


@pytest.fixture
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    columns, rows = getattr(request, "param", (120, 36))
    made = Terminal(columns, rows, tmp_path / "glitch")
    yield made
    made.close()


@pytest.mark.parametrize("terminal", [(120, 36), (80, 24)], indirect=True)
def test_the_first_minute(terminal: Terminal, tmp_path: Path) -> None:
    project = tmp_path / "glitch"
    terminal.shows("SANDBOX")
    terminal.shows("hero-stance")
    terminal.shows("6/12")
    terminal.press(b"\x07")  # ctrl+g
    takes = project / "takes"
    terminal.until(lambda: len(list(takes.glob("*/*.png"))) == 6, "the sixth take")
    terminal.press(b"p")
    terminal.until(lambda: (project / "picks" / "hero-stance.png").is_file(), "the pick")
    terminal.press(b"\x1a")  # ctrl+z
    terminal.until(lambda: not (project / "picks" / "hero-stance.png").exists(), "the undone pick")
    terminal.press(b"\x19")  # ctrl+y
    terminal.until(lambda: (project / "picks" / "hero-stance.png").is_file(), "the pick again")
    terminal.press(b"\x11")  # ctrl+q
    terminal.until(lambda: terminal.process.poll() is not None, "the end")
    assert terminal.process.returncode == 0

    again = Terminal(120, 36, project)
    try:
        again.shows("hero-stance")
        again.shows("✓1 ·1")
        again.press(b"\x11")
        again.until(lambda: again.process.poll() is not None, "the end")
    finally:
        again.close()


def test_killed_in_the_middle_it_fetches_what_was_paid_at_the_next_start(tmp_path: Path) -> None:
    project = tmp_path / "glitch"
    first = Terminal(120, 36, project, STUDIO_SANDBOX_PACE="1")
    try:
        first.shows("hero-stance")
        first.press(b"\x07")
        first.shows("running")
        first.shows("/35")
    finally:
        first.close()  # kill -9
    second = Terminal(120, 36, project)
    try:
        takes = project / "takes"
        second.until(lambda: len(list(takes.glob("*/*.png"))) >= 2, "the pictures that were on their way")
        second.press(b"\x11")
    finally:
        second.close()
    assert len(list(takes.glob("*/*.png"))) == 2
