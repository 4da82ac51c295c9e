"""The far end of a pty: a scripted terminal that answers, may be slow, and keeps what it was told with the time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import queue
import re
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

QUERY = re.compile(
    rb"\x1b\[0?c|\x1b\[1[468]t|\x1b\[\?(?P<mode>\d+)\$p|\x1b\[6n|\x1b\[>0?q|"
    rb"\x1b_G(?P<keys>[^;\x1b]*a=q[^;\x1b]*);[^\x1b]*\x1b\\"
)
SCRUBBED = ("TMUX", "STY", "TERM_PROGRAM", "NO_COLOR", "COLUMNS", "LINES", "COLORTERM", "SSH_CONNECTION", "SSH_TTY")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the terminal can do, and how far away it is."""

    name: str = ""
    kitty: bool = False
    file: bool = False
    """It reads files of this machine."""
    sixel: bool = False
    cell: tuple[int, int] = (10, 20)
    rate: float = 0.0
    """Bytes a second; 0 takes them as fast as they come."""
    buffer: int = 0
    """Bytes the way swallows before the writer feels it is slow."""
    delay: float = 0.0
    """Seconds an answer travels."""


KITTY = Profile("kitty(0.40.1)", kitty=True)
XTERM = Profile("XTerm(379)", sixel=True)


class FarTerminal:
    """Runs a program; to be closed."""

    def __init__(
        self,
        command: Sequence[str],
        profile: Profile,
        *,
        size: tuple[int, int] = (40, 16),
        env: Mapping[str, str] | None = None,
    ) -> None:
        """`size` in columns and rows."""
        self.profile, self.size = profile, size
        self.log: list[tuple[float, bytes]] = []
        """What arrived, each with its monotonic time."""
        self.total = 0
        self._master, slave = pty.openpty()
        self.resize(*size)
        kept = {name: value for name, value in os.environ.items() if name not in SCRUBBED}
        self.program = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=kept | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"} | dict(env or {}),
        )
        self._slave = slave
        self._tail = b""
        self._over = threading.Event()
        self._way: deque[bytes] = deque()
        self._on_way = 0
        self._changed = threading.Condition()
        self._answers: queue.Queue[tuple[float, bytes]] = queue.Queue()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._travel)]
        if profile.rate:
            self._threads.append(threading.Thread(target=self._carry, daemon=True))
        for thread in self._threads:
            thread.start()

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        self.size = columns, rows
        width, height = columns * self.profile.cell[0], rows * self.profile.cell[1]
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, width, height))

    def press(self, keys: str) -> float:
        """Type; the moment it was done."""
        os.write(self._master, keys.encode())
        return time.monotonic()

    def output(self, since: float = 0.0) -> bytes:
        """Everything that arrived from a moment on."""
        return b"".join(data for at, data in list(self.log) if at >= since)

    def until(self, condition: Callable[[bytes], bool], seconds: float = 20.0, since: float = 0.0) -> None:
        """Wait until what arrived from a moment on is enough."""
        end, seen = time.monotonic() + seconds, -1
        while seen == self.total or not condition(self.output(since)):
            seen = self.total
            if time.monotonic() > end:
                raise TimeoutError(f"still waiting; at last came {self.output(since)[-300:]!r}")
            self._over.wait(0.005)

    def quiet(self, seconds: float = 0.15, limit: float = 20.0) -> float:
        """Wait until nothing came for a while; the moment of the last byte."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            last = self.log[-1][0] if self.log else 0.0
            if not self._on_way and time.monotonic() - last > seconds:
                break
            self._over.wait(0.005)
        return self.log[-1][0] if self.log else 0.0

    def left_over(self) -> bytes:
        """Input that nobody has read."""
        self._over.wait(2 * self.profile.delay + 0.05)
        modes = termios.tcgetattr(self._slave)
        modes[3] &= ~(termios.ICANON | termios.ECHO)
        termios.tcsetattr(self._slave, termios.TCSANOW, modes)
        return os.read(self._slave, 4096) if select.select([self._slave], [], [], 0)[0] else b""

    def close(self) -> int:
        """End the program if it has not ended; its exit code."""
        try:
            self.program.wait(2)
        except subprocess.TimeoutExpired:
            self.program.send_signal(signal.SIGKILL)
            self.program.wait()
        self._over.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        os.close(self._master)
        os.close(self._slave)
        return self.program.returncode

    def _read(self) -> None:
        while not self._over.is_set():
            with self._changed:
                while self.profile.rate and self._on_way > max(self.profile.buffer, 4096) and not self._over.is_set():
                    self._changed.wait(0.1)
            if not select.select([self._master], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not self.profile.rate:
                self._arrive(data)
                continue
            with self._changed:
                self._way.append(data)
                self._on_way += len(data)
                self._changed.notify_all()

    def _carry(self) -> None:
        """Bring what is on the way to the far end, at the rate of the line."""
        ahead = time.monotonic()
        while not self._over.is_set():
            with self._changed:
                if not self._way:
                    self._changed.wait(0.1)
                    continue
                block = self._way.popleft()
                piece, rest = block[:1400], block[1400:]
                if rest:
                    self._way.appendleft(rest)
            ahead = max(ahead, time.monotonic()) + len(piece) / self.profile.rate
            self._over.wait(max(0.0, ahead - time.monotonic()))
            self._arrive(piece)
            with self._changed:
                self._on_way -= len(piece)
                self._changed.notify_all()

    def _arrive(self, data: bytes) -> None:
        self.log.append((time.monotonic(), data))
        self.total += len(data)
        window, end = self._tail + data, 0
        for match in QUERY.finditer(window):
            end = match.end()
            if answer := self._answer(match):
                if self.profile.delay:
                    self._answers.put((time.monotonic() + self.profile.delay, answer))
                else:
                    os.write(self._master, answer)
        self._tail = window[max(end, len(window) - 160) :]

    def _travel(self) -> None:
        """Bring the answers, in their order, each at its time."""
        while not self._over.is_set():
            with contextlib.suppress(queue.Empty):
                due, answer = self._answers.get(timeout=0.05)
                self._over.wait(max(0.0, due - time.monotonic()))
                if not self._over.is_set():
                    os.write(self._master, answer)

    def _answer(self, match: re.Match[bytes]) -> bytes:
        asked, (width, height) = match[0], self.profile.cell
        if match["keys"] is not None:
            can = self.profile.kitty and (self.profile.file or b"t=t" not in match["keys"])
            return b"\x1b_Gi=" + match["keys"].split(b"i=")[1].split(b",")[0] + b";OK\x1b\\" if can else b""
        if match["mode"] is not None:
            return b"\x1b[?" + match["mode"] + b";0$y"
        name = b"\x1bP>|" + self.profile.name.encode() + b"\x1b\\" if self.profile.name else b""
        attributes = b"\x1b[?62;4;22c" if self.profile.sixel else b"\x1b[?62;22c"
        answers = {
            b"16t": b"\x1b[6;%d;%dt" % (height, width),
            b"6n": b"\x1b[1;1R",
            **dict.fromkeys((b">q", b">0q"), name),
            **dict.fromkeys((b"c", b"0c"), attributes),
        }
        return answers.get(asked[2:], b"")
