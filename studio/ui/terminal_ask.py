"""Ask the terminal: one write, read until the fence, give the terminal back as it was."""

from __future__ import annotations

import contextlib
import os
import re
import select
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from studio.ui.terminal_answers import Answers, Questions, parse, questions

MEMORY = Path("/dev/shm")
"""Where a picture file costs no disk, when the system has it."""


def ask(
    fd_in: int, fd_out: int, *, limit: float, tmux: bool, passthrough: bool, late: float = 0.02
) -> tuple[Answers, float]:
    """What the terminal says, and the milliseconds it took. Waits at most `limit` seconds; then reads whatever is
    still coming for `late` seconds, so that no late answer is taken for keys.
    """
    with _picture_file() as file, _listening(fd_in):
        asked = questions(file, tmux=tmux, passthrough=passthrough)
        started = time.monotonic()
        data = _exchange(fd_in, fd_out, asked, started + limit)
        took = (time.monotonic() - started) * 1000
        data += _rest(fd_in, 0 if asked.fence.search(data) else late)
    return replace(parse(data), owed=not _closed(asked.fence, data)), round(took, 1)


def tmux_passthrough() -> bool:
    """True when tmux hands escape sequences on to the outer terminal."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(
            ["tmux", "display", "-p", "#{allow-passthrough}"], capture_output=True, text=True, timeout=0.5, check=False
        )
        # A flag until tmux 3.3, printed as 1; a choice since then.
        return answer.stdout.strip() in {"1", "on", "all"}
    return False


def cell_pixels(fd: int) -> tuple[int, int] | None:
    """Width and height of a cell as the kernel knows them; None when it does not."""
    import fcntl
    import struct
    import termios

    try:
        size = fcntl.ioctl(fd, termios.TIOCGWINSZ, b"\0" * 8)
    except OSError:
        return None
    rows, columns, width, height = struct.unpack("HHHH", size)
    if not (rows and columns and width and height):
        return None
    return max(1, width // columns), max(1, height // rows)


@contextlib.contextmanager
def _picture_file() -> Iterator[str]:
    """One pixel on the disk; a terminal that can read it runs on the same machine. kitty takes only this prefix."""
    folder = str(MEMORY) if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    handle, name = tempfile.mkstemp(prefix="tty-graphics-protocol-", dir=folder)
    try:
        os.write(handle, b"\0\0\0")
        os.close(handle)
        yield name
    finally:
        Path(name).unlink(missing_ok=True)


@contextlib.contextmanager
def _listening(fd: int) -> Iterator[None]:
    """No echo and no waiting for enter; the terminal is restored whatever happens."""
    import termios
    import tty

    saved = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd, termios.TCSANOW)
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, saved)


def _exchange(fd_in: int, fd_out: int, asked: Questions, until: float) -> bytes:
    view = memoryview(asked.text)
    while view:
        view = view[os.write(fd_out, view) :]
    data = b""
    while (left := until - time.monotonic()) > 0 and not _closed(asked.fence, data):
        if not select.select([fd_in], [], [], left)[0]:
            break
        part = os.read(fd_in, 4096)
        if not part:
            break
        data += part
    return data


def _closed(fence: re.Pattern[bytes], data: bytes) -> bool:
    return fence.search(data) is not None


def _rest(fd: int, patience: float) -> bytes:
    data = b""
    while select.select([fd], [], [], patience)[0]:
        part = os.read(fd, 4096)
        if not part:
            break
        data += part
    return data
