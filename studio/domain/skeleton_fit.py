"""From keypoints in a picture to joint angles: the skeleton that, seen by the same camera, lies nearest to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from studio.domain.skeleton_angles import Arm, Leg, Skeleton, mirror
from studio.domain.skeleton_proportions import Proportions
from studio.domain.skeleton_view import KEYPOINTS, keypoints

Place = tuple[float, float]

LEAST = 8
"""Keypoints below which no pose can be told."""

STEPS = (24.0, 15.0, 9.0, 6.0, 3.5, 2.0)
"""Degrees every joint is turned by, one round after another."""

STARTS = 3
"""Known poses from which the nearest one is sought: the likest on paper may stand with its back bent and twisted."""

_WEIGHTS = {"nose": 0.8, "neck": 1.0}
_LIMB, _FACE = 1.5, 0.35
"""A head is drawn in many ways; wrists and ankles make the pose. What is seen of the face tells where it looks."""

_PATHS = (
    *("bend", "roll", "twist", "turn", "lean", "pitch", "head.look", "head.nod", "head.tilt"),
    *(f"{side}_{limb}" for side in ("left", "right") for limb in ("arm.lift", "arm.front", "arm.twist", "arm.bend")),
    *(f"{side}_{limb}" for side in ("left", "right") for limb in ("leg.lift", "leg.front", "leg.twist", "leg.bend")),
)
_LIMITS = {
    "lean": (-45.0, 110.0),
    "bend": (-45.0, 45.0),
    "twist": (-60.0, 60.0),
    "arm.lift": (-60.0, 180.0),
    "arm.bend": (0.0, 150.0),
    "leg.lift": (-60.0, 170.0),
    "leg.bend": (0.0, 155.0),
    "leg.twist": (-60.0, 80.0),
    "head.nod": (-50.0, 50.0),
    "head.tilt": (-40.0, 40.0),
    "head.look": (-80.0, 80.0),
}
_EFFORT = {"lean": 1.0, "bend": 1.0, "twist": 1.0, "pitch": 0.5, "roll": 0.7, "turn": 0.25}
_EFFORT_WEIGHT = 2.2e-4
"""Heights of miss that a degree of a trunk's turn must save: without it a back bends to bring a wrist nearer."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A skeleton and how far it is off: the mean distance of its keypoints, in heights of the figure they span."""

    skeleton: Skeleton
    miss: float


def fit_skeleton(found: Mapping[str, Place], proportions: Proportions, starts: Iterable[Skeleton]) -> Fit:
    """The skeleton nearest to some keypoints (x right, y down, any unit), sought from the best of `starts`.

    A flat picture does not say what is nearer and what is farther: of the ways to read it, the one that is most like a
    known pose is taken. Raises ValueError for fewer than eight keypoints. Takes about a second.
    """
    miss = _misser(_wanted(found), proportions)
    return _sought(miss, _limb_by_limb(miss), starts)


def fit_anybody(found: Mapping[str, Place], builds: Sequence[Proportions], starts: Iterable[Skeleton]) -> Fit:
    """The same for somebody of unknown proportions: those of `builds` that fit best, the last being the usual one.
    Angles are the same for everybody, but one of five heads is not found in the joints of one of seven.
    """
    wanted, known = _wanted(found), list(starts)
    costs = {build: _Cost(_misser(wanted, build)) for build in builds}
    likeliest = costs[builds[-1]]
    rough = _limb_by_limb(likeliest.miss)
    start = min((rough, *known, *(mirror(one) for one in known)), key=likeliest)
    best = min(builds, key=lambda build: costs[build](_refined(start, costs[build], STEPS[:3])))
    return _sought(costs[best].miss, rough, known)


def _sought(miss: Callable[[Skeleton], float], rough: Skeleton, starts: Iterable[Skeleton]) -> Fit:
    cost = _Cost(miss)
    candidates = [Skeleton(), *starts]
    candidates += [mirror(skeleton) for skeleton in candidates]
    nearest = [rough, *sorted(candidates, key=cost)[:STARTS]]
    early = sorted((_refined(one, cost, STEPS[:3]) for one in dict.fromkeys(nearest)), key=cost)
    best = _rounded(min((_refined(one, cost, STEPS[3:]) for one in early[:2]), key=cost))
    return Fit(best, miss(best))


def _wanted(found: Mapping[str, Place]) -> dict[str, Place]:
    known = {name: place for name, place in found.items() if name in KEYPOINTS}
    if len(known) < LEAST:
        raise ValueError(f"only {len(known)} joints are to be seen, and a pose needs {LEAST}")
    return _normal(known)


@dataclass(frozen=True, slots=True)
class _Cost:
    """What is to be small: the miss, and the effort of the trunk."""

    miss: Callable[[Skeleton], float]

    def __call__(self, skeleton: Skeleton) -> float:
        trunk = sum(weight * abs(float(getattr(skeleton, name))) for name, weight in _EFFORT.items())
        head = skeleton.head
        neck = 0.4 * abs(head.nod) + 0.4 * abs(head.tilt) + 0.2 * abs(head.look)
        return self.miss(skeleton) + _EFFORT_WEIGHT * (trunk + neck)


def _limb_by_limb(miss: Callable[[Skeleton], float]) -> Skeleton:
    """Somebody upright whose limbs point roughly where they are seen: for poses that are like none that is known."""
    best = Skeleton()
    for side, limb in product(("left", "right"), ("arm", "leg")):
        own = f"{side}_{limb}"
        part: Arm | Leg = getattr(best, own)
        ways: list[dict[str, Any]] = [
            {own: replace(part, lift=lift, front=front, bend=bend, twist=twist)}
            for lift, front, bend, twist in product((0, 45, 90, 140), (0, 70, 150), (5, 90), (-50, 10, 70))
        ]
        best = min((replace(best, **way) for way in ways), key=miss)
    return best


def _refined(start: Skeleton, cost: _Cost, steps: Sequence[float]) -> Skeleton:
    best = replace(start, rise=0.0, head=replace(start.head, mood=""))
    far = cost(best)
    for step in steps:
        for path in _PATHS:
            for sign in (1.0, -1.0):
                tried = _turned(best, path, sign * step)
                tried_far = cost(tried)
                if tried_far < far - 1e-6:
                    best, far = tried, tried_far
                    break
    return best


def _misser(wanted: Mapping[str, Place], proportions: Proportions) -> Callable[[Skeleton], float]:
    weights = {name: _FACE if name.endswith(("eye", "ear")) else _WEIGHTS.get(name, _LIMB) for name in wanted}
    total = sum(weights.values())

    def miss(skeleton: Skeleton) -> float:
        points = keypoints(skeleton, proportions)
        seen = {name: (point.x, point.y) for name, point in zip(KEYPOINTS, points, strict=True) if name in wanted}
        placed = _normal(seen)
        off = 0.0
        for name, weight in weights.items():
            (ax, ay), (bx, by) = placed[name], wanted[name]
            off += weight * ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5
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
    low, high = _LIMITS.get(path.rpartition("_")[2], (-180.0, 180.0))
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
