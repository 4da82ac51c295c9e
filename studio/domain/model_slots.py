"""Values that only some catalogue entries hold: where LoRAs, poses and training data go, and what costs extra.

Making a class takes a third of a millisecond, so these wait until an entry needs one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from studio.domain.request import Json


def _nothing() -> Mapping[str, Json]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PriceExtra:
    """What comes on top of the price when its condition holds."""

    says: str
    """What it is for, a whole sentence."""
    amount: Decimal | None = None
    """USD; None for a part that only fal will know."""
    per: str = "call"
    """call, or unit: once for every billing unit."""
    when: Mapping[str, Json] = field(default_factory=_nothing)
    """Arguments and the values they must have, defaults filled in."""
    given: str = ""
    """An argument that must hold something; empty when none must."""


@dataclass(frozen=True, slots=True)
class LoraSlot:
    """Where an endpoint takes LoRAs."""

    field: str
    max: int | None = None
    scale_low: Decimal | None = None
    """The range of scales that works, None where nobody said."""
    scale_high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PoseControl:
    """How an endpoint is told a pose by other means than words."""

    fields: tuple[str, ...]
    says: str = ""
    """What it takes, a whole sentence."""


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """Pixels that each side of a custom size may have."""

    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a trainer wants to be given: a ZIP archive of pictures."""

    field: str
    min_images: int | None = None
    captions: str = ""
    """How captions are given, a whole sentence; empty when unknown."""
