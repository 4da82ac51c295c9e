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
    FIXED = "fixed"


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
    takes: int = 1
    """Pictures of each pose."""
    draft: bool = False

    def with_value(self, name: str, value: Json) -> Recipe:
        """The recipe with one value set; None takes the value out again."""
        values = {key: kept for key, kept in self.values.items() if key != name}
        if value is not None:
            values[name] = value
        return replace(self, values=_frozen(values))
