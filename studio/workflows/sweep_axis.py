"""One axis of a sweep: what differs, the values it takes, and how it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from studio.domain.character import Character
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.recipe import SEED_LIMIT, Recipe
from studio.domain.request import Json
from studio.workflows.arguments import checked, parse_size, takes_seed
from studio.workflows.lora_use import own_entries

MOST_STOPS = 24
"""Values of one axis: more columns than that cannot be told apart on a sheet."""


class AxisKind(StrEnum):
    """What may differ along an axis."""

    POSE = "pose"
    MODEL = "model"
    GUIDANCE = "guidance"
    STEPS = "steps"
    SEED = "seed"
    LORA = "lora"
    SIZE = "size"


NUMBERS = frozenset({AxisKind.GUIDANCE, AxisKind.STEPS, AxisKind.SEED, AxisKind.LORA})
WHOLE = frozenset({AxisKind.STEPS, AxisKind.SEED})
SYNONYMS = {"lora-scale": "lora", "lora_scale": "lora", "poses": "pose", "models": "model", "seeds": "seed"}


@dataclass(frozen=True, slots=True)
class Axis:
    """What differs, and its values in order: names and ids as text, numbers as decimals."""

    kind: AxisKind
    stops: tuple[str | Decimal, ...]

    @property
    def title(self) -> str:
        """The name of the axis, for people."""
        return "LoRA scale" if self.kind is AxisKind.LORA else self.kind.value

    def label(self, stop: str | Decimal) -> str:
        """One value, for people."""
        return stop if isinstance(stop, str) else f"{stop.normalize():f}"


@dataclass(frozen=True, slots=True)
class Spot:
    """The choices of one cell."""

    pose: Pose
    model: Model
    recipe: Recipe
    seed: int | None


def parse_axis(text: str) -> Axis:
    """`guidance=4:7:1.5` (from, to, step), `guidance=4,5.5,7`, `pose=running,hero-stance`, `model=ID,ID`, or `pose`
    alone for the ticked ones, which leaves the stops empty. Raises UsageError.
    """
    name, equals, values = text.partition("=")
    word = name.strip().lower()
    try:
        kind = AxisKind(SYNONYMS.get(word, word))
    except ValueError:
        raise UsageError(
            f"There is no axis {name.strip()!r} to sweep over.", f"There are {', '.join(AxisKind)}: guidance=4:7:1.5."
        ) from None
    parts = [part.strip() for part in values.split(",") if part.strip()]
    if not parts:
        if kind is AxisKind.POSE and not equals:
            return Axis(kind, ())
        raise UsageError(f"The axis {kind} has no values.", f"Write {kind}=A,B,C{_range_hint(kind)}.")
    stops: list[str | Decimal] = []
    for part in parts:
        stops += _numbers(kind, part) if kind in NUMBERS else [part]
    return checked_axis(Axis(kind, tuple(stops)))


def checked_axis(axis: Axis) -> Axis:
    """The axis, when its values differ and are not too many. Raises UsageError."""
    if len(axis.stops) > MOST_STOPS:
        raise UsageError(f"The axis {axis.kind} has {len(axis.stops)} values; {MOST_STOPS} is the most.")
    twice = [axis.label(stop) for stop in axis.stops if axis.stops.count(stop) > 1]
    if twice:
        raise UsageError(f"The axis {axis.kind} names {twice[0]} twice.", "Name it once: nothing is bought twice.")
    return axis


def with_stop(spot: Spot, kind: AxisKind, stop: str | Decimal, character: Character) -> tuple[Spot, str]:
    """The choices with one value of an axis set (of any but pose and model), and a sentence when it was adjusted.

    Raises UsageError when the model has no such setting, or the value is out of its range.
    """
    model, recipe = spot.model, spot.recipe
    match kind:
        case AxisKind.SEED if isinstance(stop, Decimal):
            if not takes_seed(model):
                raise UsageError(f"{model.title} takes no seed.", "Sweep over something else, or with another model.")
            return replace(spot, seed=int(stop)), ""
        case AxisKind.LORA if isinstance(stop, Decimal):
            return replace(spot, recipe=_with_lora(recipe, model, character, stop)), ""
        case AxisKind.SIZE if isinstance(stop, str):
            if model.role("size") is None:
                raise UsageError(f"{model.title} has no size setting.", "Sweep over something else.")
            values, note = parse_size(model, stop)
            for name, value in values.items():
                recipe = recipe.with_value(name, value)
            return replace(spot, recipe=recipe), note
        case AxisKind.GUIDANCE | AxisKind.STEPS if isinstance(stop, Decimal):
            param = model.role(kind.value)
            if param is None:
                raise UsageError(f"{model.title} has no {kind} setting.", "Sweep over something else.")
            whole = stop == stop.to_integral_value()
            wanted = checked(model, param, int(stop) if whole else float(stop))
            return replace(spot, recipe=recipe.with_value(param.name, wanted)), ""
        case _:
            raise UsageError(f"{stop} is no value of the axis {kind}.")


def _with_lora(recipe: Recipe, model: Model, character: Character, scale: Decimal) -> Recipe:
    """The recipe with the scale of its first LoRA set: the recipe's own list, else the character's."""
    param = model.role("lora")
    if param is None:
        raise UsageError(f"{model.title} loads no LoRAs.", "Sweep with a model that does: studio models lists them.")
    own: Sequence[Json] = own_entries(character, model)
    chosen = recipe.values.get(param.name)
    entries = list(chosen) if isinstance(chosen, list) and chosen else list(own)
    first = entries[0] if entries else None
    if not isinstance(first, dict) or not isinstance(first.get("path"), str):
        raise UsageError("There is no LoRA whose scale could be swept over.", "Name one in character.toml: [[lora]].")
    return recipe.with_value(param.name, [{**first, "scale": float(scale)}, *entries[1:]])


def _numbers(kind: AxisKind, part: str) -> list[str | Decimal]:
    ends = [_number(kind, end) for end in part.split(":")]
    if len(ends) == 1:
        return [ends[0]]
    if len(ends) > 3:
        raise UsageError(f"{part!r} is no range.", f"Write {kind}=FROM:TO:STEP.")
    low, high, step = ends[0], ends[1], ends[2] if len(ends) == 3 else Decimal(1)
    if step <= 0 or high < low:
        raise UsageError(f"The range {part} goes nowhere.", f"Write {kind}=FROM:TO:STEP with a step above 0.")
    number = int((high - low) / step) + 1
    if number > MOST_STOPS:
        raise UsageError(f"The range {part} has {number} values; {MOST_STOPS} is the most.", "Take a larger step.")
    return [low + step * at for at in range(number)]


def _number(kind: AxisKind, text: str) -> Decimal:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or (kind in WHOLE and value != value.to_integral_value()):
        what = "a whole number" if kind in WHOLE else "a number"
        raise UsageError(
            f"The axis {kind} takes {what}, not {text.strip()!r}.", f"Write {kind}=A,B{_range_hint(kind)}."
        )
    if kind is AxisKind.SEED and not 0 <= value < SEED_LIMIT:
        raise UsageError(f"A seed goes from 0 to {SEED_LIMIT - 1}, not {value}.")
    return value.to_integral_value() if kind in WHOLE else value


def _range_hint(kind: AxisKind) -> str:
    return f" or {kind}=FROM:TO:STEP" if kind in NUMBERS else ""
