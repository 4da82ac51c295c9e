"""Parts of the picture benchmark that need no app: encoders, thumbnails, the probe."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image

from studio.ui.pictures.backend import Room
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.decode import decode
from studio.ui.pictures.glyph_fit import fit
from studio.ui.pictures.glyph_tables import glyphs
from studio.ui.pictures.kitty_feed import plate_of
from studio.ui.pictures.sidecar import keep
from studio.ui.pictures.sixel import indexed, sixel
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.textual_image_parts import Protocol, image_class
from studio.ui.pictures.tier import Tier
from tests.benchmarks.pictures_peers import Peers
from tests.benchmarks.pictures_row import Row
from tests.benchmarks.symbol_reader import read_symbols
from tests.ui.pictures.far_terminal import KITTY
from tests.ui.pictures.sixel_reader import read_sixel
from tests.ui.pictures.stage import staged
from tests.ui.pictures.subjects import figure, photo, psnr

Value = TypeVar("Value")
CELL, CELLS = (10, 20), (60, 30)


def best(work: Callable[[], Value], times: int = 7) -> tuple[float, Value]:
    """Milliseconds of the quickest of several runs, and what it gave."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        value = work()
        taken.append(time.perf_counter() - start)
    return min(taken) * 1000, value


def kitty_bytes(path: Path) -> tuple[int, int]:
    """Bytes of a preview of 60 × 30 cells through the line: full and lean."""
    picture, columns, rows = decode(PictureSource(path, "p"), Room(*CELLS), CELL, CELL, lambda: True)
    sizes = [sum(map(len, plate_of(picture, 1 << 24 | 16, (columns, rows), tier).texts)) for tier in Tier]
    return sizes[1], sizes[0]


def sixel_rows(peers: Peers, folder: Path) -> Iterator[Row]:
    """Our encoder against chafa's, from the same 600² picture: time, quality, bytes."""
    picture = figure(600)
    ms, text = best(lambda: sixel(indexed(picture)))
    ours = Image.fromarray(read_sixel(_sixel_body(text.encode()))[..., :3])
    package_ms = _package_sixel(picture)
    path, dot = folder / "600.png", folder / "dot.png"
    picture.save(path)
    picture.crop((0, 0, 4, 4)).save(dot)
    peer, start = peers.chafa("sixel", path), peers.chafa("sixel", dot)
    if peer is None or start is None:
        yield Row("T9", "sixel ÷ textual-image", ms / package_ms, 0.35, note=f"{ms:.0f} / {package_ms:.0f} ms")
        return
    decoded, _ = best(lambda: Image.open(path).load())
    took = peer.cpu - start.cpu - decoded
    note = f"{ms:.0f} / {took:.0f} ms (its CPU less start and decoding); textual-image {package_ms:.0f} ms"
    yield Row("T9", "sixel time ÷ chafa's", ms / took, 1.0, note=note)
    pixels = read_sixel(_sixel_body(peer.output))[..., :3]
    theirs = psnr(Image.fromarray(pixels), picture.resize((pixels.shape[1], pixels.shape[0])))
    mine = psnr(ours, picture)
    yield Row("T9", "sixel PSNR over chafa's", mine - theirs, 0.0, "dB", f"{mine:.1f} / {theirs:.1f}", least=True)
    note = f"{len(text) // 1000} / {len(peer.output) // 1000} KB"
    yield Row("T9", "sixel bytes ÷ chafa's", len(text) / len(peer.output), 0.95, note=note)


def symbol_rows(peers: Peers, folder: Path) -> Iterator[Row]:
    """Our octants and sextants against chafa's sextants, of pictures of 1024², as they look in 600²: Debian's chafa has
    no octants.
    """
    for name, whole in (("figure", figure(1024)), ("photo", photo(1024))):
        path = folder / f"symbols-{name}.png"
        whole.save(path)
        peer = peers.chafa("symbols", path, "--symbols", "sextant")
        if peer is None:
            return
        picture = whole.resize((CELLS[0] * CELL[0], CELLS[1] * CELL[1]), Image.Resampling.LANCZOS)
        theirs = psnr(Image.fromarray(read_symbols(peer.output.decode(), CELLS, CELL)), picture)
        for kind, more in (("octant", 0.4), ("sextant", 0.0)):
            mine = psnr(_drawn(path, kind), picture)
            what = f"{kind} PSNR over chafa's sextants, {name}"
            yield Row("T10", what, mine - theirs, more, "dB", f"{mine:.2f} / {theirs:.2f}", least=True)
    dot = folder / "dot.png"
    figure(600).crop((0, 0, 4, 4)).save(dot)
    start = peers.chafa("symbols", dot, "--symbols", "sextant")
    if peer is not None and start is not None:
        decoded, _ = best(lambda: Image.open(path).load())
        took = peer.cpu - start.cpu - decoded
        ms, _ = best(lambda: CellsBackend("octant", 1 << 24, CELL).strips_of(picture, *CELLS))
        only, _ = best(lambda: fit(_small(picture, "octant"), glyphs("octant")))
        note = f"{ms:.1f} / {took:.1f} ms (its CPU less start and decoding); fitting alone {only:.1f}"
        yield Row("T10", "octant rows ÷ chafa's sextants", ms / took, 1.5, note=note)


def thumbnail_rows(folder: Path) -> Iterator[Row]:
    """A page of 24 from kept small pictures, with two threads."""
    sources = []
    for number in range(24):
        path = folder / f"page-{number}.png"
        if number < 2:
            (figure, photo)[number](1024).save(path)
        else:
            path.write_bytes((folder / f"page-{number % 2}.png").read_bytes())
        sources.append(PictureSource(path, path.stem, sidecars=folder / "small"))

    def page(sources: Sequence[PictureSource]) -> None:
        with ThreadPoolExecutor(2) as pool:
            room = Room(16, 8, small=True)
            list(pool.map(lambda one: decode(one, room, CELL, CELL, lambda: True), sources))

    before, _ = best(lambda: page([PictureSource(source.path, source.key) for source in sources]), 3)
    for source in sources:
        keep(source)
    ms, _ = best(lambda: page(sources))
    yield Row("T11", "24 thumbnails from small pictures", ms, 40, "ms", f"from the pictures themselves {before:.0f} ms")


def terminal_rows(folder: Path) -> Iterator[Row]:
    """Round trips of the probe, keys nobody pressed, pictures held, pictures left."""
    for delay in (0.0, 0.12, 0.4):
        place = folder / f"delay-{delay}"
        place.mkdir()
        with staged(place, replace(KITTY, delay=delay)) as stage:
            held = 0
            for key in "nnnnbbb":
                stage.do(key)
                held = max(held, len(stage.screen.images))
            screen, report = stage.leave()
            typed = len(stage.left_over())
        keys = 0 if "[]" in report else report.count("'") // 2
        what = f"phantom keys, and bytes left, at {delay * 1000:.0f} ms"
        yield Row("T12", what, keys + typed, 0, "", f"kitty held {held} at most, {len(screen.images)} after exit")
    trip = _probe_trips()
    yield Row("T12", "round trips of the probe", trip, 1, "", "writes to the terminal before the first frame")


def _probe_trips() -> int:
    """How often the probe writes and waits: counted in its own code by what reaches the terminal."""
    code = (
        "import os, pty, studio.ui.terminal_ask as ask\n"
        "master, slave = pty.openpty()\n"
        "count, write = [0], os.write\n"
        "def counted(fd, data):\n"
        "    count[0] += fd == slave\n"
        "    write(master, b'\\x1b[?62c') if fd == slave else None\n"
        "    return write(fd, data)\n"
        "os.write = counted\n"
        "ask.ask(slave, slave, limit=1, tmux=False, passthrough=False)\n"
        "print(count[0])\n"
    )
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def _package_sixel(picture: Image.Image) -> float:
    image_class(Protocol.SIXEL, CELL)
    from textual_image._sixel import image_to_sixels

    ms, _ = best(lambda: image_to_sixels(picture), 3)
    return ms


def _sixel_body(output: bytes) -> bytes:
    match = re.search(rb"\x1bP[\d;]*q(.*?)\x1b\\", output, re.DOTALL)
    if match is None:
        raise ValueError("no sixel in the output")
    return re.sub(rb"[\r\n]", b"", match[1])


def _small(picture: Image.Image, kind: str) -> Image.Image:
    family = glyphs(kind)
    return picture.resize((CELLS[0] * family.columns, CELLS[1] * family.rows), Image.Resampling.BOX)


def _drawn(path: Path, kind: str) -> Image.Image:
    """What the characters of a file look like, drawn with the pixels of a cell."""
    family = glyphs(kind)
    source, dots = PictureSource(path, "p"), (family.columns, family.rows)
    fitted = fit(decode(source, Room(*CELLS), CELL, dots, lambda: True)[0], family)
    bits = np.array([family.codes.index(code) for code in fitted.codes.ravel().tolist()]).reshape(fitted.codes.shape)
    y, x = np.mgrid[0 : CELL[1], 0 : CELL[0]]
    part = y * family.rows // CELL[1] * family.columns + x * family.columns // CELL[0]
    mask = (bits[:, None, :, None] >> part[None, :, None, :] & 1).astype(bool)[..., None]
    cells = np.where(mask, fitted.front[:, None, :, None], fitted.back[:, None, :, None])
    return Image.fromarray(cells.reshape(CELLS[1] * CELL[1], CELLS[0] * CELL[0], 3).astype(np.uint8))
