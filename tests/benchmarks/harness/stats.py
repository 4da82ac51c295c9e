"""Medians, quantiles and ratios for figures from a noisy machine."""

from __future__ import annotations

from collections.abc import Sequence


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie, interpolated; NaN when there are none."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    position = (len(ordered) - 1) * share
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)


def median(values: Sequence[float]) -> float:
    """The middle value; NaN when there are none."""
    return quantile(values, 0.5)


def ratio(ours: Sequence[float], floor: Sequence[float]) -> float:
    """The median of ours over the median of the floor; NaN when either is missing or the floor is 0."""
    below = median(floor)
    return median(ours) / below if below else float("nan")
