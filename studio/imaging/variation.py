"""What a seed changes: a breath of movement in the joints, the camera, the lamp and the hair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from studio.domain.skeleton_angles import Arm, Leg, Skeleton


@dataclass(frozen=True, slots=True)
class Variation:
    """A pose as one seed plays it, how far hair swings (-1..1), and how far the key light moves (radians)."""

    skeleton: Skeleton
    sway: float
    nudge: float


def varied(skeleton: Skeleton, seed: int, strictness: float) -> Variation:
    """The same seed always plays the same; at strictness 1 only hair and light move, at 0 joints by some degrees."""
    dice = Random(seed)
    free = max(0.0, min(1.0, 1 - strictness))
    joint, view = 5.0 * free, 13.0 * free
    head = skeleton.head
    moved = replace(
        skeleton,
        turn=skeleton.turn + dice.uniform(-view, view),
        elevation=max(-80.0, min(80.0, skeleton.elevation + dice.uniform(-0.4, 0.4) * view)),
        lean=skeleton.lean + dice.gauss(0, joint * 0.5),
        bend=skeleton.bend + dice.gauss(0, joint * 0.4),
        head=replace(
            head,
            nod=head.nod + dice.gauss(0, joint * 0.7),
            tilt=head.tilt + dice.gauss(0, joint * 0.7),
            look=head.look + dice.gauss(0, joint),
        ),
        left_arm=_arm(skeleton.left_arm, dice, joint),
        right_arm=_arm(skeleton.right_arm, dice, joint),
        left_leg=_leg(skeleton.left_leg, dice, joint * 0.5),
        right_leg=_leg(skeleton.right_leg, dice, joint * 0.5),
    )
    return Variation(moved, dice.uniform(-1, 1), dice.uniform(-0.22, 0.22))


def _arm(arm: Arm, dice: Random, joint: float) -> Arm:
    return replace(
        arm,
        lift=arm.lift + dice.gauss(0, joint),
        front=arm.front + dice.gauss(0, joint),
        bend=max(0.0, arm.bend + dice.gauss(0, joint)),
    )


def _leg(leg: Leg, dice: Random, joint: float) -> Leg:
    return replace(leg, lift=leg.lift + dice.gauss(0, joint), bend=max(0.0, leg.bend + dice.gauss(0, joint)))
