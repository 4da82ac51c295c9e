"""The loupe shows one take, pages, and hands decisions on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image
from textual.app import App
from textual.widgets import Static

from studio.domain.take import Take, Verdict
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureState, PictureView
from studio.ui.screens.loupe import LoupeScreen


def take(number: int) -> Take:
    return Take(
        id=f"running-{number:03}",
        job=f"j{number}",
        pose="running",
        path=f"{number}.png",
        width=64,
        height=64,
        created=float(number),
        endpoint="fal-ai/flux/dev",
        seed=number,
        request_id="",
    )


class Host(App[None]):
    """Two takes and what was asked of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.takes = [take(1), take(2)]
        self.at = 0
        self.folder = folder
        self.verbs: list[str] = []
        for entry in self.takes:
            Image.new("RGB", (64, 64), (200, 30, 120)).save(folder / entry.path)

    def on_mount(self) -> None:
        darkroom = Darkroom(CellsBackend("half", 1 << 24))
        self.push_screen(LoupeScreen(darkroom, self.current, self.path, self.verbs.append, self.page))

    def current(self) -> Take:
        return self.takes[self.at]

    def path(self, entry: Take) -> Path:
        return self.folder / entry.path

    def page(self, by: int) -> None:
        self.at = max(0, min(1, self.at + by))


async def test_it_shows_the_take_pages_with_brackets_and_passes_decisions_on(tmp_path: Path) -> None:
    host = Host(tmp_path)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = host.screen
        picture, line = screen.query_one(PictureView), screen.query_one("#loupe-line", Static)
        for _ in range(500):
            if picture.state is PictureState.SHOWN:
                break
            await pilot.pause()
        assert picture.state is PictureState.SHOWN
        assert "running-001 · undecided · seed 1" in str(line.content)
        await pilot.press("right_square_bracket")
        assert "running-002" in str(line.content)
        await pilot.press("p", "3", "u")
        assert host.verbs == ["pick", "stars-3", "unflag"]
        host.takes[1] = replace(host.takes[1], verdict=Verdict.PICKED, stars=3)
        for _ in range(500):
            if "✓ picked ★★★" in str(line.content):
                break
            await pilot.pause()
        assert "✓ picked ★★★" in str(line.content)
        await pilot.press("b")
        assert screen.has_class("-white")
        await pilot.press("space")
        await pilot.pause()
        assert not isinstance(host.screen, LoupeScreen)
