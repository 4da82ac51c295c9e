"""The OpenPose skeleton picture."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.skeleton import COLOURS, KEYPOINTS, Proportions, Skeleton, keypoints
from studio.imaging.openpose import draw_openpose


@pytest.mark.parametrize("size", [(256, 256), (192, 256), (256, 144)])
def test_the_skeleton_lies_on_black_inside_the_picture(size: tuple[int, int]) -> None:
    picture = draw_openpose(keypoints(Skeleton(), Proportions()), size)
    assert picture.size == size
    lit = np.asarray(picture).max(axis=2) > 30
    assert lit.any()
    assert not (lit[0].any() or lit[-1].any() or lit[:, 0].any() or lit[:, -1].any())


def test_every_seen_joint_shows_its_standard_colour() -> None:
    points = keypoints(Skeleton(turn=20), Proportions(4))
    pixels = np.asarray(draw_openpose(points, (768, 768))).reshape(-1, 3).astype(int)
    for name in ("nose", "right_elbow", "left_wrist", "left_knee", "right_ankle"):
        colour = np.array(COLOURS[KEYPOINTS.index(name)])
        assert np.abs(pixels - colour).max(axis=1).min() <= 8, name


def test_a_hidden_face_is_left_out() -> None:
    behind = np.asarray(draw_openpose(keypoints(Skeleton(turn=180), Proportions()), (512, 512))).reshape(-1, 3)
    nose = np.array(COLOURS[0])
    assert np.abs(behind.astype(int) - nose).max(axis=1).min() > 8
