"""From a recipe to the exact arguments of one call, checked against the model's schema."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from studio.domain.errors import UsageError
from studio.domain.model import IMAGE_SIZES, Model, Param
from studio.domain.prompt import Prompt
from studio.domain.recipe import SEED_LIMIT, Recipe
from studio.domain.request import Json
from studio.workflows.entry_check import check_address, checked_list, checked_table
from studio.workflows.references import LoadedReference, addresses

ALWAYS = ("size", "steps", "guidance")
"""Roles that are sent even at the model's default, so that a picture's recipe says them."""

DRAFT_SHARE = 0.4
"""Share of the final steps a draft takes where the catalogue names no draft steps."""


def resolve_arguments(
    model: Model, recipe: Recipe, prompt: Prompt, seed: int | None, references: Sequence[LoadedReference] = ()
) -> dict[str, Json]:
    """Everything one call sends and nothing else: prompt, references, seed, size, steps, guidance, format and
    `num_images` where the schema has them, and every value the artist changed.

    Raises UsageError when a value is out of its range or a reference picture is missing or too many.
    """
    arguments: dict[str, Json] = {}
    _put(arguments, model.role("prompt"), prompt.text)
    if prompt.negative:
        _put(arguments, model.role("negative-prompt"), prompt.negative)
    arguments.update(_references(model, references, recipe.values))
    for role in ALWAYS:
        param = model.role(role)
        if param is not None and param.default is not None:
            arguments[param.name] = param.default
    _put(arguments, model.role("format"), _picture_format(model))
    _put(arguments, model.role("count"), 1)
    for name, value in recipe.values.items():
        param = model.param(name)
        if param is not None:
            arguments[name] = checked(model, param, value)
    if recipe.draft and (steps := model.role("steps")) is not None:
        arguments[steps.name] = draft_steps(model, arguments.get(steps.name))
    _put(arguments, model.role("seed"), seed)
    return {name: _settled(value) for name, value in arguments.items() if value is not None}


def takes_seed(model: Model) -> bool:
    """Whether the endpoint has a seed at all; 17 of fal's have none."""
    return model.role("seed") is not None


def reference_param(model: Model) -> Param | None:
    """The argument that takes the reference pictures: the list where there is one, unless only the single one must be
    given: then the list is for something besides, such as frames in between.
    """
    single, several = model.role("image"), model.role("images")
    if single is not None and several is not None and single.required and not several.required:
        return single
    return several or single


def draft_steps(model: Model, wanted: Json) -> int:
    """Steps of a draft: the catalogue's figure, or two fifths of the wanted ones; in range, never more than wanted."""
    param = model.role("steps")
    final = wanted if isinstance(wanted, int) else (param.default if param and isinstance(param.default, int) else 28)
    draft = model.draft_steps if model.draft_steps is not None else math.ceil(final * DRAFT_SHARE)
    low = int(param.min) if param and param.min is not None else 1
    return max(low, min(draft, final))


def checked(model: Model, param: Param, value: Json) -> Json:
    """The value, when the model takes it. Raises UsageError naming the range or the choices; nothing is clamped."""
    if param.type == "image_size":
        return _checked_size(model, param, value)
    if param.type in {"integer", "number"}:
        return _checked_number(model, param, value)
    if param.type == "array":
        return checked_list(model, param, value, checked)
    if param.type == "object":
        return checked_table(model, param, value, checked)
    if param.type == "boolean" and not isinstance(value, bool):
        raise UsageError(f"{param.name} of {model.title} is on or off, not {value!r}.")
    if param.type == "string" and not isinstance(value, str):
        raise UsageError(f"{param.name} of {model.title} is a text, not {value!r}.")
    check_address(model, param, value)
    if param.enum and str(value) not in param.enum:
        raise UsageError(f"{param.name} of {model.title} is one of {', '.join(param.enum)}, not {value!r}.")
    return value


def parse_size(model: Model, text: str) -> tuple[dict[str, Json], str]:
    """`--size`: a preset name or `WIDTHxHEIGHT`, as recipe values, and a sentence when it had to be adjusted.

    On a model of aspect ratios the nearest ratio is taken and said. Raises UsageError when the text is no size.
    """
    param = model.role("size")
    if param is None:
        raise UsageError(f"{model.title} has no size setting.", "Leave --size out.")
    if param.type != "image_size" and text in param.enum:
        return {param.name: text}, ""
    pixels = IMAGE_SIZES.get(text) or _pixels(text)
    if param.type == "image_size":
        if text in param.enum:
            return {param.name: text}, ""
        if pixels is None:
            raise UsageError(
                f"{text!r} is no size: {model.title} takes {', '.join(param.enum)} or WIDTHxHEIGHT in pixels."
            )
        return {param.name: checked(model, param, {"width": pixels[0], "height": pixels[1]})}, ""
    if pixels is None:
        raise UsageError(f"{text!r} is no size: {model.title} takes {', '.join(param.enum)}.")
    nearest = _nearest_ratio(param, pixels)
    return {param.name: nearest}, f"{model.title} takes aspect ratios: {text} became {nearest}."


def _settled(value: Json) -> Json:
    # 4 and 4.0 are one number to fal; written in one way, two identical requests are seen to be identical.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _put(arguments: dict[str, Json], param: Param | None, value: Json) -> None:
    if param is not None and value is not None:
        arguments[param.name] = value


def _picture_format(model: Model) -> str | None:
    param = model.role("format")
    return "png" if param is not None and "png" in param.enum else None


def _references(model: Model, references: Sequence[LoadedReference], given: Mapping[str, Json]) -> dict[str, Json]:
    single, several = model.role("image"), model.role("images")
    if not references:
        missing = [param for param in (single, several) if param and param.required and not given.get(param.name)]
        if missing and model.kind != "text-to-image":
            if model.pose is not None:
                raise UsageError(f"{model.title} needs a picture of the pose.", "Choose a guide, or a reference.")
            raise UsageError(f"{model.title} edits a picture.", "Choose a reference.")
        return {}
    param = reference_param(model)
    if param is None:
        raise UsageError(f"{model.title} takes no reference picture.", "Choose an edit model, or leave it out.")
    most = 1 if param is single else (model.reference_max or param.max_items)
    if most is not None and len(references) > most:
        raise UsageError(f"{model.title} takes {most} reference pictures at most, not {len(references)}.")
    sent = addresses(references)
    return {param.name: sent[0] if param is single else list[Json](sent)}


def _checked_number(model: Model, param: Param, value: Json) -> Json:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(f"{param.name} of {model.title} is a number, not {value!r}.")
    if param.type == "integer" and value != int(value):
        raise UsageError(f"{param.name} of {model.title} is a whole number, not {value}.")
    if param.enum and str(int(value) if value == int(value) else value) not in param.enum:
        raise UsageError(f"{param.name} of {model.title} is one of {', '.join(param.enum)}, not {value}.")
    if param.multiple_of and value % param.multiple_of:
        raise UsageError(f"{param.name} of {model.title} goes in steps of {param.multiple_of}, not {value}.")
    amount = Decimal(str(value))
    if (param.min is not None and amount < param.min) or (param.max is not None and amount > param.max):
        raise UsageError(f"{param.name} of {model.title} {_span(param)}, not {value}.")
    if param.role == "seed" and not 0 <= value < 2 * SEED_LIMIT:
        raise UsageError(f"A seed goes from 0 to {2 * SEED_LIMIT - 1}, not {value}.")
    return int(value) if param.type == "integer" else value


def _span(param: Param) -> str:
    if param.min is not None and param.max is not None:
        return f"goes from {param.min} to {param.max}"
    return f"is at least {param.min}" if param.min is not None else f"is at most {param.max}"


def _checked_size(model: Model, param: Param, value: Json) -> Json:
    if isinstance(value, str):
        if value in param.enum:
            return value
        raise UsageError(f"{value!r} is no size of {model.title}: it takes {', '.join(param.enum)} or a custom size.")
    if not isinstance(value, Mapping) or not param.custom:
        raise UsageError(f"The size of {model.title} is one of {', '.join(param.enum)}.")
    width, height = value.get("width"), value.get("height")
    if (
        not isinstance(width, int)
        or not isinstance(height, int)
        or min(width, height) < 64
        or max(width, height) > 14142
    ):
        # 14142 is the limit in fal's own ImageSize schema.
        raise UsageError(f"A custom size needs whole pixels from 64 to 14142 each way, not {width}x{height}.")
    limits = model.size_limits
    if limits is not None and not limits.min <= min(width, height) <= max(width, height) <= limits.max:
        raise UsageError(
            f"A size of {model.title} has {limits.min} to {limits.max} pixels a side, not {width}x{height}."
        )
    return {"width": width, "height": height}


def _pixels(text: str) -> tuple[int, int] | None:
    width, cross, height = text.lower().replace("×", "x").partition("x")
    if cross and width.strip().isdigit() and height.strip().isdigit():
        return int(width), int(height)
    return None


def _nearest_ratio(param: Param, pixels: tuple[int, int]) -> str:
    wanted = math.log(pixels[0] / pixels[1])
    ratios = [entry for entry in param.enum if ":" in entry]
    if not ratios:
        raise UsageError(f"{param.name} takes {', '.join(param.enum)}.")

    def distance(entry: str) -> float:
        width, _, height = entry.partition(":")
        return abs(math.log(float(width) / float(height)) - wanted)

    return min(ratios, key=distance)
