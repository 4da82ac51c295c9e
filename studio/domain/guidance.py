"""Words for what a guidance does to a picture."""

from __future__ import annotations

from decimal import Decimal


def describe_guidance(value: Decimal) -> str:
    """What a guidance of this size does, in at most 32 characters. The steps are those artists report for Flux-like
    models: 3.5 is their common default, above 7 skin and hair lose detail, from 15 on the picture falls apart.
    """
    if value < Decimal("2.5"):
        return "loose: the model improvises"
    if value < Decimal("4.5"):
        return "balanced: free but recognisable"
    if value < 7:
        return "strong: stays on the character"
    if value <= 10:
        return "strict: loses fine detail"
    if value < 15:
        return "harsh: colours and skin go hard"
    return "too strict: the picture degrades"
