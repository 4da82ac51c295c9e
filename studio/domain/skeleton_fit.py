"""From keypoints in a picture to joint angles: the skeleton that, seen by the same camera, lies nearest to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from studio.domain.skeleton_angles import Skeleton, mirror
from studio.domain.skeleton_proportions import Proportions
from studio.domain.skeleton_view import KEYPOINTS, keypoints

Place = tuple[float, float]

LEAST = 8
"""Keypoints below which no pose can be told."""

_BODY = [name for name in KEYPOINTS if not name.endswith(("eye", "ear"))]
_WEIGHTS = {"nose": 0.6, "neck": 1.0}
"""A head is drawn in many ways; wrists and ankles make the pose."""

_PATHS = (
    *("turn", "lean", "bend", "twist", "pitch", "roll", "head.look", "head.nod"),
    *(f"{side}_{limb}" for side in ("left", "right") for limb in ("arm.lift", "arm.front", "arm.twist", "arm.bend")),
    *(f"{side}_{limb}" for side in ("left", "right") for limb in ("leg.lift", "leg.front", "leg.twist", "leg.bend")),
)
_LIMITS = {"bend": (0.0, 155.0), "lift": (-60.0, 180.0), "lean": (-60.0, 110.0), "nod": (-50.0, 50.0)}


@dataclass(frozen=True, slots=True)
class Fit:
    """A skeleton and how far it is off: the mean distance of its keypoints, in heights of the figure they span."""

    skeleton: Skeleton
    miss: float


def fit_skeleton(
    found: Mapping[str, Place], proportions: Proportions, starts: Iterable[Skeleton], rounds: int = 6
) -> Fit:
    """The skeleton nearest to some keypoints (x right, y down, any unit), sought from the best of `starts`.

    A flat picture does not say what is nearer and what is farther: of the ways to read it, the one that is most like a
    known pose is taken. Raises ValueError for fewer than eight keypoints. Takes about a second.
    """
    known = {name: place for name, place in found.items() if name in KEYPOINTS}
    if len(known) < LEAST:
        raise ValueError(f"only {len(known)} joints are to be seen, and a pose needs {LEAST}")
    wanted = _normal(known)
    miss = _misser(wanted, proportions)
    candidates = [Skeleton(), *starts]
    candidates += [mirror(skeleton) for skeleton in candidates]
    best = min(candidates, key=miss)
    best = replace(best, rise=0.0, head=replace(best.head, mood=""))
    far, step = miss(best), 24.0
    for _ in range(rounds):
        for path in _PATHS:
            for sign in (1.0, -1.0):
                tried = _turned(best, path, sign * step)
                tried_far = miss(tried)
                if tried_far < far - 1e-6:
                    best, far = tried, tried_far
                    break
        step *= 0.62
    return Fit(_rounded(best), far)


def _misser(wanted: Mapping[str, Place], proportions: Proportions) -> Callable[[Skeleton], float]:
    names = [name for name in _BODY if name in wanted]
    total = sum(_WEIGHTS.get(name, 1.5) for name in names)

    def miss(skeleton: Skeleton) -> float:
        points = keypoints(skeleton, proportions)
        seen = {name: (point.x, point.y) for name, point in zip(KEYPOINTS, points, strict=True) if name in wanted}
        placed = _normal(seen)
        off = 0.0
        for name in names:
            (ax, ay), (bx, by) = placed[name], wanted[name]
            off += _WEIGHTS.get(name, 1.5) * ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5
        return off / total

    return miss


def _normal(places: Mapping[str, Place]) -> dict[str, Place]:
    """Moved and scaled so that the keypoints' middle is 0 and their spread is 1."""
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = (sum((x - middle_x) ** 2 + (y - middle_y) ** 2 for x, y in places.values()) / len(xs)) ** 0.5 or 1.0
    return {name: ((x - middle_x) / spread / 2, (y - middle_y) / spread / 2) for name, (x, y) in places.items()}


def _turned(skeleton: Skeleton, path: str, by: float) -> Skeleton:
    owner, _, name = path.rpartition(".")
    low, high = _LIMITS.get(name, (-180.0, 180.0)) if owner else (-180.0, 180.0)
    part: Any = getattr(skeleton, owner) if owner else skeleton
    change: dict[str, Any] = {name: max(low, min(high, getattr(part, name) + by))}
    return replace(skeleton, **({owner: replace(part, **change)} if owner else change))


def _rounded(skeleton: Skeleton) -> Skeleton:
    """Whole degrees: nobody sees less, and the file stays readable."""
    return Skeleton.from_mapping(_round(skeleton.to_mapping()))


def _round(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: _round(value) if isinstance(value, Mapping) else round(value) if isinstance(value, float) else value
        for name, value in values.items()
    }
