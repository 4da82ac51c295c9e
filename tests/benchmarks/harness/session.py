"""One program running in a pseudo terminal, with every byte time-stamped."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import signal
import struct
import termios
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

from tests.benchmarks.harness import keys
from tests.benchmarks.harness.procstat import Usage, usage
from tests.benchmarks.harness.responder import PROFILES, Responder
from tests.benchmarks.harness.screen import Screen

now = time.perf_counter

CELL = (10, 20)
"""Width and height of a cell in pixels."""
_SCRUBBED = ("TMUX", "STY", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "KITTY_WINDOW_ID", "LINES", "COLUMNS", "NO_COLOR")
_PATIENCE = 0.5
"""Seconds between a friendly word and a harder one when the program is ended."""


class Session:
    """Runs `argv` in a pty until it is closed; a context manager.

    Reading and interpreting are kept apart: whatever the program writes is read and stamped at once, and the screen
    model is fed one read at a time, only while nothing is waiting. A slow screen model never holds up the program.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        rows: int = 36,
        cols: int = 120,
        profile: str = "plain",
        env: Mapping[str, str] | None = None,
        keep: bool = False,
    ) -> None:
        self.rows, self.cols = rows, cols
        self.screen = Screen(rows, cols)
        self.log: list[tuple[float, bytes]] = []
        """The output with the moments at which it was read, with `keep`."""
        self.bytes_out = 0
        self.last_output = 0.0
        self.screen_time = 0.0
        """The moment up to which the screen model is current."""
        self._keep = keep
        self._responder = Responder(PROFILES[profile], rows, cols, CELL)
        self._pending: deque[tuple[float, bytes]] = deque()
        self._closed = False
        self._reaped = False
        self._fd = self._start(list(argv), _environment(env or {}))
        self._poll = select.poll()
        self._poll.register(self._fd, select.POLLIN)

    def _start(self, argv: list[str], env: dict[str, str]) -> int:
        master, slave = os.openpty()
        size = struct.pack("HHHH", self.rows, self.cols, self.cols * CELL[0], self.rows * CELL[1])
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.started = now()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.setsid()
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
                for descriptor in (0, 1, 2):
                    os.dup2(slave, descriptor)
                os.closerange(3, 256)
                os.execvpe(argv[0], argv, env)
            finally:
                os._exit(127)
        os.close(slave)
        os.set_blocking(master, False)
        return master

    def send(self, data: bytes) -> float:
        """Type bytes; gives the moment of typing."""
        moment = now()
        view = memoryview(data)
        while view and not self._closed:
            try:
                view = view[os.write(self._fd, view) :]
            except BlockingIOError:
                self.pump(0.001)
            except OSError:
                self._closed = True
        return moment

    def key(self, name: str) -> float:
        """Press a key; gives the moment."""
        return self.send(keys.encode(name, application_cursor=self.screen.application_cursor))

    def pump(self, timeout: float = 0.0) -> bool:
        """Read once, or interpret one read; True when the screen model advanced."""
        wait = 0.0 if self._pending else max(0.0, timeout)
        if not self._closed and self._poll.poll(wait * 1000) and self._read():
            return False
        if self._pending:
            moment, data = self._pending.popleft()
            self.screen.feed(data)
            self.screen_time = moment
            return True
        if self._closed and timeout > 0:
            time.sleep(min(timeout, 0.005))
        return False

    def _read(self) -> bool:
        try:
            data = os.read(self._fd, 65536)
        except OSError as error:
            self._closed = error.errno != errno.EAGAIN
            return False
        moment = now()
        if not data:
            self._closed = True
            return False
        if answer := self._responder.answers(data):
            self.send(answer)
        self._pending.append((moment, data))
        self.bytes_out += len(data)
        self.last_output = moment
        if self._keep:
            self.log.append((moment, data))
        return True

    def wait_for(self, condition: Callable[[Screen], bool], timeout: float = 20.0) -> float:
        """The moment of the first whole frame in which the condition holds.

        Raises TimeoutError, with the screen, when it does not come.
        """
        deadline = now() + timeout
        if not self.screen.in_sync and condition(self.screen):
            return self.screen_time
        while now() < deadline and not self.ended:
            if self.pump(min(0.05, deadline - now())) and not self.screen.in_sync and condition(self.screen):
                return self.screen_time
        raise TimeoutError("what was waited for did not appear; the screen was:\n" + self.screen.text())

    def wait_text(self, text: str, timeout: float = 20.0) -> float:
        """The moment of the first whole frame that shows the text."""
        return self.wait_for(lambda screen: text in screen.text(), timeout)

    def settle(self, quiet: float = 0.4, timeout: float = 4.0) -> bool:
        """Wait until nothing was written for `quiet` seconds; False when that did not happen in time."""
        begun = now()
        while now() - begun < timeout and not self.ended:
            self.pump(0.01)
            if not self._pending and now() - max(self.last_output, begun - quiet / 2) >= quiet:
                return True
        return False

    def drain(self, seconds: float) -> None:
        """Keep the program's output flowing for a while."""
        deadline = now() + seconds
        while (left := deadline - now()) > 0:
            self.pump(left)

    @property
    def ended(self) -> bool:
        """The program is gone and all it wrote has been interpreted."""
        return self._closed and not self._pending

    def usage(self) -> Usage:
        """CPU time, wake-ups and memory of the program so far."""
        return usage(self.pid)

    def close(self) -> None:
        """End the program: terminate, hang up, then kill."""
        for word in (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
            if self._reaped:
                break
            os.killpg(self.pid, word)
            deadline = now() + _PATIENCE
            while not self._reaped and now() < deadline:
                self.pump(0.005)
                self._reaped = os.waitpid(self.pid, os.WNOHANG)[0] != 0
        os.close(self._fd)
        self._closed = True

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _SCRUBBED}
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"} | dict(extra)
