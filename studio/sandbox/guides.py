"""Poses told by a picture: which input guides a call, the skeleton read out of it, and how strictly it counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, TypeVar

from PIL import Image

from studio.config.presets import Presets
from studio.domain.request import Json
from studio.domain.skeleton import Arm, Head, Leg, Proportions, Skeleton
from studio.domain.skeleton_fit import LEAST, fit_skeleton
from studio.imaging.openpose_read import limbs_seen, read_openpose
from studio.sandbox.inputs import GUIDE
from studio.sandbox.pictures import Opened
from studio.sandbox.pose_reading import skeleton_in
from studio.sandbox.work import Task

LIMBS_NEEDED = 8
"""Limbs below which a picture is no skeleton."""

USUAL_CONTROL = 0.75
"""Strength of a ControlNet at which its picture alone counts (z-image/turbo/controlnet's own default)."""

_SENTENCE = re.compile(
    r"Image (\d+) is a (pose skeleton|grey mannequin)[^.]*\.(?: The person is[^.]*\.)?", re.IGNORECASE
)

_Part = TypeVar("_Part", Skeleton, Arm, Leg, Head)
_Places = tuple[tuple[str, tuple[float, float]], ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A pose read from a picture. `weight` runs from 0, the words alone, to 1, the picture alone."""

    skeleton: Skeleton
    weight: float
    size: tuple[int, int]
    """Pixels of the picture."""

    def with_words(self, told: Skeleton) -> Skeleton:
        """The pose that is drawn where the words tell another one."""
        if self.weight >= 1:
            return replace(self.skeleton, head=replace(self.skeleton.head, mood=told.head.mood))
        return blended(told, self.skeleton, self.weight)


@dataclass(frozen=True, slots=True)
class Told:
    """A call with its guide taken out: the other pictures, and the prompt without the sentence about the guide."""

    guide: Guide | None
    inputs: tuple[Opened, ...]
    prompt: str


def told(task: Task, inputs: Sequence[Opened], build: Proportions) -> Told:
    """The guide of a call and what is left without it."""
    pose = task.model.pose.fields if task.model.pose else ()
    if "preprocess" in pose:
        return Told(_controlled(task.arguments, inputs, build), (), task.prompt)
    nested = [one for one in inputs if one.role == GUIDE]
    if nested:
        rest = tuple(one for one in inputs if one.role != GUIDE)
        skeleton = drawn_skeleton(nested[0].picture, build)
        weight = min(1.0, _nested_strength(task.arguments))
        return Told(Guide(skeleton, weight, nested[0].picture.size) if skeleton else None, rest, task.prompt)
    return _named(task, inputs, build)


def drawn_skeleton(picture: Image.Image, build: Proportions) -> Skeleton | None:
    """The joint angles of an OpenPose picture; None for any other picture."""
    found = read_openpose(picture)
    if limbs_seen(found) < LIMBS_NEEDED or len(found) < LEAST:
        return None
    return _fitted(tuple(sorted(found.items())), build)


def blended(one: _Part, other: _Part, weight: float) -> _Part:
    """Every angle so far on the shorter way from one to the other; words and things are the nearer one's."""
    changes: dict[str, Any] = {}
    for field in fields(one):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, Arm | Leg | Head):
            changes[field.name] = blended(a, b, weight)
        elif isinstance(a, int | float) and isinstance(b, int | float):
            way = (b - a + 180) % 360 - 180 if abs(b - a) > 180 else b - a
            changes[field.name] = a + way * weight
        else:
            changes[field.name] = b if weight >= 0.5 else a
    return type(one)(**changes)


def _controlled(arguments: Mapping[str, Json], inputs: Sequence[Opened], build: Proportions) -> Guide | None:
    picture = next((one.picture for one in inputs if one.role == "image"), None)
    if picture is None:
        return None
    scale = arguments.get("control_scale")
    weight = min(1.0, (float(scale) if isinstance(scale, int | float) else USUAL_CONTROL) / USUAL_CONTROL)
    if arguments.get("preprocess", "none") != "none":
        return Guide(skeleton_in(picture), weight, picture.size)
    skeleton = drawn_skeleton(picture, build)
    return Guide(skeleton, weight, picture.size) if skeleton else None


def _named(task: Task, inputs: Sequence[Opened], build: Proportions) -> Told:
    """The picture that the prompt calls a skeleton or a mannequin, counted from 1 among the call's pictures."""
    match = _SENTENCE.search(task.prompt)
    several = [one for one in inputs if one.role == "images"]
    if match is None or not 1 <= int(match[1]) <= len(several):
        return Told(None, tuple(inputs), task.prompt)
    chosen = several[int(match[1]) - 1]
    bones = match[2].casefold() == "pose skeleton"
    skeleton = drawn_skeleton(chosen.picture, build) if bones else skeleton_in(chosen.picture)
    guide = Guide(skeleton, 1.0, chosen.picture.size) if skeleton else None
    rest = tuple(one for one in inputs if one is not chosen)
    return Told(guide, rest, _SENTENCE.sub("", task.prompt).strip())


def _nested_strength(arguments: Mapping[str, Json]) -> float:
    for name, key in (("easycontrols", "scale"), ("controlnets", "conditioning_scale")):
        listed = arguments.get(name)
        if isinstance(listed, list) and listed and isinstance(listed[0], dict):
            value = listed[0].get(key, 1)
            return float(value) if isinstance(value, int | float) else 1.0
    return 1.0


@lru_cache(maxsize=64)
def _fitted(found: _Places, build: Proportions) -> Skeleton:
    starts = [pose.skeleton for pose in Presets().poses.values() if pose.skeleton is not None]
    return fit_skeleton(dict(found), build, starts).skeleton
