"""A skeleton being edited: which handle is held, what the keys do to its angles, and every step undoable. No screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from studio.domain.skeleton import Arm, Leg, Proportions, Skeleton, joints, mirror
from studio.domain.skeleton_view import projected

STEP = 5.0
LEAP = 15.0
FINE = 1.0
"""Degrees one key press turns a handle: usually, with shift, and in fine mode."""

STRAIGHT = ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))
ASKEW = ((3.0, 0.7), (-3.0, 0.7), (3.0, -0.7), (-3.0, -0.7))
"""Ways a dragged joint is sought, in parts of a step across and along."""
FAR = ((0.0, 45.0), (0.0, 90.0), (90.0, 45.0), (-90.0, 45.0), (0.0, -60.0))
LOST = 0.03
"""Degrees that are tried at once while no step helps and a joint is farther from the pointer than so many heights: a
knee that comes at the viewer first seems to sink.
"""

Place = tuple[float, float]
"""A place in the picture plane: x right, y up, in heights of the figure; the floor lies half a height below 0."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One angle a handle turns: where it stands in the skeleton, what more and less of it look like."""

    path: str
    less: str
    more: str
    low: float = -180.0
    high: float = 180.0
    step: float = 1.0
    """Factor on the degrees of a key press; `rise` is no angle."""


@dataclass(frozen=True, slots=True)
class Handle:
    """Something that can be held: a joint or the whole figure. Arrows turn `across` and `along`, brackets `about`."""

    name: str
    joint: str
    """The joint it is shown at."""
    across: Axis
    along: Axis
    about: Axis | None = None
    drags: str = ""
    """The joint the mouse takes hold of for it; empty where it cannot be dragged."""


def _arm(side: str) -> tuple[Handle, ...]:
    arm = f"{side}_arm"
    return (
        Handle(
            f"{side} shoulder",
            f"{side}_shoulder",
            Axis(f"{arm}.front", "back", "forward"),
            Axis(f"{arm}.lift", "lower", "raise"),
            Axis(f"{arm}.twist", "turn in", "turn out"),
            f"{side}_elbow",
        ),
        Handle(
            f"{side} elbow",
            f"{side}_elbow",
            Axis(f"{arm}.twist", "turn in", "turn out"),
            Axis(f"{arm}.bend", "stretch", "bend", 0, 150),
            Axis(f"{arm}.palm", "palm back", "palm forward"),
            f"{side}_wrist",
        ),
        Handle(
            f"{side} wrist",
            f"{side}_wrist",
            Axis(f"{arm}.palm", "palm back", "palm forward"),
            Axis(f"{arm}.wrist", "fold out", "fold in", -80, 80),
            Axis(f"{arm}.shrug", "drop shoulder", "lift shoulder", -20, 40),
        ),
    )


def _leg(side: str) -> tuple[Handle, ...]:
    leg = f"{side}_leg"
    return (
        Handle(
            f"{side} hip",
            f"{side}_hip",
            Axis(f"{leg}.front", "aside", "forward"),
            Axis(f"{leg}.lift", "lower", "raise", -60, 180),
            Axis(f"{leg}.twist", "turn in", "turn out", -60, 80),
            f"{side}_knee",
        ),
        Handle(
            f"{side} knee",
            f"{side}_knee",
            Axis(f"{leg}.twist", "turn in", "turn out", -60, 80),
            Axis(f"{leg}.bend", "stretch", "bend", 0, 160),
            None,
            f"{side}_ankle",
        ),
        Handle(
            f"{side} foot",
            f"{side}_ankle",
            Axis(f"{leg}.twist", "turn in", "turn out", -60, 80),
            Axis(f"{leg}.point", "flex", "stretch", -40, 80),
        ),
    )


HANDLES: tuple[Handle, ...] = (
    Handle(
        "head",
        "nose",
        Axis("head.look", "look right", "look left", -90, 90),
        Axis("head.nod", "look up", "look down", -60, 60),
        Axis("head.tilt", "tilt right", "tilt left", -50, 50),
        "nose",
    ),
    *_arm("left"),
    *_arm("right"),
    Handle(
        "spine",
        "chest",
        Axis("bend", "bend right", "bend left", -70, 70),
        Axis("lean", "lean back", "lean forward", -60, 110),
        Axis("twist", "turn right", "turn left", -80, 80),
        "neck",
    ),
    Handle(
        "hips",
        "pelvis",
        Axis("sway", "left hip down", "left hip up", -25, 25),
        Axis("rise", "down", "off the floor", 0, 2, 0.02),
        Axis("roll", "onto the right", "onto the left"),
    ),
    *_leg("left"),
    *_leg("right"),
    Handle(
        "whole body",
        "pelvis",
        Axis("turn", "turn right", "turn left"),
        Axis("pitch", "onto the back", "onto the face"),
        Axis("roll", "onto the right", "onto the left"),
    ),
    Handle(
        "camera",
        "crown",
        Axis("turn", "around right", "around left"),
        Axis("elevation", "lower", "higher", -80, 80),
    ),
)
"""Everything that can be held, from the head down; left and right are the figure's own."""


def angle_of(skeleton: Skeleton, path: str) -> float:
    """The angle at a path such as `left_arm.lift`; a foot that lies as it can counts as 0."""
    value: Any = skeleton
    for name in path.split("."):
        value = getattr(value, name)
    return 0.0 if value is None else float(value)


def with_angles(skeleton: Skeleton, angles: Mapping[str, float]) -> Skeleton:
    """The skeleton with other angles at some paths."""
    for path, angle in angles.items():
        owner, _, name = path.rpartition(".")
        if owner:
            part: Any = replace(getattr(skeleton, owner), **{name: angle})
            skeleton = replace(skeleton, **{owner: part})
        else:
            change: dict[str, Any] = {name: angle}
            skeleton = replace(skeleton, **change)
    return skeleton


def swapped(skeleton: Skeleton) -> Skeleton:
    """Left and right limbs change places; the body keeps its turn."""
    return replace(
        skeleton,
        left_arm=skeleton.right_arm,
        right_arm=skeleton.left_arm,
        left_leg=skeleton.right_leg,
        right_leg=skeleton.left_leg,
    )


@dataclass(slots=True)
class FigureEdit:
    """The edited skeleton with its history. `proportions` are the character's."""

    skeleton: Skeleton
    proportions: Proportions
    held: int = 0
    """Number of the handle in HANDLES."""
    _before: list[Skeleton] = field(default_factory=list)
    _after: list[Skeleton] = field(default_factory=list)

    @property
    def handle(self) -> Handle:
        """What is held now."""
        return HANDLES[self.held]

    @property
    def touched(self) -> bool:
        """Whether there is anything to undo."""
        return bool(self._before)

    def hold(self, by: int) -> None:
        """Hold the next handle, or the one before; past an end the other end."""
        self.held = (self.held + by) % len(HANDLES)

    def hold_opposite(self) -> None:
        """Hold the same joint of the other side; the others have none."""
        name = self.handle.name
        side, _, rest = name.partition(" ")
        other = {"left": "right", "right": "left"}.get(side)
        self.held = next((n for n, handle in enumerate(HANDLES) if handle.name == f"{other} {rest}"), self.held)

    def turn(self, axis: Axis | None, degrees: float) -> bool:
        """Turn what is held; past its limit it stays there. False when nothing moved."""
        if axis is None:
            return False
        old = angle_of(self.skeleton, axis.path)
        new = max(axis.low, min(axis.high, old + degrees * axis.step))
        if axis.low == -180 and axis.high == 180:
            new = (old + degrees * axis.step + 180) % 360 - 180
        return self.become(with_angles(self.skeleton, {axis.path: round(new, 2)}))

    def become(self, skeleton: Skeleton) -> bool:
        """Another skeleton, as one step that can be undone. False when it is the same."""
        if skeleton == self.skeleton:
            return False
        self._before.append(self.skeleton)
        self._after.clear()
        self.skeleton = skeleton
        return True

    def mirrored(self) -> bool:
        """The pose as a mirror shows it."""
        return self.become(mirror(self.skeleton))

    def swap(self) -> bool:
        """Left and right limbs change places."""
        return self.become(swapped(self.skeleton))

    def match_sides(self) -> bool:
        """The other side does what the held side does."""
        side = self.handle.name.partition(" ")[0]
        if side not in ("left", "right"):
            return False
        arm: Arm = getattr(self.skeleton, f"{side}_arm")
        leg: Leg = getattr(self.skeleton, f"{side}_leg")
        return self.become(replace(self.skeleton, left_arm=arm, right_arm=arm, left_leg=leg, right_leg=leg))

    def undo(self) -> bool:
        """Take the last step back."""
        if not self._before:
            return False
        self._after.append(self.skeleton)
        self.skeleton = self._before.pop()
        return True

    def redo(self) -> bool:
        """Do again what was taken back."""
        if not self._after:
            return False
        self._before.append(self.skeleton)
        self.skeleton = self._after.pop()
        return True

    def places(self) -> dict[str, Place]:
        """Where every joint is seen."""
        return self.places_of(self.skeleton)

    def places_of(self, skeleton: Skeleton) -> dict[str, Place]:
        """The same for another skeleton."""
        return projected(skeleton, joints(skeleton, self.proportions))

    def nearest(self, place: Place, reach: float = 0.12) -> int | None:
        """The handle whose dragged joint lies nearest to a place, within `reach` heights; None when none does."""
        places = self.places()
        far = {
            number: _apart(places[handle.drags], place)
            for number, handle in enumerate(HANDLES)
            if handle.drags in places
        }
        best = min(far, key=far.__getitem__)
        return best if far[best] <= reach else None

    def dragged(self, number: int, place: Place, since: Skeleton) -> Skeleton:
        """The skeleton in which a handle's joint is as near to a place as turning the handle brings it, from `since`
        on: a few milliseconds, for it follows the mouse.
        """
        handle = HANDLES[number]
        found, best = since, self._miss(since, since, handle, place)
        step = max(4.0, min(32.0, 90 * best))
        for _ in range(4):
            before = best
            for ways, degrees in ((STRAIGHT, step), (ASKEW, step), (FAR, 1.0)):
                if best < before or (ways is FAR and best < LOST):
                    break  # both angles at once, or far, only where one alone leads nowhere: a limb that hangs
                for way in ways:
                    tried = _shifted(found, handle, way, degrees)
                    miss = self._miss(tried, since, handle, place)
                    if miss < best - 1e-6:
                        found, best = tried, miss
            step = step if best < before else step / 2
        return found

    def _miss(self, skeleton: Skeleton, since: Skeleton, handle: Handle, place: Place) -> float:
        # Of two ways to the same place, the one with less turning: a hair of weight keeps limbs from spinning.
        paths = (handle.across.path, handle.along.path)
        turned = sum(abs(angle_of(skeleton, path) - angle_of(since, path)) for path in paths)
        return _apart(self.places_of(skeleton)[handle.drags], place) + turned * 1e-5


def _shifted(skeleton: Skeleton, handle: Handle, way: tuple[float, float], step: float) -> Skeleton:
    angles = {}
    for axis, part in zip((handle.across, handle.along), way, strict=True):
        if part:
            now = angle_of(skeleton, axis.path)
            # A leg below hanging is one behind, which turning it round says as well: from there it could not go on up.
            low = min(now, 0.0) if axis.path.endswith("leg.lift") else axis.low
            angles[axis.path] = round(max(low, min(axis.high, now + part * step)), 2)
    return with_angles(skeleton, angles)


def _apart(one: Place, other: Place) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)
