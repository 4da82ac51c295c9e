"""How good a picture is made: good enough for a slow line, or as good as it gets."""

from __future__ import annotations

from enum import StrEnum

SLOW = 2_000_000
"""Bytes a second below which a lean picture comes first."""

VERY_SLOW = 300_000
"""Bytes a second below which it stays lean: a full one would take seconds."""


class Tier(StrEnum):
    """Two ways to make a picture."""

    LEAN = "lean"
    """A sixth of the bytes: half the size, or fewer colours."""
    FULL = "full"
    """Every pixel the cells have."""


def tiers_for(rate: float | None, *, far: bool, wish: Tier | None = None) -> tuple[Tier, ...]:
    """The tiers to show one after the other, by the line's measured bytes a second; None when nothing was measured
    yet, where `far` (SSH, tmux) decides. A `wish` for lean pictures leaves it at them on any line, one for full
    pictures lets them follow on the slowest.
    """
    if wish is Tier.LEAN:
        return (Tier.LEAN,)
    slow = far if rate is None else rate < SLOW
    if not slow:
        return (Tier.FULL,)
    if wish is None and rate is not None and rate < VERY_SLOW:
        return (Tier.LEAN,)
    return (Tier.LEAN, Tier.FULL)
