"""The small picture app on the other side of a scripted terminal, and the screen it paints."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw

from tests.ui.pictures.far_terminal import FarTerminal, Profile
from tests.ui.pictures.picture_screen import PictureScreen

TMUX = "set -g allow-passthrough on\nset -g status off\nset -g default-terminal tmux-256color\nset -sg escape-time 0\n"
APP = Path(__file__).with_name("picture_app.py")
COLOURS = ((200, 30, 40), (30, 60, 200), (20, 160, 60), (220, 180, 30))


def shows(number: int, cells: int) -> Callable[[PictureScreen], bool]:
    """So many cells show one of the pictures, up to the rounding of palettes and lean colours."""

    def check(screen: PictureScreen) -> bool:
        seen = screen.colour(screen.columns // 2, screen.rows // 2)
        near = bool(seen) and all(abs(one - other) <= 6 for one, other in zip(seen, COLOURS[number], strict=False))
        return near and screen.picture_cells() == cells

    return check


def in_tmux(folder: Path, command: Sequence[str]) -> list[str]:
    """The command that runs another one in a tmux of its own, which lets pictures through."""
    configuration = folder / "tmux.conf"
    configuration.write_text(TMUX)
    return ["tmux", "-S", str(folder / "tmux"), "-f", str(configuration), "new-session", shlex.join(command)]


class Stage:
    """One run of the app."""

    def __init__(self, far: FarTerminal, report: Path) -> None:
        self.far = far
        self._report = report
        self._screen = PictureScreen(*far.size, far.profile.cell)
        self._read = 0

    @property
    def screen(self) -> PictureScreen:
        """What the terminal shows now."""
        news = self.far.log[self._read :]
        self._read += len(news)
        return self._screen.feed(b"".join(data for _, data in news))

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        self._screen = self.screen.resized(columns, rows)
        self.far.resize(columns, rows)
        os.kill(self.far.program.pid, signal.SIGWINCH)
        self.far.quiet(0.4)

    def do(self, key: str) -> int:
        """Press a key and wait until all it causes has arrived; the bytes that took."""
        before = self.far.total
        self.far.press(key)
        end = time.monotonic() + 10
        while self.far.total == before and time.monotonic() < end:
            self.far.quiet(0.02)
        self.far.quiet(0.25)
        return self.far.total - before

    def until(self, condition: Callable[[PictureScreen], bool]) -> PictureScreen:
        """Wait until the screen is so."""
        end = time.monotonic() + 15
        while not condition(screen := self.screen):
            if time.monotonic() > end:
                raise TimeoutError(f"{screen.picture_cells()} cells, {screen.errors}, {len(screen.images)} pictures")
            self.far.quiet(0.05)
        return screen

    def left_over(self) -> bytes:
        """What the shell would find typed when the app has ended."""
        return self.far.left_over()

    def leave(self) -> tuple[PictureScreen, str]:
        """Quit; the last state of the terminal, and the app's report."""
        self.far.press("q")
        self.far.program.wait(10)
        self.far.quiet(0.05)
        return self.screen, self._report.read_text()


@contextmanager
def staged(
    folder: Path,
    profile: Profile,
    *,
    graphics: str = "-",
    size: tuple[int, int] = (40, 16),
    env: Mapping[str, str] | None = None,
    tmux: bool = False,
) -> Iterator[Stage]:
    """The app with four pictures of one colour each (with a white corner), ready for keys; `tmux` runs it in one."""
    pictures = []
    for number, colour in enumerate(COLOURS):
        image = Image.new("RGB", (300, 300), colour)
        ImageDraw.Draw(image).rectangle((0, 0, 20, 20), fill="white")
        pictures.append(folder / f"take-{number}.png")
        image.save(pictures[-1])
    report = folder / "report"
    command = [sys.executable, str(APP), str(report), graphics, *map(str, pictures)]
    if tmux:
        command = in_tmux(folder, command)
    far = FarTerminal(command, profile, size=size, env={"PYTHONPATH": str(APP.parents[3])} | dict(env or {}))
    try:
        far.until(lambda output: b"ready" in output)
        far.quiet(0.1)
        yield Stage(far, report)
    finally:
        if far.program.poll() is None:
            far.program.terminate()
        far.close()
