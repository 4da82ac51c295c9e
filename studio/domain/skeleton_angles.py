"""The joint angles of a pose, in degrees, and their form in TOML.

With every angle at its default the figure stands upright, arms hanging, and faces the viewer. Left and right are the
figure's own. Arms and legs: `lift` raises the bone from hanging (0) over level (90) to straight up (180) in the plane
named by `front` (0 out to the side, 90 forward, 180 across the body, -90 behind); `twist` turns the bone about itself,
outward positive; `bend` folds the elbow or knee. Arms are hung on the chest, legs on the upright root, so `lean` and
`bend` of the spine never move the legs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from math import isfinite
from typing import Any, TypeVar

HANDS = ("relaxed", "fist", "open", "point", "thumb", "peace")
HOLDS = ("", "weapon", "phone", "cup", "book", "box", "ball", "flower")
PROPS = ("", "seat", "wall", "desk")
MOODS = ("", "happy", "sad", "angry", "surprised", "tired")


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm. `palm` rolls the hand (90: palm forward), `wrist` folds it inward, `shrug` lifts the shoulder."""

    lift: float = 9.0
    front: float = 10.0
    twist: float = 0.0
    bend: float = 12.0
    wrist: float = 0.0
    palm: float = 0.0
    shrug: float = 0.0
    hand: str = "relaxed"
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg. `point` stretches the foot (0 square to the shin); unsaid, the foot lies flat where it can."""

    lift: float = 0.0
    front: float = 90.0
    twist: float = 6.0
    bend: float = 2.0
    point: float | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head on the chest: `nod` down, `tilt` to the left shoulder, `look` to the left; `mood` is its face."""

    nod: float = 0.0
    tilt: float = 0.0
    look: float = 0.0
    mood: str = ""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A pose as joint angles in degrees; frozen, comparable, drawable for any proportions.

    `turn` turns the whole figure to its left (90 faces the viewer's right, 180 shows its back); `elevation`
    is how far above the horizon the camera stands. `pitch` tips the whole body forward (90 face down, -90 on its back),
    `roll` onto its left side, `rise` lifts its lowest point off the floor (1 is its height). `lean`, `bend`, `twist`
    bow the spine forward, to its left, and turn the shoulders left; `sway` lifts the left hip.
    """

    turn: float = 0.0
    elevation: float = 8.0
    pitch: float = 0.0
    roll: float = 0.0
    rise: float = 0.0
    lean: float = 0.0
    bend: float = 0.0
    twist: float = 0.0
    sway: float = 0.0
    head: Head = field(default_factory=Head)
    left_arm: Arm = field(default_factory=Arm)
    right_arm: Arm = field(default_factory=Arm)
    left_leg: Leg = field(default_factory=Leg)
    right_leg: Leg = field(default_factory=Leg)
    prop: str = ""

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Skeleton:
        """Reads what stands in TOML. Raises ValueError with a sentence that names the key that is wrong."""
        return _read(cls(), mapping, "skeleton")

    def to_mapping(self) -> dict[str, object]:
        """What stands in TOML: only what differs from standing at ease, so an empty table is that pose."""
        return _written(self)


_Part = TypeVar("_Part", bound=Skeleton | Arm | Leg | Head)

_WORDS = {"hand": HANDS, "hold": HOLDS, "prop": PROPS, "mood": MOODS}
_LIMITS = {"rise": 3.0, "elevation": 89.0}
_LIMIT = 360.0


def _read(default: _Part, mapping: object, where: str) -> _Part:
    if not isinstance(mapping, Mapping):
        raise ValueError(f"{where} must be a table of angles, not {_kind(mapping)}")
    known = {f.name for f in fields(default)}
    changes: dict[str, Any] = {}
    for key, value in mapping.items():
        path = f"{where}.{key}"
        if key not in known:
            raise ValueError(f"{path} is not a known key; {where} has {', '.join(sorted(known))}")
        current = getattr(default, key)
        if isinstance(current, Arm | Leg | Head):
            changes[key] = _read(current, value, path)
        elif isinstance(current, str):
            changes[key] = _word(value, _WORDS[key], path)
        else:
            changes[key] = _angle(value, path, _LIMITS.get(key, _LIMIT))
    return replace(default, **changes)


def _word(value: object, allowed: tuple[str, ...], path: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        choices = ", ".join(word or '""' for word in allowed)
        raise ValueError(f"{path} must be one of {choices}")
    return value


def _angle(value: object, path: str, limit: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{path} must be a number, not {_kind(value)}")
    if not isfinite(value) or abs(value) > limit:
        raise ValueError(f"{path} must lie between {-limit:g} and {limit:g}")
    return float(value)


def _kind(value: object) -> str:
    return "a yes or no" if isinstance(value, bool) else "text" if isinstance(value, str) else type(value).__name__


def _written(part: Skeleton | Arm | Leg | Head) -> dict[str, object]:
    result: dict[str, object] = {}
    for f in fields(part):
        value, default = getattr(part, f.name), getattr(type(part)(), f.name)
        if value == default:
            continue
        if isinstance(value, Arm | Leg | Head):
            result[f.name] = _written(value)
        else:
            result[f.name] = int(value) if isinstance(value, float) and value.is_integer() else value
    return result


def mirror(skeleton: Skeleton) -> Skeleton:
    """The pose as a mirror shows it: left and right change places, turns go the other way. Twice is the same pose."""
    head = skeleton.head
    return replace(
        skeleton,
        turn=-skeleton.turn,
        roll=-skeleton.roll,
        bend=-skeleton.bend,
        twist=-skeleton.twist,
        sway=-skeleton.sway,
        head=replace(head, tilt=-head.tilt, look=-head.look),
        left_arm=skeleton.right_arm,
        right_arm=skeleton.left_arm,
        left_leg=skeleton.right_leg,
        right_leg=skeleton.left_leg,
    )
