"""The colours a figure wears: clusters in Oklab, those of the character's palette known by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.domain.character import PaletteColour
from studio.imaging.oklab import Lab, oklab_of_hex

CLUSTERS = 16
REACH = 0.06
"""Distance in Oklab's plane of hues within which a cluster of the anchor is taken for a colour of the palette."""
LEAST = 0.004
"""Share of the figure's pixels below which a colour counts as not there."""
SAMPLES = 4096


@dataclass(frozen=True, slots=True)
class WornColours:
    """What colours an anchor picture shows: every cluster's mean, its share, and which palette colour it is."""

    means: Lab
    shares: NDArray[np.float32]
    named: tuple[int, ...]
    """For each cluster the number of the palette colour it shows, or -1."""
    missing: tuple[int, ...]
    """Numbers of palette colours that the anchor does not show itself."""


def worn_colours(pixels: Lab, palette: Sequence[PaletteColour]) -> WornColours:
    """Cluster the pixels (n x 3) of an anchor's figure and name the clusters by the character's palette."""
    means = _cluster(pixels)
    nearest = _nearest(pixels, means)
    shares = np.asarray(np.bincount(nearest, minlength=len(means)) / max(1, len(pixels)), np.float32)
    wanted = [oklab_of_hex(colour.hex) for colour in palette]
    named = []
    for mean in means:
        fits = {number: _apart(mean, colour) for number, colour in enumerate(wanted) if _alike(mean, colour)}
        named.append(min(fits, key=fits.__getitem__, default=-1))
    shown = {name for name, share in zip(named, shares, strict=True) if share >= LEAST}
    return WornColours(means, shares, tuple(named), tuple(n for n in range(len(palette)) if n not in shown))


@dataclass(frozen=True, slots=True)
class Settled:
    """The anchor's clusters found again in another picture, and what is in it that the anchor has nowhere."""

    means: Lab
    shares: NDArray[np.float32]
    strange: Lab
    """Mean of the pixels whose hue is none of the anchor's; zeros when there are none."""
    strange_share: float


def settle(worn: WornColours, pixels: Lab) -> Settled:
    """Give every pixel (n x 3) of a figure to the cluster of the anchor it is nearest to, if it is near any."""
    nearest = _nearest(pixels, worn.means)
    known = np.hypot(*(pixels - worn.means[nearest]).T[1:]) < REACH
    strange = pixels[~known]
    nearest, pixels_known = nearest[known], pixels[known]
    counts = np.bincount(nearest, minlength=len(worn.means)).astype(np.float32)
    sums = np.stack([np.bincount(nearest, pixels_known[:, axis], len(worn.means)) for axis in range(3)], -1)
    means = np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], worn.means).astype(np.float32)
    whole = max(1, len(pixels))
    mean = strange.mean(0) if len(strange) else np.zeros(3, np.float32)
    return Settled(means, np.asarray(counts / whole, np.float32), mean, len(strange) / whole)


def sample(pixels: Lab) -> Lab:
    """At most SAMPLES of the pixels, evenly taken: the same ones for the same picture."""
    step = max(1, -(-len(pixels) // SAMPLES))
    return pixels[::step]


def _apart(one: Lab, other: Lab) -> float:
    # Light and shade on one material move its lightness much more than its hue.
    difference = one - other
    return float(np.sqrt((0.35 * difference[0]) ** 2 + (difference[1:] ** 2).sum()))


def _alike(seen: Lab, wanted: Lab) -> bool:
    """The same hue in another light: no grey passes for a colour, and no colour for a grey."""
    strength = float(np.hypot(wanted[1], wanted[2]))
    reach = min(REACH, max(0.03, 0.6 * strength))
    return bool(np.hypot(*(seen - wanted)[1:]) < reach and abs(seen[0] - wanted[0]) < 0.4)


def _nearest(pixels: Lab, means: Lab) -> NDArray[np.intp]:
    scale = np.array([0.6, 1, 1], np.float32)
    squares = (((pixels[:, None] - means[None]) * scale) ** 2).sum(-1)
    return np.asarray(squares.argmin(1))


def _cluster(pixels: Lab) -> Lab:
    """k-means from starts that lie far apart, without chance."""
    means = [np.median(pixels, 0)]
    for _ in range(CLUSTERS - 1):
        far = np.min([((pixels - mean) ** 2).sum(-1) for mean in means], 0)
        # Not the farthest pixel of all, which may be a speck: the farthest that has company.
        means.append(pixels[np.argsort(far)[-max(1, len(pixels) // 100)]])
    centres = np.asarray(means, np.float32)
    for _ in range(8):
        nearest = _nearest(pixels, centres)
        for number in range(len(centres)):
            own = pixels[nearest == number]
            if len(own):
                centres[number] = own.mean(0)
    return centres
