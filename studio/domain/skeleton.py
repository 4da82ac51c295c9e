"""The skeleton of a pose: joint angles in, joints and 18 keypoints out, for any proportions.

This is the front door; the parts lie in skeleton_angles, skeleton_proportions, skeleton_frames and skeleton_view.
"""

from __future__ import annotations

from studio.domain.skeleton_angles import HANDS, HOLDS, MOODS, PROPS, Arm, Head, Leg, Skeleton, mirror
from studio.domain.skeleton_frames import Frame, build_frames
from studio.domain.skeleton_proportions import BUILDS, MAX_HEADS, MIN_HEADS, Proportions
from studio.domain.skeleton_rotation import Vec3
from studio.domain.skeleton_view import COLOURS, KEYPOINTS, LIMBS, Point, joints, keypoints

__all__ = [
    "BUILDS",
    "COLOURS",
    "HANDS",
    "HOLDS",
    "KEYPOINTS",
    "LIMBS",
    "MAX_HEADS",
    "MIN_HEADS",
    "MOODS",
    "PROPS",
    "Arm",
    "Frame",
    "Head",
    "Leg",
    "Point",
    "Proportions",
    "Skeleton",
    "Vec3",
    "build_frames",
    "joints",
    "keypoints",
    "mirror",
]
