"""The drift meter: what a picture of a character shows, and how far that is from what its anchor picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.domain.character import PaletteColour
from studio.domain.drift import Drift
from studio.imaging.drift_words import Shift, colour_words, missing_words, proportion_words
from studio.imaging.figure_mask import figure_mask
from studio.imaging.oklab import Lab, oklab
from studio.imaging.phash import SIDE, bits_apart, hash_of
from studio.imaging.silhouette import Silhouette, silhouette
from studio.imaging.worn_colours import LEAST, Settled, WornColours, sample, settle, worn_colours

if TYPE_CHECKING:
    from PIL import Image

LONGEST = 160
"""Pixels of the longer side a picture is measured at: an outline to a percent, colours without grain."""

DIRECTIONS = 24
"""Directions of colour space along which two sets of pixels are compared."""

ENOUGH = 0.02
"""Share of the figure from which a colour counts in full."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What one picture shows of a figure, at LONGEST pixels."""

    pixels: Lab
    """Some of the figure's pixels, n x 3; all of the picture's where the figure could not be told apart."""
    outline: Silhouette
    hash: int


def likeness(picture: Image.Image) -> Likeness:
    """Measure a picture of any size and mode. Takes some 20 ms; call it in a thread."""
    from PIL import Image

    scale = LONGEST / max(picture.size)
    size = (max(8, round(picture.width * scale)), max(8, round(picture.height * scale)))
    small = picture.convert("RGBA").resize(size, Image.Resampling.BOX)
    data = np.asarray(small)
    lab = oklab(np.ascontiguousarray(data[..., :3]))
    found = figure_mask(lab, data[..., 3])
    outline = Silhouette({}, found.trouble) if found.trouble else silhouette(found.pixels)
    return Likeness(sample(lab[_inner(found.pixels)]), outline, _figure_hash(lab, found.pixels))


@dataclass(frozen=True, slots=True)
class Anchor:
    """The picture that takes are measured against, with the palette it was read by."""

    likeness: Likeness
    palette: tuple[PaletteColour, ...]
    worn: WornColours


def anchor_of(picture: Image.Image, palette: Sequence[PaletteColour]) -> Anchor:
    """Read the anchor picture of a character once; then measure any number of takes against it."""
    seen = likeness(picture)
    return Anchor(seen, tuple(palette), worn_colours(seen.pixels, palette))


def drift(anchor: Anchor, seen: Likeness) -> Drift:
    """How far a picture is from the anchor, by its colours, its proportions and its look as a whole."""
    shifts = _shifts(anchor, seen)
    colours = 0.5 * _spread_apart(anchor.likeness.pixels, seen.pixels) + 0.5 * _named_apart(shifts)
    ours, theirs = anchor.likeness.outline, seen.outline
    both = {name: theirs.measures[name] / value - 1 for name, value in ours.measures.items() if name in theirs.measures}
    proportions = float(np.mean([min(abs(change), 1.0) for change in both.values()])) if both else None
    apart = bits_apart(anchor.likeness.hash, seen.hash)
    unmeasured = [*missing_words(anchor.palette, anchor.worn.missing)]
    if proportions is None:
        why = f"in the anchor, {ours.trouble}" if not ours.measures else theirs.trouble or "no measure in common"
        unmeasured.append(f"proportions: {why}")
    remarks = sorted([*colour_words(shifts), *proportion_words(both, ours.measures, theirs.measures)], reverse=True)
    return Drift(
        score=_score(colours, proportions, apart),
        palette=colours,
        proportions=proportions,
        likeness=apart,
        remarks=tuple(words for _, words in remarks),
        unmeasured=tuple(unmeasured),
    )


def _shifts(anchor: Anchor, seen: Likeness) -> list[Shift]:
    """For every palette colour the anchor shows, what became of it."""
    worn, now = anchor.worn, settle(anchor.worn, seen.pixels)
    found = []
    for number, colour in enumerate(anchor.palette):
        own = [cluster for cluster, name in enumerate(worn.named) if name == number]
        before = float(worn.shares[own].sum())
        if before < LEAST:
            continue
        after = float(now.shares[own].sum())
        weights = worn.shares[own, None] / before
        was, became = (worn.means[own] * weights).sum(0), (now.means[own] * weights).sum(0)
        found.append(Shift(colour, was, became, before, after))
    return _recoloured(found, now)


def _recoloured(shifts: list[Shift], now: Settled) -> list[Shift]:
    """Where one colour went and about as much of a strange one came, the thing is still there in another colour."""
    lost = max(shifts, key=lambda shift: shift.before - shift.after, default=None)
    if lost is None or not (lost.gone or lost.scarce) or now.strange_share < 0.4 * (lost.before - lost.after):
        return shifts
    turned = replace(lost, became=now.strange, after=lost.after + now.strange_share)
    return [turned if shift is lost else shift for shift in shifts]


def _named_apart(shifts: Sequence[Shift]) -> float:
    """How far the named colours are: their mean, and the one that is farthest, each for a half.

    A mean alone would hide green hair on a figure in five other colours. A colour of a few pixels counts little.
    """
    if not shifts:
        return 0.0
    weighed = [shift.distance * min(1.0, shift.before / ENOUGH) for shift in shifts]
    return float(0.5 * np.mean(weighed) + 0.5 * max(weighed))


def _spread_apart(one: Lab, other: Lab) -> float:
    """Sliced Wasserstein distance of two sets of colours: how far pixels must move to become the other picture's."""
    turns = np.arange(DIRECTIONS) * np.pi * (3 - 5**0.5)
    height = 1 - 2 * (np.arange(DIRECTIONS) + 0.5) / DIRECTIONS
    flat = np.sqrt(1 - height**2)
    rays = np.stack([height * 0.6, flat * np.cos(turns), flat * np.sin(turns)], -1).astype(np.float32)
    places = np.linspace(0, 1, 256)
    mine, theirs = np.quantile(one @ rays.T, places, axis=0), np.quantile(other @ rays.T, places, axis=0)
    return float(np.abs(mine - theirs).mean() * 2)


def _score(colours: float, proportions: float | None, apart: int) -> float:
    # Each measure becomes a share of "as far as another character"; what any of them sees, the whole sees.
    parts = [1 - np.exp(-colours / 0.10), 1 - np.exp(-(proportions or 0.0) / 0.25), 0.10 * min(1.0, apart / 32)]
    return round(float(100 * (1 - np.prod([1 - part for part in parts]))), 1)


def _inner(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask without its rim, whose pixels are half background; the mask itself where nothing would be left."""
    inner = mask.copy()
    inner[1:] &= mask[:-1]
    inner[:-1] &= mask[1:]
    inner[:, 1:] &= mask[:, :-1]
    inner[:, :-1] &= mask[:, 1:]
    return inner if inner.sum() > 64 else mask


def _figure_hash(lab: Lab, mask: NDArray[np.bool_]) -> int:
    from PIL import Image

    light = np.where(mask, lab[..., 0], 1.0).astype(np.float32)
    rows, columns = np.nonzero(mask.any(1))[0], np.nonzero(mask.any(0))[0]
    crop = light[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    small = Image.fromarray(crop).resize((SIDE, SIDE), Image.Resampling.BOX)
    return hash_of(np.asarray(small, np.float32))
