"""What a trainer should know of a picture before it is paid for: framing, background, likeness, letters in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.domain.dataset import PictureFacts
from studio.imaging.figure_mask import Mask, figure_mask
from studio.imaging.oklab import oklab
from studio.imaging.phash import perceptual_hash
from studio.imaging.quality import Concern, quality_of

if TYPE_CHECKING:
    from PIL import Image

PROBE = 224
"""Pixels of the longer side of the copy in which the figure is looked for."""
READING = 768
"""Pixels of the longer side of the copy in which letters are looked for."""
PLAIN = 0.05
"""How much the border of a plain background deviates at most, in units of Oklab."""
AWAY = 0.08
"""Distance from the border's colour, in units of Oklab, at which a pixel belongs to a close-up."""
FILLING = 0.3
"""Share of the picture that a close-up fills at least."""
CLOSE = 0.45
"""Share of the width that the figure has under its head when only head and shoulders are shown."""

CELL = (8, 12)
"""Height and width in pixels of the patches that are tested for letters."""
STRONG = 28
"""Difference of grey between neighbours that counts as an edge."""
RUN = 4
"""Patches in a row that make a line of letters."""


def look(path: Path) -> PictureFacts:
    """The facts of a picture file. Raises OSError when it cannot be read or decoded. Blocks."""
    from PIL import Image

    with Image.open(path) as opened:
        size = opened.size
        picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    small = picture.copy()
    small.thumbnail((PROBE, PROBE))
    pixels = np.asarray(small.convert("RGBA"), np.uint8)
    lab = oklab(pixels[..., :3])
    found = figure_mask(lab, pixels[..., 3])
    border = np.concatenate([lab[:3].reshape(-1, 3), lab[:, :3].reshape(-1, 3), lab[:, -3:].reshape(-1, 3)])
    centre = np.median(border, 0)
    spread = float(np.median(np.linalg.norm(border - centre, axis=-1)))
    figure = found.pixels
    if found.trouble and "cut off" not in found.trouble:
        # A close-up fills so much of the border that only its colour tells where the figure is.
        away = np.linalg.norm(lab - centre, axis=-1) > AWAY
        figure = away if spread <= PLAIN and away.mean() > FILLING else np.zeros_like(away)
    concerns = {remark.concern for remark in quality_of(picture).remarks}
    return PictureFacts(
        width=size[0],
        height=size[1],
        fingerprint=perceptual_hash(picture),
        framing=_framing(figure),
        background=(float(centre[0]), float(centre[1]), float(centre[2])),
        busy=spread > PLAIN,
        lettering=lettering(picture) or ("somewhere" if Concern.WRITING in concerns else ""),
        crowd=Concern.FIGURES in concerns,
    )


def _framing(figure: Mask) -> str:
    rows = np.nonzero(figure.any(1))[0]
    if not len(rows):
        return ""
    if rows[-1] < len(figure) - 2:
        return "full"
    # Head and shoulders fill the width where a half figure has only its hips.
    lowest = float(figure[-max(2, len(figure) // 12) :].any(0).mean())
    return "close" if lowest > CLOSE or rows[0] > 0.6 * len(figure) else "half"


def lettering(picture: Image.Image) -> str:
    """Where something looks like a line of letters, such as `bottom right`; empty when nothing does. A suspicion:
    small patterns of even strokes, dark and light by turns, in a low row with calm above or below it.
    """
    grey = picture.convert("RGBA")
    from PIL import Image

    ground = Image.new("RGBA", grey.size, "white")
    ground.alpha_composite(grey)
    small = ground.convert("L")
    small.thumbnail((READING, READING))
    dense = _dense(np.asarray(small, np.int16))
    for row in range(dense.shape[0]):
        start = _run(dense[row])
        if start is not None and _calm(dense, row, start):
            return _place(row / dense.shape[0], (start + RUN / 2) / dense.shape[1])
    return ""


def _dense(grey: NDArray[np.int16]) -> Mask:
    """The patches in which most lines of pixels cross many strokes."""
    step = np.diff(grey, axis=1)
    turns = (np.abs(step) > STRONG).astype(np.int16)
    sign = np.sign(step) * turns
    # A stroke is an edge down and an edge up: only edges that alternate count, so a ramp or a grid edge does not.
    alternating = np.zeros_like(turns)
    last = np.zeros(len(grey), np.int16)
    for column in range(sign.shape[1]):
        now = sign[:, column]
        changed = (now != 0) & (now == -last)
        alternating[:, column] = changed
        last = np.where(now != 0, now, last)
    height, width = CELL
    rows, columns = alternating.shape[0] // height, alternating.shape[1] // width
    cut = alternating[: rows * height, : columns * width].reshape(rows, height, columns, width)
    crossings = cut.sum(3)
    return np.asarray((crossings >= 2).mean(1) >= 0.5, np.bool_)


def _run(row: NDArray[np.bool_]) -> int | None:
    """Where RUN patches in a row are dense; None when nowhere."""
    count = 0
    for column, dense in enumerate(row):
        count = count + 1 if dense else 0
        if count == RUN:
            return column - RUN + 1
    return None


def _calm(dense: Mask, row: int, start: int) -> bool:
    """Whether there is calm above and below: a texture goes on in both directions."""
    above = dense[max(0, row - 2) : row, start : start + RUN]
    below = dense[row + 1 : row + 4, start : start + RUN]
    return float(above.mean() if above.size else 0) < 0.3 and float(below[-1].mean() if below.size else 0) < 0.3


def _place(down: float, across: float) -> str:
    vertical = "top" if down < 0.33 else "bottom" if down > 0.67 else "middle"
    horizontal = "left" if across < 0.33 else "right" if across > 0.67 else "centre"
    return f"{vertical} {horizontal}"
