"""The model and the settings an artist chose, before they become Requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from studio.domain.request import Json

SEED_LIMIT = 2**31
"""Seeds are 31-bit: every endpoint takes them and no JavaScript reader rounds them."""


class SeedPolicy(StrEnum):
    """Where the seed of each Request comes from."""

    NEW = "new"
    """A different one for each, by chance."""
    FIXED = "fixed"
    """The same for every pose; further takes count on from it."""
    NEXT = "next"
    """The one after the seed that was used last, then the one after that."""
    LIST = "list"
    """Those of a list, one for each take of a pose."""


class Guide(StrEnum):
    """How a model is told the pose."""

    WORDS = "words"
    """By the pose's sentence alone."""
    SKELETON = "skeleton"
    """And by an OpenPose picture of its skeleton."""
    MANNEQUIN = "mannequin"
    """And by a picture of the clay mannequin in that pose."""


def _frozen(values: Mapping[str, Json] | None = None) -> Mapping[str, Json]:
    return MappingProxyType(dict(values or {}))


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an artist chose. Only values that were changed stand here; the rest are the model's defaults."""

    model: str
    values: Mapping[str, Json] = field(default_factory=_frozen)
    """Arguments by the model's own parameter names."""
    seed_policy: SeedPolicy = SeedPolicy.NEW
    seed: int = 0
    """The seed under the policy `fixed`."""
    seeds: tuple[int, ...] = ()
    """The seeds under the policy `list`, in the order of the takes."""
    takes: int = 1
    """Pictures of each pose."""
    draft: bool = False
    guide: Guide = Guide.WORDS
    guide_strength: float | None = None
    """How strongly the guide counts, where the model has a strength; None leaves it to the model."""

    def with_value(self, name: str, value: Json) -> Recipe:
        """The recipe with one value set; None takes the value out again."""
        values = {key: kept for key, kept in self.values.items() if key != name}
        if value is not None:
            values[name] = value
        return replace(self, values=_frozen(values))
