"""README's picture, made from the running app: six poses generated in the sandbox, some more of one, one picked.

    python -m tests.benchmarks.readme_picture OUT.png [--size 150x44] [--chromium chromium]

Textual writes what is on the screen as SVG; a headless Chromium turns it into pixels.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from studio.compose import PACE, Options, open_studio
from studio.ui.app import StudioApp
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureState, PictureView
from tests.benchmarks.harness.session import CELL
from tests.benchmarks.trial_project import trial

LONGEST = 120.0
"""Seconds anything may take."""
TITLE = "studio ~/glitch"
FONT = "DejaVu Sans Mono"
FONT_PIXELS = 21
"""Its box characters then are as high as a row, and frames have no gaps."""
WIDTH, HEIGHT, BASELINE = 12.2, 24.4, 18.5
"""Pixels of a cell in Rich's SVG, and from its top to the line that text stands on."""


async def until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    """Wait until something is so. Raises TimeoutError when it does not become so."""
    end = time.monotonic() + LONGEST
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the app did not get there")
        await pilot.pause(0.05)


async def played(folder: Path, size: tuple[int, int]) -> str:
    """What is on the screen after an artist's first minute, as SVG."""
    studio = open_studio(folder, Options(needs_key=False))
    app = StudioApp(studio, Darkroom(CellsBackend("sextant", 2**24, CELL)))
    try:
        async with app.run_test(size=size) as pilot:

            def have(number: int) -> Callable[[], bool]:
                return lambda: studio.takes.totals()[1] == number and not studio.engine.queue.busy()

            await pilot.press("ctrl+g")
            await until(pilot, have(6))
            for number in (7, 8):
                await pilot.press("r")
                await until(pilot, have(number))
            await pilot.press("x", "p", "left_square_bracket")
            picture = app.screen.query_one(PictureView)
            await until(pilot, lambda: picture.state is PictureState.SHOWN)
            app.clear_notifications()
            await pilot.pause(1.0)
            return app.export_screenshot(title=TITLE)
    finally:
        await studio.close()
        app.darkroom.close()


def solid(svg: str) -> str:
    """The SVG with a font that is on this machine, and blocks as rectangles: as glyphs they leave seams."""
    svg = re.sub(r"(?s)@font-face \{.*?\n    \}", "", svg)
    svg = re.sub(
        r"font-family: Fira Code, monospace;\s*font-size: \d+px",
        f"font-family: {FONT}, monospace; font-size: {FONT_PIXELS}px",
        svg,
    )
    blocks = re.compile(
        r'<text class="(\S+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"[^>]*>([▀▄█▌▐\U0001fb00-\U0001fb3b]+)</text>'
    )

    def rectangles(match: re.Match[str]) -> str:
        look, x, baseline, text = match.groups()
        left, top = float(x), float(baseline) - BASELINE
        parts = [rectangle for place, char in enumerate(text) for rectangle in pieces(char, left + place * WIDTH, top)]
        shape = "".join(
            f"M{at_x:.2f} {at_y:.2f}h{width:.2f}v{height:.2f}h-{width:.2f}z" for at_x, at_y, width, height in parts
        )
        return f'<path class="{look}" d="{shape}" shape-rendering="crispEdges"/>'

    return blocks.sub(rectangles, svg)


def pieces(char: str, x: float, y: float) -> list[tuple[float, float, float, float]]:
    """The filled rectangles of a block character, each as x, y, width and height."""
    third = HEIGHT / 3
    match char:
        case "▀" | "▄":
            return [(x, y + (HEIGHT / 2 if char == "▄" else 0), WIDTH, HEIGHT / 2)]
        case "█" | "▌" | "▐":
            return [(x + (WIDTH / 2 if char == "▐" else 0), y, WIDTH if char == "█" else WIDTH / 2, HEIGHT)]
        case _:
            # Unicode leaves out the two patterns that are the older half blocks, 21 and 42.
            pattern = ord(char) - 0x1FB00 + 1
            pattern += (pattern >= 21) + (pattern >= 41)
            places = [(bit % 2, bit // 2) for bit in range(6) if pattern >> bit & 1]
            return [(x + column * WIDTH / 2, y + row * third, WIDTH / 2, third) for column, row in places]


def rasterise(svg: str, out: Path, chromium: str) -> None:
    """The SVG as PNG, in its own size. Raises RuntimeError when Chromium does not deliver."""
    width, height = (round(float(number)) for number in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    with TemporaryDirectory(prefix="pose-studio-") as name:
        page = Path(name) / "page.html"
        page.write_text(f'<body style="margin:0;background:transparent">{svg}</body>', encoding="utf-8")
        switches = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--hide-scrollbars",
        ]
        switches += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        switches += ["--default-background-color=00000000", f"--user-data-dir={name}/profile"]
        switches += [f"--window-size={width},{height}", f"--screenshot={out.absolute()}", page.as_uri()]
        done = subprocess.run([chromium, *switches], capture_output=True, text=True, timeout=LONGEST, check=False)
    if not out.exists():
        raise RuntimeError(f"{chromium} made no picture: {done.stderr.strip()[-500:]}")


def main() -> None:
    """Play, export, convert."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, metavar="OUT.png")
    parser.add_argument("--size", default="150x44", help="columns and rows")
    parser.add_argument("--chromium", default="chromium")
    options = parser.parse_args()
    columns, rows = (int(part) for part in options.size.split("x"))
    with trial() as place:
        os.environ[PACE] = "0"
        svg = asyncio.run(played(place.glitch("glitch").folder, (columns, rows)))
    rasterise(solid(svg), options.out, options.chromium)
    print(options.out)


if __name__ == "__main__":
    main()
