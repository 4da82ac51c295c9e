"""The studio itself on the other side of a scripted terminal; each take of its project has a colour of its own."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from studio.config.presets import Presets
from studio.config.project import load_project
from studio.config.project_files import create_project
from tests.benchmarks.trial_project import fill
from tests.ui.pictures.far_terminal import FarTerminal, Profile
from tests.ui.pictures.picture_screen import PictureScreen
from tests.ui.pictures.stage import Stage, in_tmux

ROOT = Path(__file__).resolve().parents[3]
SIZE = (120, 36)
TAKES = 24
"""Two of every pose."""

Spot = tuple[int, int]


class StudioStage(Stage):
    """One run of the studio."""

    def text(self) -> str:
        """Everything on the screen as plain rows."""
        return "\n".join("".join(cell.text[:1] for cell in row) for row in self.screen.grid)

    def shows(self, words: str) -> None:
        """Wait until words stand on the screen."""
        end = time.monotonic() + 20
        while words not in self.text():
            assert time.monotonic() < end, f"{words!r} never came:\n{self.text()}"
            self.far.quiet(0.05)

    def seen(self) -> dict[Spot, tuple[int, ...]]:
        """The cells that show a part of a picture: number, row and column of the part, or its colour."""
        screen = self.screen
        cells = {}
        for y in range(screen.rows):
            for x in range(screen.columns):
                part = screen.shown(x, y) or screen.colour(x, y)
                if part:
                    cells[x, y] = part
        return cells

    def settled(self, condition: Callable[[dict[Spot, tuple[int, ...]]], bool]) -> dict[Spot, tuple[int, ...]]:
        """Wait until the picture's cells are so, and stay so."""
        end = time.monotonic() + 20
        while True:
            self.far.quiet(0.3)
            cells = self.seen()
            if condition(cells):
                return cells
            assert time.monotonic() < end, f"{len(cells)} cells show a picture, {self.screen.errors}:\n{self.text()}"

    def zoom(self, cell: tuple[int, int]) -> None:
        """Another size of the font; the window keeps its cells."""
        self.far.profile = replace(self.far.profile, cell=cell)
        self._screen.cell = cell
        self.far.resize(*self.far.size)
        os.kill(self.far.program.pid, signal.SIGWINCH)

    def end(self, *keys: str, number: signal.Signals | None = None) -> tuple[PictureScreen, int]:
        """Leave by keys or by a signal; the last state of the terminal, and the exit code."""
        for key in keys:
            self.far.press(key)
        if number is not None:
            self.far.program.send_signal(number)
        code = self.far.program.wait(10)
        self.far.quiet(0.1)
        return self.screen, code


def coloured_project(folder: Path) -> Path:
    """The sample project with made-up takes, each of one colour with a white corner."""
    create_project(folder, Presets().character("glitch"))
    project = load_project(folder)
    fill(project, TAKES)
    for number, path in enumerate(sorted((folder / "takes").glob("*/*.png"))):
        path.unlink()
        image = Image.new("RGB", (384, 512), (40 + number * 8, 200 - number * 6, (number * 77) % 200))
        ImageDraw.Draw(image).rectangle((0, 0, 20, 20), fill="white")
        image.save(path)
    return folder


@contextmanager
def studio_staged(
    folder: Path, profile: Profile, *, env: Mapping[str, str] | None = None, tmux: bool = False
) -> Iterator[StudioStage]:
    """The studio with its keys on the screen; `tmux` runs it in one."""
    project = coloured_project(folder / "glitch")
    command = [sys.executable, "-m", "studio", str(project), "--sandbox"]
    if tmux:
        command = in_tmux(folder, command)
    far = FarTerminal(command, profile, size=SIZE, env={"PYTHONPATH": str(ROOT), "EDITOR": "true"} | dict(env or {}))
    try:
        stage = StudioStage(far, folder / "no-report")
        stage.shows("Generate")
        yield stage
    finally:
        if far.program.poll() is None:
            far.program.terminate()
        far.close()
