from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.ui.pictures.backend import Room
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.choose import backend_for
from studio.ui.pictures.kitty import KittyBackend
from studio.ui.pictures.overlay import OverlayBackend
from studio.ui.pictures.path_only import PathOnlyBackend
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.textual_image_backend import TextualImageBackend
from studio.ui.pictures.textual_image_parts import Protocol
from studio.ui.pictures.tier import Tier
from studio.ui.terminal import Terminal
from studio.ui.terminal_choice import Colours, Graphics
from tests.ui.pictures.far_terminal import KITTY, XTERM, Profile
from tests.ui.pictures.stage import shows, staged


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize("profile", [KITTY, XTERM], ids=["kitty", "sixel"])
def test_textual_image_draws_when_it_is_asked_for_and_no_answer_becomes_a_key(tmp_path: Path, profile: Profile) -> None:
    with staged(tmp_path, replace(profile, delay=0.12), graphics="textual-image") as stage:
        for number in (0, 1):
            stage.do("n")
            stage.until(shows(number, 28 * 14))
        _, report = stage.leave()
    assert report.startswith("textual-image textual-image")
    assert report.endswith("[] 0"), "a late answer became a key"


def test_importing_textual_image_says_nothing_to_the_terminal() -> None:
    root = Path(__file__).parents[3]
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
        subprocess.run([sys.executable, "-c", code], stdin=slave, stdout=slave, check=True, cwd=root)
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
    prepared = TextualImageBackend(protocol, (10, 18), CellsBackend("half", 256)).prepare(
        PictureSource(path, "t"), Room(20, 5), Tier.FULL, lambda: True
    )
    assert (prepared.columns, prepared.rows) == (9, 5)
    assert isinstance(prepared.payload, Image.Image)
    assert prepared.payload.size == pixels


def terminal(graphics: Graphics, **facts: Any) -> Terminal:
    return replace(Terminal(graphics=graphics, colours=Colours.TRUE, is_terminal=True), **facts)


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (terminal(Graphics.KITTY), "kitty (direct)"),
        (terminal(Graphics.KITTY, kitty_file=True), "kitty (file)"),
        (terminal(Graphics.KITTY, ssh=True), "kitty (direct)"),
        (terminal(Graphics.KITTY, tmux=True), "kitty (direct, through tmux)"),
        (terminal(Graphics.SIXEL), "sixel over quadrant cells"),
        (terminal(Graphics.SIXEL, name="foot 1.20.2"), "sixel over octant cells"),
        (terminal(Graphics.ITERM, name="iTerm2 3.5.1"), "iterm over sextant cells"),
        (terminal(Graphics.SIXEL, colours=Colours.MANY), "sixel over half cells"),
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
    assert isinstance(backend, KittyBackend | OverlayBackend | TextualImageBackend | CellsBackend | PathOnlyBackend)
