"""What a Request will cost, from the model's price rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.domain.model import IMAGE_SIZES, Model, Price
from studio.domain.request import Json

if TYPE_CHECKING:
    from studio.domain.model_slots import PriceExtra

MEGAPIXEL = 1024 * 1024
"""Pixels of one billed megapixel: fal's price texts call 1024x1024 one and 1920x1080 two (facts, section 4)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The price of one Request in USD before it is sent."""

    amount: Decimal | None
    """None when the catalogue knows no price, or the price hangs on something only fal will know."""
    units: Decimal | None
    """Billing units behind the amount: megapixels, images, seconds, steps."""
    unit_price: Decimal | None
    """What one unit costs; the figure that turns fal's billable units into the billed amount."""
    unsure: tuple[str, ...] = ()
    """Parts that are not in the amount because only fal will know them, each a sentence."""


UNKNOWN = Estimate(amount=None, units=None, unit_price=None)


def estimate(model: Model, arguments: Mapping[str, Json], reference_pixels: Sequence[int] = ()) -> Estimate:
    """The price of one call with these arguments. `reference_pixels` are the pixel counts of its input pictures."""
    price = model.price
    base = _tier_amount(model, arguments)
    extras = [extra for extra in price.extras if _holds(model, arguments, extra)]
    unsure = tuple(extra.says for extra in extras if extra.amount is None)
    if base is None:
        return replace(UNKNOWN, unsure=unsure)
    unit_price = base + sum((extra.amount for extra in extras if extra.amount and extra.per == "unit"), Decimal(0))
    units = _units(model, arguments, reference_pixels)
    if units is None:
        return Estimate(amount=None, units=None, unit_price=unit_price, unsure=unsure)
    if price.min_units is not None:
        units = max(units, price.min_units)
    once = sum((extra.amount for extra in extras if extra.amount and extra.per == "call"), Decimal(0))
    if price.first_amount is not None and price.extra_amount is not None and units:
        return Estimate(price.first_amount + (units - 1) * price.extra_amount + once, units, unit_price, unsure)
    return Estimate(unit_price * units + once, units, unit_price, unsure)


def picture_size(model: Model, arguments: Mapping[str, Json]) -> tuple[int, int] | None:
    """Width and height in pixels that these arguments ask for; None where the model decides (`auto`, ratios)."""
    param = model.role("size")
    if param is None:
        return None
    value = arguments.get(param.name, param.default)
    if isinstance(value, str):
        if value in IMAGE_SIZES:
            return IMAGE_SIZES[value]
        width, cross, height = value.partition("x")
        return (int(width), int(height)) if cross and width.isdigit() and height.isdigit() else None
    if isinstance(value, dict):
        width_value, height_value = value.get("width"), value.get("height")
        if isinstance(width_value, int) and isinstance(height_value, int):
            return width_value, height_value
    return None


def megapixels(pixels: int) -> int:
    """Billed megapixels of one picture: rounded up, at least one."""
    return max(1, -(-pixels // MEGAPIXEL))


def _tier_amount(model: Model, arguments: Mapping[str, Json]) -> Decimal | None:
    for tier in model.price.tiers:
        if all(_value(model, arguments, name) == wanted for name, wanted in tier.when.items()):
            return tier.amount
    return model.price.amount


def _holds(model: Model, arguments: Mapping[str, Json], extra: PriceExtra) -> bool:
    if extra.given and not arguments.get(extra.given):
        return False
    return all(_value(model, arguments, name) == wanted for name, wanted in extra.when.items())


def _value(model: Model, arguments: Mapping[str, Json], name: str) -> Json:
    if name in arguments:
        return arguments[name]
    param = model.param(name)
    return param.default if param else None


def _units(model: Model, arguments: Mapping[str, Json], reference_pixels: Sequence[int]) -> Decimal | None:
    price = model.price
    match price.unit:
        case "image":
            return Decimal(_count(model, arguments))
        case "megapixel":
            return _megapixel_units(model, price, arguments, reference_pixels)
        case "second":
            return _seconds(model, arguments)
        case "video":
            return Decimal(1)
        case "training-step" | "training-run":
            return _training(price, _steps(model, arguments))
        case _:
            return None


def _megapixel_units(
    model: Model, price: Price, arguments: Mapping[str, Json], reference_pixels: Sequence[int]
) -> Decimal | None:
    size = picture_size(model, arguments)
    if size is not None:
        output = megapixels(size[0] * size[1])
    elif reference_pixels:
        output = megapixels(_scaled(model, price, arguments, reference_pixels[0]))
    else:
        return None
    units = output * _count(model, arguments)
    if price.counts == "input+output":
        units += sum(price.reference_units or megapixels(pixels) for pixels in reference_pixels)
    return Decimal(units)


def _scaled(model: Model, price: Price, arguments: Mapping[str, Json], pixels: int) -> int:
    """Pixels of the output of an endpoint that enlarges its input."""
    factor = _value(model, arguments, price.scaled_by) if price.scaled_by else 1
    if isinstance(factor, bool) or not isinstance(factor, int | float):
        return pixels
    exact = Decimal(str(factor))
    return int(pixels * exact * exact)


def _count(model: Model, arguments: Mapping[str, Json]) -> int:
    param = model.role("count")
    value = arguments.get(param.name, param.default) if param else 1
    return value if isinstance(value, int) and value > 0 else 1


def _seconds(model: Model, arguments: Mapping[str, Json]) -> Decimal | None:
    param = model.role("duration")
    value = str(arguments.get(param.name, param.default)) if param else ""
    digits = value.removesuffix("s")
    return Decimal(digits) if digits.isdigit() else None


def _steps(model: Model, arguments: Mapping[str, Json]) -> Json:
    param = model.role("steps")
    return arguments.get(param.name, param.default) if param else None


def _training(price: Price, steps: Json) -> Decimal | None:
    """Steps, or runs of as many steps as one run buys."""
    known = isinstance(steps, int) and not isinstance(steps, bool)
    if price.unit == "training-step":
        return Decimal(str(steps)) if known else None
    return Decimal(str(steps)) / Decimal(price.base_steps) if known and price.base_steps is not None else Decimal(1)
