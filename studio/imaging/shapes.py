"""What a figure is made of before it is drawn: swept ellipsoids and cut blocks, each with a material."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.skeleton_frames import Frame
from studio.domain.skeleton_rotation import Mat3, Vec3, distance, turned

Array = NDArray[np.floating[Any]]
Colour = tuple[float, float, float]
"""Red, green, blue in linear light, 0 to 1."""

Pattern = Callable[[Array], tuple[Array, Array]]
"""From points in a shape's own directions (n x 3) to how much of them is `trim` coloured and how much glows, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Material:
    """How a surface answers light: `shine` 0..1 is the strength of its highlight, `polish` how small it is."""

    colour: Colour
    shine: float = 0.18
    polish: float = 18.0
    glow: float = 0.0
    metal: float = 0.0
    flesh: float = 0.35
    trim: Colour = (0.0, 0.0, 0.0)


def linear(rgb: tuple[int, int, int]) -> Colour:
    """An sRGB colour of 0..255 in linear light."""
    red, green, blue = (float(c) / 255 for c in rgb)
    return (red**2.2, green**2.2, blue**2.2)


@dataclass(frozen=True, slots=True)
class Blob:
    """An ellipsoid swept from `a` to `b` while its radius goes from `ra` to `rb`; `axes` and `stretch` flatten it.

    `melt` is how softly it flows into neighbours of its `group` (0 is a sharp edge). `cuts` keep only the part of its
    skin where normal . point <= limit. `local` is the frame a pattern is drawn in. `part` names the part of the body.
    `slopes` are the taper its shading starts and ends with, so that a chain of cones looks like one curve; `joined`
    tells at which end it goes on.
    """

    a: Vec3
    b: Vec3
    ra: float
    rb: float
    material: Material
    axes: Mat3 | None = None
    stretch: tuple[float, float, float] = (1.0, 1.0, 1.0)
    melt: float = 0.0
    group: int = 0
    cuts: tuple[tuple[Vec3, float], ...] = ()
    pattern: Pattern | None = None
    local: Frame | None = None
    part: str = ""
    slopes: tuple[float, float] | None = None
    joined: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Block:
    """A convex body bounded by planes normal . point <= limit; `edge` rounds its edges. `corners` bound it in space."""

    planes: tuple[tuple[Vec3, float], ...]
    corners: tuple[Vec3, ...]
    material: Material
    edge: float = 0.004


Shape = Blob | Block


def box(frame: Frame, centre: Vec3, half: Vec3, material: Material, edge: float = 0.004) -> Block:
    """A box in a frame's own directions."""
    middle = frame.at(*centre)
    planes: list[tuple[Vec3, float]] = []
    for axis, reach in zip(frame.rotation, half, strict=True):
        along = axis.x * middle.x + axis.y * middle.y + axis.z * middle.z
        planes.append((Vec3(*axis), along + reach))
        planes.append((Vec3(-axis.x, -axis.y, -axis.z), reach - along))
    signs = (-1, 1)
    corners = tuple(
        frame.at(centre.x + i * half.x, centre.y + j * half.y, centre.z + k * half.z)
        for i in signs
        for j in signs
        for k in signs
    )
    return Block(tuple(planes), corners, material, edge)


def plane_in(frame: Frame, normal: Vec3, offset: float) -> tuple[Vec3, float]:
    """A cut given in a frame's own directions: keeps what lies less than `offset` along `normal` from its start."""
    world = turned(frame.rotation, normal)
    start = frame.origin
    return world, offset + world.x * start.x + world.y * start.y + world.z * start.z


@dataclass(slots=True)
class Sculpture:
    """The shapes of one figure, in the order they are put on; `part` is written on each blob that follows."""

    shapes: list[Shape] = field(default_factory=list)
    part: str = ""

    def put(self, *shapes: Shape) -> None:
        """Adds shapes as they are."""
        self.shapes.extend(shapes)

    def limb(
        self, a: Vec3, b: Vec3, ra: float, rb: float, material: Material, *, melt: float = 0.0, group: int = 0
    ) -> None:
        """Adds a round cone from a to b, in world places."""
        self.shapes.append(Blob(a, b, ra, rb, material, melt=melt, group=group, part=self.part))

    def chain(
        self,
        points: Sequence[Vec3],
        radii: Sequence[float],
        material: Material,
        *,
        melt: float,
        group: int,
        stretch: tuple[float, float, float] = (1.0, 1.0, 1.0),
        axes: Mat3 | None = None,
    ) -> None:
        """Adds round cones end to end, shaded as one smooth curve; only the first flows into what is there."""
        steps = list(pairwise(zip(points, radii, strict=True)))
        tapers = [(ra - rb) / max(distance(a, b), 1e-6) for (a, ra), (b, rb) in steps]
        tapers = [max(-0.9, min(0.9, taper)) for taper in tapers]
        between = [tapers[0], *((x + y) / 2 for x, y in pairwise(tapers)), tapers[-1]]
        for number, ((a, ra), (b, rb)) in enumerate(steps):
            flow = melt if number == 0 else 0.003
            blob = Blob(a, b, ra, rb, material, axes, stretch, flow, group, part=self.part)
            joined = (number > 0, number + 1 < len(steps))
            self.shapes.append(replace(blob, slopes=(between[number], between[number + 1]), joined=joined))

    def ball(
        self,
        frame: Frame,
        at: Vec3,
        radius: Vec3,
        material: Material,
        *,
        melt: float = 0.0,
        group: int = 0,
        cuts: tuple[tuple[Vec3, float], ...] = (),
        pattern: Pattern | None = None,
    ) -> None:
        """Adds an ellipsoid in a frame's own directions, `radius` along each; cuts count from the frame's start."""
        size = max(radius)
        stretch = (radius.x / size, radius.y / size, radius.z / size)
        self.sweep(frame, at, at, (size, size), stretch, material, melt=melt, group=group, cuts=cuts, pattern=pattern)

    def sweep(
        self,
        frame: Frame,
        start: Vec3,
        end: Vec3,
        radii: tuple[float, float],
        stretch: tuple[float, float, float],
        material: Material,
        *,
        melt: float = 0.0,
        group: int = 0,
        cuts: tuple[tuple[Vec3, float], ...] = (),
        pattern: Pattern | None = None,
    ) -> None:
        """Adds a flattened round cone in a frame's own directions; cuts count from the frame's start."""
        self.shapes.append(
            Blob(
                frame.at(*start),
                frame.at(*end),
                *radii,
                material,
                frame.rotation,
                stretch,
                melt,
                group,
                tuple(plane_in(frame, normal, offset) for normal, offset in cuts),
                pattern,
                frame,
                self.part,
            )
        )

    def draw_on(self, part: str, pattern: Pattern, local: Frame, material: Material | None = None) -> None:
        """Draws one pattern across all blobs of a part, in the directions of `local`."""
        for number, shape in enumerate(self.shapes):
            if isinstance(shape, Blob) and shape.part == part:
                self.shapes[number] = replace(shape, pattern=pattern, local=local, material=material or shape.material)
