"""The camera that looks at the figure, and the 18 keypoints it sees. The mannequin is drawn through the same camera."""

from __future__ import annotations

from typing import NamedTuple

from studio.domain.skeleton_angles import Skeleton
from studio.domain.skeleton_frames import Frame, build_frames
from studio.domain.skeleton_proportions import Bones, Proportions, bones
from studio.domain.skeleton_rotation import Mat3, Vec3, about_x, between, turned

KEYPOINTS = (
    "nose", "neck",
    "right_shoulder", "right_elbow", "right_wrist",
    "left_shoulder", "left_elbow", "left_wrist",
    "right_hip", "right_knee", "right_ankle",
    "left_hip", "left_knee", "left_ankle",
    "right_eye", "left_eye", "right_ear", "left_ear",
)  # fmt: skip
"""The 18 points of the COCO skeleton in OpenPose's order."""

LIMBS = (
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10),
    (1, 11), (11, 12), (12, 13), (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
)  # fmt: skip
"""Pairs of keypoints that are joined, in the order OpenPose's colours are given out."""

COLOURS = (
    (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0),
    (0, 255, 0), (0, 255, 85), (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255),
    (0, 0, 255), (85, 0, 255), (170, 0, 255), (255, 0, 255), (255, 0, 170), (255, 0, 85),
)  # fmt: skip
"""OpenPose's rainbow as red, green, blue: entry i colours keypoint i and limb i. Pose-guided models know these."""

CAMERA_DISTANCE = 4.2
"""How far the camera stands, in heights of the figure: near enough for a fist to grow as it comes at the viewer."""

MARGIN = 0.06


class Point(NamedTuple):
    """A keypoint in a square picture, x to the right and y down, 0 to 1; `seen` is false when the head hides it."""

    x: float
    y: float
    seen: bool = True


def joints(skeleton: Skeleton, proportions: Proportions) -> dict[str, Vec3]:
    """Where the joints are in the world, in units of the standing height: the 18 keypoints and some more.

    More are: pelvis, waist, chest, crown, chin, and left/right hand (fingertips), heel and toe.
    """
    b = bones(proportions)
    frames = build_frames(skeleton, proportions)
    head = frames["head"]
    found = {
        "pelvis": frames["pelvis"].origin,
        "waist": frames["waist"].origin,
        "chest": frames["chest"].origin,
        "neck": between(frames["left_upper_arm"].origin, frames["right_upper_arm"].origin, 0.5),
        "chin": head.origin,
        "crown": head.at(0, b.head, 0),
        "nose": head.at(0, b.head * 0.36, b.head * 0.5),
    }
    for side, sign in (("left", 1), ("right", -1)):
        found |= _side(frames, b, side, sign)
    return found


def _side(frames: dict[str, Frame], b: Bones, side: str, sign: int) -> dict[str, Vec3]:
    head, hand, foot = frames["head"], frames[f"{side}_hand"], frames[f"{side}_foot"]
    places = {
        "shoulder": frames[f"{side}_upper_arm"].origin,
        "elbow": frames[f"{side}_forearm"].origin,
        "wrist": hand.origin,
        "hand": hand.at(0, -b.hand, 0),
        "hip": frames[f"{side}_thigh"].origin,
        "knee": frames[f"{side}_shin"].origin,
        "ankle": foot.origin,
        "heel": foot.at(0, -b.ankle, -b.foot * 0.2),
        "toe": foot.at(0, -b.ankle, b.foot * 0.74),
        "eye": head.at(sign * b.head * 0.16, b.head * 0.46, b.head * 0.4),
        "ear": head.at(sign * b.head * 0.38, b.head * 0.42, 0),
    }
    return {f"{side}_{name}": place for name, place in places.items()}


def camera(skeleton: Skeleton) -> Mat3:
    """The rotation from the world to the camera: x to the right of the picture, y up, z towards the viewer."""
    return about_x(skeleton.elevation)


def projected(skeleton: Skeleton, places: dict[str, Vec3]) -> dict[str, tuple[float, float]]:
    """Where places of the world fall in the picture plane: x right, y up, in heights, nearer things larger."""
    view = camera(skeleton)
    centre = turned(view, Vec3(0, 0.5, 0))
    flat: dict[str, tuple[float, float]] = {}
    for name, place in places.items():
        seen = turned(view, place)
        nearer = CAMERA_DISTANCE / (CAMERA_DISTANCE - (seen.z - centre.z))
        flat[name] = (seen.x * nearer, (seen.y - centre.y) * nearer)
    return flat


def keypoints(skeleton: Skeleton, proportions: Proportions) -> tuple[Point, ...]:
    """The 18 keypoints in KEYPOINTS order, the whole figure (crown, fingers and toes too) centred in a unit square.

    Nothing lies outside the square, and a length across is as long as the same length up.
    """
    places = joints(skeleton, proportions)
    flat = projected(skeleton, places)
    xs, ys = [x for x, _ in flat.values()], [y for _, y in flat.values()]
    span = max(max(xs) - min(xs), max(ys) - min(ys), 0.01) / (1 - 2 * MARGIN)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    hidden = _hidden(skeleton, places)
    return tuple(
        Point(0.5 + (flat[name][0] - middle_x) / span, 0.5 - (flat[name][1] - middle_y) / span, name not in hidden)
        for name in KEYPOINTS
    )


def _hidden(skeleton: Skeleton, places: dict[str, Vec3]) -> set[str]:
    """The points of the face that the head itself covers."""
    view = camera(skeleton)
    depth = {name: turned(view, place).z for name, place in places.items()}
    middle = (depth["left_ear"] + depth["right_ear"]) / 2
    reach = abs(depth["left_ear"] - depth["right_ear"]) / 2
    hidden = set()
    if depth["nose"] < middle - 0.01:
        hidden |= {"nose"}
    for side in ("left", "right"):
        if depth[f"{side}_eye"] < middle - 0.005:
            hidden.add(f"{side}_eye")
        if depth[f"{side}_ear"] < middle - 0.5 * reach - 0.02:
            hidden.add(f"{side}_ear")
    return hidden
