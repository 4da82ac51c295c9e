"""The figure being built: its bones' frames, its measures, its look, and the shapes put on so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.domain.skeleton_angles import Skeleton
from studio.domain.skeleton_frames import Frame, build_frames
from studio.domain.skeleton_proportions import Bones, bones
from studio.imaging.look import Look
from studio.imaging.shapes import Sculpture

SIDES = (("left", 1), ("right", -1))

BODY = 1
HEAD = 2
HAIR = 3
CLOTH = 4
HAND = {"left": 5, "right": 6}
"""Groups whose shapes flow into each other."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What the parts of the body are built from. `sway` (-1..1, from the seed) moves hair, cape and tail a little."""

    skeleton: Skeleton
    look: Look
    frames: dict[str, Frame]
    bones: Bones
    sway: float = 0.0
    clay: Sculpture = field(default_factory=Sculpture)

    @property
    def girth(self) -> float:
        """The thickness unit of limbs: 1 for the average adult."""
        return self.bones.limb * (1 - self.bones.head) / 0.867


def begin(skeleton: Skeleton, look: Look, sway: float) -> Figure:
    """An empty figure in a pose."""
    proportions = look.proportions
    return Figure(skeleton, look, build_frames(skeleton, proportions), bones(proportions), sway)
