"""The proportions of a figure: how many heads tall, how broad; and the lengths of its bones that follow from them."""

from __future__ import annotations

from dataclasses import dataclass

MIN_HEADS = 2.5
MAX_HEADS = 9.0


@dataclass(frozen=True, slots=True)
class Build:
    """Factors on the average figure: shoulder and hip breadth, waist, and how thick limbs and trunk are."""

    shoulders: float
    hips: float
    waist: float
    limbs: float
    depth: float


BUILDS = {
    "petite": Build(0.90, 0.96, 0.93, 0.86, 0.90),
    "slim": Build(0.95, 0.94, 0.92, 0.84, 0.90),
    "average": Build(1.0, 1.0, 1.0, 1.0, 1.0),
    "athletic": Build(1.08, 0.98, 0.94, 1.08, 1.02),
    "muscular": Build(1.24, 1.02, 1.04, 1.3, 1.14),
    "stocky": Build(1.16, 1.14, 1.24, 1.26, 1.2),
    "heavy": Build(1.22, 1.26, 1.5, 1.4, 1.42),
}


@dataclass(frozen=True, slots=True)
class Proportions:
    """How the figure is built. `heads` is its height in heads (2.5 to 9), `build` one of BUILDS.

    Raises ValueError for anything else.
    """

    heads: float = 7.5
    build: str = "average"

    def __post_init__(self) -> None:
        if not MIN_HEADS <= self.heads <= MAX_HEADS:
            raise ValueError(f"heads must lie between {MIN_HEADS:g} and {MAX_HEADS:g}, not {self.heads:g}")
        if self.build not in BUILDS:
            raise ValueError(f"build must be one of {', '.join(BUILDS)}, not {self.build}")


@dataclass(frozen=True, slots=True)
class Bones:
    """Bone lengths and breadths for a standing height of 1, and `limb`, the thickness factor of arms and legs."""

    head: float
    neck: float
    chest: float
    waist: float
    pelvis: float
    hip: float
    shoulder: float
    upper_arm: float
    forearm: float
    hand: float
    thigh: float
    shin: float
    ankle: float
    foot: float
    limb: float
    build: Build


def bones(proportions: Proportions) -> Bones:
    """The bones of a figure. The fewer heads tall, the shorter its legs and the thicker its limbs for their length."""
    heads, build = proportions.heads, BUILDS[proportions.build]
    head = 1 / heads
    body = 1 - head
    few = max(0.0, min(1.0, (7.5 - heads) / 5))
    neck = body * (0.048 - 0.026 * few)
    legs = body * (0.575 - 0.075 * few)
    ankle = 0.046 + 0.014 * few
    trunk = body - neck - legs
    arm = body * (0.335 - 0.035 * few)
    return Bones(
        head=head,
        neck=neck,
        chest=trunk * 0.44,
        waist=trunk * 0.30,
        pelvis=trunk * 0.26,
        hip=body * (0.052 + 0.014 * few) * build.hips,
        shoulder=body * (0.118 + 0.012 * few) * build.shoulders,
        upper_arm=arm * 0.54,
        forearm=arm * 0.46,
        hand=body * (0.098 + 0.01 * few),
        thigh=(legs - ankle) * 0.51,
        shin=(legs - ankle) * 0.49,
        ankle=ankle,
        foot=body * (0.135 + 0.02 * few),
        limb=(1 + 0.45 * few) * build.limbs,
        build=build,
    )
