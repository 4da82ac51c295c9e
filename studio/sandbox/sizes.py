"""The pixels a call asks for, from image_size, aspect_ratio and resolution arguments."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from studio.domain.model import IMAGE_SIZES, Model
from studio.domain.request import Json

DEFAULT = (1024, 1024)

_LONG_SIDES = {"0.5K": 512, "1K": 1024, "2K": 2048, "4K": 4096}
"""Scale of the resolution argument of the nano-banana family: the side of a square picture."""


def picture_pixels(model: Model, arguments: Mapping[str, Json]) -> tuple[int, int] | None:
    """Width and height the arguments ask for; None where the input picture decides (`auto`, or no size argument).

    Ratios are drawn at about one megapixel in multiples of 16, as FLUX endpoints do.
    """
    for param in model.params:
        if param.role == "size" and param.name != "resolution":
            size = _pixels(arguments.get(param.name), _side(arguments))
            if size is not None:
                return size
    return None


def fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size of about one megapixel with the proportions of `size`, in multiples of 16."""
    return _of_ratio(size[0] / size[1], DEFAULT[0])


def _pixels(value: Json, side: int) -> tuple[int, int] | None:
    if isinstance(value, dict):
        width, height = value.get("width"), value.get("height")
        return (width, height) if isinstance(width, int) and isinstance(height, int) else None
    if not isinstance(value, str):
        return None
    if value in IMAGE_SIZES:
        return IMAGE_SIZES[value]
    for mark in ("x", ":"):
        one, found, other = value.partition(mark)
        if found and one.isdigit() and other.isdigit() and int(one) and int(other):
            return (int(one), int(other)) if mark == "x" else _of_ratio(int(one) / int(other), side)
    return None


def _side(arguments: Mapping[str, Json]) -> int:
    resolution = arguments.get("resolution")
    return _LONG_SIDES.get(resolution, DEFAULT[0]) if isinstance(resolution, str) else DEFAULT[0]


def _of_ratio(ratio: float, side: int) -> tuple[int, int]:
    width = max(16, round(side * sqrt(ratio) / 16) * 16)
    height = max(16, round(side / sqrt(ratio) / 16) * 16)
    return width, height
