"""The pose a prompt asks for: a preset's own skeleton when its text stands in the prompt, else a guess from words."""

from __future__ import annotations

import re
from functools import lru_cache

from studio.config.presets import Presets
from studio.domain.pose_words import guess_skeleton
from studio.domain.skeleton import Skeleton


def skeleton_for(prompt: str) -> Skeleton:
    """The skeleton to draw. Of several preset texts in the prompt the longest counts."""
    wanted = _plain(prompt)
    for text, skeleton in _presets():
        if text in wanted:
            return skeleton
    return guess_skeleton(prompt).skeleton


@lru_cache(maxsize=1)
def _presets() -> tuple[tuple[str, Skeleton], ...]:
    found = [(_plain(pose.text), pose.skeleton) for pose in Presets().poses.values() if pose.skeleton is not None]
    return tuple(sorted((entry for entry in found if entry[0]), key=lambda entry: -len(entry[0])))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
