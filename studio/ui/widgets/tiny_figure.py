"""The figure of a pose in a few characters, kept once it was drawn."""

from __future__ import annotations

from functools import lru_cache

from studio.domain.braille import ascii_figure, braille_figure
from studio.domain.pose import Pose
from studio.domain.skeleton import Proportions, Skeleton, keypoints


@lru_cache(maxsize=2048)
def tiny_figure(skeleton: Skeleton, build: Proportions, columns: int, rows: int, utf8: bool = True) -> tuple[str, ...]:
    """The figure in `rows` rows of `columns` cells."""
    draw = braille_figure if utf8 else ascii_figure
    return tuple(draw(keypoints(skeleton, build), columns, rows))


@lru_cache(maxsize=512)
def skeleton_for(pose: Pose) -> Skeleton:
    """The pose's own skeleton, or the one its words suggest."""
    if pose.skeleton is not None:
        return pose.skeleton
    from studio.domain.pose_words import guess_skeleton

    return guess_skeleton(f"{pose.name}. {pose.text}").skeleton


def row_figure(pose: Pose, build: Proportions, tall: bool, utf8: bool) -> tuple[str, ...]:
    """For a row of a list: two rows of four cells where there is room, else one of two."""
    columns, rows = (4, 2) if tall else (2, 1)
    return tiny_figure(skeleton_for(pose), build, columns, rows, utf8)


def figure_and_remark(words: str, known: Skeleton | None, build: Proportions, utf8: bool) -> tuple[str, str]:
    """For the pose editor: the figure in six rows, and where it comes from."""
    if known is not None:
        return "\n".join(tiny_figure(known, build, 12, 6, utf8)), "drawn from the pose's skeleton"
    from studio.domain.pose_words import guess_skeleton

    guess = guess_skeleton(words)
    because = guess.because or "nothing in these words says how she stands"
    return "\n".join(tiny_figure(guess.skeleton, build, 12, 6, utf8)), f"a guess: {because}"
