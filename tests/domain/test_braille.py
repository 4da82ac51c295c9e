"""Tiny stick figures."""

from __future__ import annotations

import pytest

from studio.domain.braille import ascii_figure, ascii_mark, braille_figure
from studio.domain.skeleton import Arm, Leg, Point, Proportions, Skeleton, keypoints


def points_of(**changes: object) -> tuple[Point, ...]:
    return keypoints(Skeleton.from_mapping(changes), Proportions())


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (2, 1), (3, 2), (6, 4), (20, 3), (3, 12)])
def test_a_figure_has_exactly_the_cells_asked_for_and_is_not_empty(columns: int, rows: int) -> None:
    for lines in (braille_figure(points_of(), columns, rows), ascii_figure(points_of(), columns, rows)):
        assert len(lines) == rows
        assert all(len(line) == columns for line in lines)
        assert "".join(lines).strip(" ⠀")


def test_braille_uses_braille_and_ascii_uses_ascii() -> None:
    assert all(0x2800 <= ord(c) <= 0x28FF for line in braille_figure(points_of(), 6, 4) for c in line)
    assert all(line.isascii() for line in ascii_figure(points_of(), 6, 4))


def test_different_poses_look_different_even_in_three_by_two_cells() -> None:
    stand = points_of()
    arms_up = points_of(left_arm={"lift": 150}, right_arm={"lift": 150})
    lying = points_of(pitch=-90, turn=90)
    drawn = {tuple(braille_figure(points, 3, 2)) for points in (stand, arms_up, lying)}
    assert len(drawn) == 3


@pytest.mark.parametrize(
    ("skeleton", "mark"),
    [
        (Skeleton(), "I"),
        (Skeleton(left_arm=Arm(lift=165), right_arm=Arm(lift=165)), "Y"),
        (Skeleton(left_arm=Arm(lift=90, front=0), right_arm=Arm(lift=90, front=0)), "T"),
        (Skeleton(pitch=-90, turn=90), "_"),
        (Skeleton(left_leg=Leg(lift=88, bend=88), right_leg=Leg(lift=88, bend=88)), "h"),
        (Skeleton(roll=180), "V"),
    ],
)
def test_one_letter_tells_the_pose(skeleton: Skeleton, mark: str) -> None:
    assert ascii_mark(keypoints(skeleton, Proportions())) == mark


def test_no_cells_or_missing_points_are_refused() -> None:
    with pytest.raises(ValueError, match="column"):
        braille_figure(points_of(), 0, 1)
    with pytest.raises(ValueError, match="18"):
        braille_figure(points_of()[:5], 2, 1)
