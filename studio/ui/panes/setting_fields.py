"""From one parameter of a model and the value it has to what a row of the form shows. Pure; knows no screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from studio.domain.model import Model, Param
from studio.domain.price import megapixels, picture_size
from studio.domain.request import Json
from studio.ui.panes.model_form import size_text, size_words
from studio.ui.widgets.slider_track import Scale
from studio.workflows.carry_over import setting_words
from studio.workflows.entry_check import most_entries
from studio.workflows.setting_text import value_text

FINE = ((Decimal(1), Decimal("0.01")), (Decimal(5), Decimal("0.05")))
"""Spans up to which a decimal setting moves in such steps; above them it moves by tenths."""

FINEST = Decimal("0.1")
"""Spans below it, such as a learning rate's, move by a hundredth of their own size."""

LONGEST_TRACK = Decimal(100_000)
"""A span above this is typed and not slid over: a cell of the track would be thousands of values."""

LORA_SCALES = (Decimal("0.5"), Decimal("1.5"))
"""Scales of a LoRA that work, from artists' notes, where the catalogue names none for the model."""


class Kind(StrEnum):
    """How a setting is changed."""

    NUMBER = "number"
    CHOICE = "choice"
    SIZE = "size"
    TEXT = "text"
    LINES = "lines"
    """A list of texts, one a line."""
    ENTRIES = "entries"
    """A list of tables, such as LoRAs."""
    TABLE = "table"
    SEED = "seed"
    PICTURES = "pictures"
    """The reference pictures."""
    GIVEN = "given"
    """Filled in by the studio: the prompt, and one picture a request."""
    HEADING = "heading"
    OFFER = "offer"
    """A row that adds something when it is chosen."""


KINDS = {
    "boolean": Kind.CHOICE,
    "enum": Kind.CHOICE,
    "image_size": Kind.SIZE,
    "integer": Kind.NUMBER,
    "number": Kind.NUMBER,
}


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One row of the form."""

    key: str
    kind: Kind
    label: str
    param: Param | None = None
    value: Json = None
    """What counts now: the artist's, else the model's default."""
    changed: bool = False
    scale: Scale | None = None
    options: tuple[tuple[Json, str], ...] = ()
    """The choices, each a value and its words."""
    shown: str = ""
    """The value in words, for rows that are neither slid nor chosen from a few."""
    about: str = ""
    """What it does, a sentence."""
    facts: str = ""
    """Its name at fal, range and default on one line."""


def setting_row(model: Model, param: Param, value: Json, about: str, *, key: str = "") -> SettingRow:
    """The row of a parameter that the artist sets; `value` is None where nothing was chosen."""
    kind = kind_of(param)
    now = param.default if value is None else value
    return SettingRow(
        key=key or param.name,
        kind=kind,
        label=setting_words(param),
        param=param,
        value=now,
        changed=value is not None and value != param.default,
        scale=scale_of(model, param) if kind is Kind.NUMBER else None,
        options=options_of(param, now),
        shown=pixel_words(model, param, now) if kind is Kind.SIZE else shown_value(param, now),
        about=about,
        facts=facts_of(model, param),
    )


def kind_of(param: Param) -> Kind:
    """How this parameter is changed."""
    if param.enum and param.type in {"integer", "number"}:
        return Kind.CHOICE
    if param.type in {"array", "object"}:
        listed = Kind.ENTRIES if param.type == "array" else Kind.TABLE
        return listed if param.fields else Kind.LINES if param.items == "string" else Kind.TEXT
    return KINDS.get(param.type, Kind.TEXT)


def options_of(param: Param, now: Json) -> tuple[tuple[Json, str], ...]:
    """The choices of a setting with their words; a custom size that is chosen stands at the end."""
    match param.type:
        case "boolean":
            return ((False, "off"), (True, "on"))
        case "image_size":
            own = [] if isinstance(now, str) or now is None else [(now, size_words(size_text(now)))]
            return (*((name, size_words(name)) for name in param.enum), *own)
        case "integer" | "number":
            return tuple((_number(word), word) for word in param.enum)
        case _:
            return tuple((word, word) for word in param.enum)


def scale_of(model: Model, param: Param) -> Scale | None:
    """The slider of a number with both ends; None where it has not both, or they lie too far apart."""
    low, high = param.min, param.max
    if low is None or high is None or high - low > LONGEST_TRACK:
        return None
    step = _step(param, high - low)
    sweet, best = _sweet(model, param)
    return Scale(low, high, step, step * 10 if step < 1 else max(step, Decimal(5)), sweet, best)


def facts_of(model: Model, param: Param) -> str:
    """`num_inference_steps · 2 to 50 · default 28`."""
    parts = [param.name, range_words(model, param)]
    default = value_text(param.default)
    parts.append(f"default {default}" if default not in {"", "[]"} else "")
    parts.append("must be given" if param.required else "")
    return " · ".join(part for part in parts if part)


def range_words(model: Model, param: Param) -> str:
    """What it may be: `2 to 50`, `at most 3`, or nothing where all is allowed."""
    if param.type in {"integer", "number"} and not param.enum:
        low, high = param.min, param.max
        steps = f" in steps of {param.multiple_of}" if param.multiple_of else ""
        if low is not None and high is not None:
            return f"{_plain(low)} to {_plain(high)}{steps}"
        return f"at least {_plain(low)}" if low is not None else f"at most {_plain(high)}" if high is not None else ""
    if param.type == "array":
        most = most_entries(model, param)
        return f"at most {most}" if most else ""
    if param.type == "image_size" and param.custom:
        limits = model.size_limits
        return f"or WIDTHxHEIGHT, {limits.min} to {limits.max} a side" if limits else "or WIDTHxHEIGHT"
    return ""


def shown_value(param: Param, now: Json) -> str:
    """The value in words for rows without track or choices."""
    if now is None or now in ("", [], {}):
        return "none" if param.type in {"array", "object"} else "empty"
    if isinstance(now, list) and param.fields:
        return f"{len(now)}: {', '.join(entry_words(item) for item in now)}"
    if isinstance(now, Mapping) and param.type == "object":
        return entry_words(now)
    return value_text(now)


def entry_words(item: Json) -> str:
    """One entry in a few words: the end of its path and its scale, or its first values."""
    if not isinstance(item, Mapping):
        return value_text(item)
    path = item.get("path")
    if isinstance(path, str):
        name = path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".safetensors") or "no file yet"
        scale = item.get("scale")
        return f"{name} {value_text(scale)}" if scale is not None else name
    return " ".join(value_text(part) for part in item.values() if part is not None)[:40] or "empty"


def pixel_words(model: Model, param: Param, now: Json) -> str:
    """`768×1024 · 1 MP`: the pixels of a size, and what is charged for them; empty where the model decides."""
    size = picture_size(model, {param.name: now}) if param is model.role("size") and now is not None else None
    if size is None:
        return ""
    charged = f" · {megapixels(size[0] * size[1])} MP" if model.price.unit == "megapixel" else ""
    return f"{size[0]}×{size[1]}{charged}"


def _step(param: Param, span: Decimal) -> Decimal:
    if param.type == "integer":
        return Decimal(param.multiple_of or 1)
    if span < FINEST:
        return Decimal(1).scaleb(span.adjusted() - 2)
    return next((step for widest, step in FINE if span <= widest), Decimal("0.1"))


def _sweet(model: Model, param: Param) -> tuple[tuple[Decimal, Decimal] | None, Decimal | None]:
    if param.role == "guidance" and model.sweet is not None:
        return (model.sweet.low, model.sweet.high), model.sweet.best
    if param.role == "steps" and model.final_steps is not None:
        return None, Decimal(model.final_steps)
    if param.role == "lora-scale":
        slot = model.lora
        known = slot is not None and slot.scale_low is not None and slot.scale_high is not None
        ends = (slot.scale_low, slot.scale_high) if known and slot else LORA_SCALES
        low, high = (Decimal(str(end)) for end in ends)
        return (low, high), Decimal(1)
    return None, None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _number(word: str) -> Json:
    number = Decimal(word)
    return int(number) if number == number.to_integral_value() else float(number)
