"""Reading skeleton pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from studio.domain.skeleton import COLOURS, KEYPOINTS, Proportions, Skeleton, keypoints
from studio.imaging.openpose import draw_openpose
from studio.imaging.openpose_read import figures_seen, limbs_seen, read_openpose

POINTS = keypoints(Skeleton.from_mapping({"left_arm": {"lift": 120}, "right_leg": {"lift": 40}}), Proportions(7))


@pytest.mark.parametrize("size", [(512, 512), (768, 1024), (1536, 1536)])
def test_joints_are_read_where_they_were_drawn(size: tuple[int, int]) -> None:
    found = read_openpose(draw_openpose(POINTS, size))
    assert len(found) == sum(point.seen for point in POINTS)
    left, right = found["left_wrist"], found["right_wrist"]
    assert left[1] < right[1] - 0.2 * size[1]
    assert limbs_seen(found) >= 15


def test_a_recompressed_skeleton_is_still_read() -> None:
    memory = io.BytesIO()
    draw_openpose(POINTS, (768, 1024)).save(memory, "JPEG", quality=85)
    found = read_openpose(Image.open(memory))
    clean = read_openpose(draw_openpose(POINTS, (768, 1024)))
    shared = [name for name in ("left_wrist", "right_wrist", "left_ankle", "right_ankle", "neck") if name in found]
    assert len(shared) >= 4
    assert all(abs(found[name][0] - clean[name][0]) < 8 and abs(found[name][1] - clean[name][1]) < 8 for name in shared)


@pytest.mark.parametrize("colour", ["white", "black", "teal"])
def test_a_picture_that_is_no_skeleton_has_no_limbs(colour: str) -> None:
    assert limbs_seen(read_openpose(Image.new("RGB", (64, 64), colour))) == 0


def test_only_known_names_are_given() -> None:
    assert set(read_openpose(draw_openpose(POINTS, (400, 400)))) <= set(KEYPOINTS)


@pytest.mark.parametrize("size", [(200, 260), (384, 512), (1024, 1024)])
def test_people_are_counted_by_their_joints(size: tuple[int, int]) -> None:
    one = draw_openpose(POINTS, size)
    pair = Image.new("RGB", (size[0] * 2, size[1]))
    pair.paste(one, (0, 0))
    pair.paste(one, (size[0], 0))
    assert [figures_seen(picture) for picture in (one, pair, Image.new("RGB", size))] == [1, 2, 0]


def test_large_dots_are_one_figure() -> None:
    picture = Image.new("RGB", (600, 800))
    pen = ImageDraw.Draw(picture)
    for colour, point in zip(COLOURS, POINTS, strict=True):
        x, y = point.x * 600, point.y * 800
        pen.ellipse((x - 14, y - 14, x + 14, y + 14), fill=colour)
    assert figures_seen(picture) == 1
