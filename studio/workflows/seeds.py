"""Seeds: what an artist types for them, how a choice is told, and which one each picture gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from studio.domain.errors import UsageError
from studio.domain.pose import Pose
from studio.domain.recipe import SEED_LIMIT, Recipe, SeedPolicy

MOST = 100
"""Seeds of one list: as many as there may be takes of a pose."""


@dataclass(frozen=True, slots=True)
class SeedWish:
    """A seed policy with what belongs to it."""

    policy: SeedPolicy
    seed: int = 0
    seeds: tuple[int, ...] = ()

    def on(self, recipe: Recipe) -> Recipe:
        """The recipe under this wish; a list also says how many takes of each pose there are."""
        takes = len(self.seeds) if self.policy is SeedPolicy.LIST else recipe.takes
        seed = self.seed if self.policy is SeedPolicy.FIXED else recipe.seed
        return replace(recipe, seed_policy=self.policy, seed=seed, seeds=self.seeds or recipe.seeds, takes=takes)


def parse_seeds(text: str) -> SeedWish:
    """`new`, `next`, one whole number, or several with commas. Raises UsageError."""
    word = text.strip().lower()
    if word in {"", SeedPolicy.NEW}:
        return SeedWish(SeedPolicy.NEW)
    if word == SeedPolicy.NEXT:
        return SeedWish(SeedPolicy.NEXT)
    seeds = tuple(_seed(part) for part in word.split(",") if part.strip())
    if len(seeds) == 1:
        return SeedWish(SeedPolicy.FIXED, seeds[0])
    if not seeds or len(seeds) > MOST:
        raise UsageError(f"A list of seeds has 2 to {MOST} of them, not {len(seeds)}.")
    if len(set(seeds)) < len(seeds):
        raise UsageError("A seed stands in the list twice.", "The same picture would be bought twice: name it once.")
    return SeedWish(SeedPolicy.LIST, seeds=seeds)


def seed_words(recipe: Recipe) -> str:
    """The choice as an artist types it: `new`, `next`, `7`, `1, 2, 3`."""
    match recipe.seed_policy:
        case SeedPolicy.FIXED:
            return str(recipe.seed)
        case SeedPolicy.LIST:
            return ", ".join(map(str, recipe.seeds))
        case policy:
            return policy.value


def seed_choices(recipe: Recipe, shown: int | None = None) -> list[str]:
    """What can be chosen without typing: new, next, the fixed seed, the list, the shown take's seed."""
    fixed = [str(recipe.seed)] if recipe.seed_policy is SeedPolicy.FIXED or recipe.seed else []
    listed = [", ".join(map(str, recipe.seeds))] if recipe.seeds else []
    looked_at = [str(shown)] if shown is not None else []
    return list(dict.fromkeys([SeedPolicy.NEW.value, SeedPolicy.NEXT.value, *fixed, *listed, *looked_at]))


class SeedLine:
    """Gives the pictures of one plan their seeds, in the order they are asked for.

    `new` makes a random seed; `last` tells the seed that was used last, None when there was none.
    """

    def __init__(self, recipe: Recipe, new: Callable[[], int], last: Callable[[], int | None]) -> None:
        self._recipe = recipe
        self._new = new
        self._last = last
        self._next: int | None = None

    def seed(self, pose: Pose, number: int) -> int:
        """The seed of the take `number` (from 0) of a pose. A pose's own lock goes before the recipe's policy."""
        recipe = self._recipe
        if pose.seed is not None:
            # Two takes of one pose with the same seed would be the same picture bought twice.
            return (pose.seed + number) % SEED_LIMIT
        match recipe.seed_policy:
            case SeedPolicy.FIXED:
                return (recipe.seed + number) % SEED_LIMIT
            case SeedPolicy.LIST if recipe.seeds:
                over = number - len(recipe.seeds) + 1
                return recipe.seeds[number] if over < 1 else (max(recipe.seeds) + over) % SEED_LIMIT
            case SeedPolicy.NEXT:
                return self._after()
            case _:
                return self._new()

    def _after(self) -> int:
        before = self._last() if self._next is None else self._next
        self._next = self._new() if before is None else (before + 1) % SEED_LIMIT
        return self._next


def without_locks(poses: Sequence[Pose]) -> tuple[list[Pose], str]:
    """The poses as if none were locked to a seed, and a sentence that names those that were."""
    locked = [pose.name for pose in poses if pose.seed is not None]
    if not locked:
        return list(poses), ""
    free = [replace(pose, seed=None) for pose in poses]
    verb = "keeps its own seed" if len(locked) == 1 else "keep their own seeds"
    return free, f"{', '.join(locked)} {verb} otherwise; this run asks for another."


def _seed(text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdecimal()) or int(digits) >= SEED_LIMIT:
        raise UsageError(f"A seed goes from 0 to {SEED_LIMIT - 1}, or is `new` or `next`, not {text.strip()!r}.")
    return int(digits)
