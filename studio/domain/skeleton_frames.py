"""Forward kinematics: from joint angles and proportions to where every bone is, and how it is turned."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, degrees

from studio.domain.skeleton_angles import Arm, Leg, Skeleton
from studio.domain.skeleton_proportions import Bones, Proportions, bones
from studio.domain.skeleton_rotation import Mat3, Vec3, about_x, about_y, about_z, add, after, limb, scaled, turned

DOWN = Vec3(0, -1, 0)
SIDES = (("left", 1), ("right", -1))
_FLAT_RANGE = (-32.0, 62.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a bone starts and how it is turned: x the figure's left, y up the body (limbs run along -y), z forward."""

    origin: Vec3
    rotation: Mat3

    def at(self, x: float, y: float, z: float) -> Vec3:
        """A point given in the bone's own directions, from its start."""
        return add(self.origin, turned(self.rotation, Vec3(x, y, z)))


def build_frames(skeleton: Skeleton, proportions: Proportions) -> dict[str, Frame]:
    """Every bone's frame in the world: feet (or what lies lowest) on the floor y = 0, the viewer at +z.

    Names: pelvis, waist, chest, neck, head (starts at the chin), and with `left_`/`right_` before them: upper_arm,
    forearm, hand, thigh, shin, foot.
    """
    b = bones(proportions)
    root = after(about_y(skeleton.turn), about_z(-skeleton.roll), about_x(skeleton.pitch))
    frames = _spine(skeleton, b, root)
    for side, sign in SIDES:
        arm, leg = (skeleton.left_arm, skeleton.left_leg) if sign > 0 else (skeleton.right_arm, skeleton.right_leg)
        _hang_arm(frames, side, sign, arm, b)
        _hang_leg(frames, side, sign, leg, b, root)
    floor = min(point.y - radius for point, radius in _lowest(frames, b))
    shift = Vec3(0, skeleton.rise - floor, 0)
    return {name: Frame(add(frame.origin, shift), frame.rotation) for name, frame in frames.items()}


def _spine(skeleton: Skeleton, b: Bones, root: Mat3) -> dict[str, Frame]:
    def bowed(part: float) -> Mat3:
        return after(
            root, about_y(skeleton.twist * part), about_z(-skeleton.bend * part), about_x(skeleton.lean * part)
        )

    pelvis = Frame(Vec3(0, 0, 0), after(bowed(0.3), about_z(skeleton.sway)))
    waist = Frame(pelvis.at(0, b.pelvis * 0.9, 0), bowed(0.65))
    chest = Frame(waist.at(0, b.waist, 0), bowed(1.0))
    neck = Frame(chest.at(0, b.chest, -0.012), after(bowed(1.0), about_x(12.0)))
    head = skeleton.head
    turned_head = after(bowed(1.0), about_y(head.look), about_z(-head.tilt), about_x(head.nod))
    return {
        "pelvis": pelvis,
        "waist": waist,
        "chest": chest,
        "neck": neck,
        "head": Frame(neck.at(0, b.neck, 0), turned_head),
    }


def _hang_arm(frames: dict[str, Frame], side: str, sign: int, arm: Arm, b: Bones) -> None:
    chest = frames["chest"]
    raised = max(0.0, arm.lift - 70) / 110
    shoulder = chest.at(
        sign * b.shoulder * (1 - 0.16 * raised), b.chest * (0.82 + 0.24 * raised) + arm.shrug / 600, -0.006
    )
    upper = Frame(shoulder, after(chest.rotation, limb(arm.lift, arm.front, arm.twist, sign)))
    fore = Frame(upper.at(0, -b.upper_arm, 0), after(upper.rotation, about_x(-arm.bend)))
    hand = after(fore.rotation, about_y(-sign * arm.palm), about_z(-sign * arm.wrist))
    frames[f"{side}_upper_arm"] = upper
    frames[f"{side}_forearm"] = fore
    frames[f"{side}_hand"] = Frame(fore.at(0, -b.forearm, 0), hand)


def _hang_leg(frames: dict[str, Frame], side: str, sign: int, leg: Leg, b: Bones, root: Mat3) -> None:
    hip = frames["pelvis"].at(sign * b.hip, 0, 0)
    thigh = Frame(hip, after(root, limb(leg.lift, leg.front, leg.twist, sign)))
    shin = Frame(thigh.at(0, -b.thigh, 0), after(thigh.rotation, about_x(leg.bend)))
    point = _flat(shin.rotation) if leg.point is None else leg.point
    frames[f"{side}_thigh"] = thigh
    frames[f"{side}_shin"] = shin
    frames[f"{side}_foot"] = Frame(shin.at(0, -b.shin, 0), after(shin.rotation, about_x(point)))


def _flat(shin: Mat3) -> float:
    """The stretch that lays the sole on the floor; a shin too far from upright keeps a foot at ease instead."""
    along, forward = shin.y, shin.z
    upright = degrees(acos(max(-1.0, min(1.0, along.y))))
    if upright > 75:
        return 20.0
    slope = degrees(acos(max(-1.0, min(1.0, -forward.y)))) - 90
    low, high = _FLAT_RANGE
    return max(low, min(high, slope))


def _lowest(frames: dict[str, Frame], b: Bones) -> list[tuple[Vec3, float]]:
    """The points that may touch the floor, with how far the flesh reaches past them."""
    flesh = 0.035 * b.limb
    points = [
        (frames["pelvis"].origin, 0.06 * b.build.depth),
        (frames["pelvis"].at(0, -0.035, -0.03), 0.03),
        (frames["chest"].at(0, b.chest * 0.5, 0), 0.075 * b.build.depth),
        (frames["head"].at(0, b.head * 0.55, 0), b.head * 0.46),
    ]
    for side, _ in SIDES:
        foot = frames[f"{side}_foot"]
        points += [
            (foot.at(0, -b.ankle, -b.foot * 0.2), 0.0),
            (foot.at(0, -b.ankle, b.foot * 0.74), 0.0),
            (frames[f"{side}_shin"].origin, flesh),
            (frames[f"{side}_forearm"].origin, flesh * 0.7),
            (frames[f"{side}_hand"].origin, flesh * 0.6),
            (frames[f"{side}_hand"].at(0, -b.hand * 0.8, 0), 0.01),
            (frames[f"{side}_upper_arm"].origin, flesh),
        ]
    return points


def tip(frame: Frame, length: float) -> Vec3:
    """The far end of a limb's bone."""
    return add(frame.origin, scaled(turned(frame.rotation, DOWN), length))
