"""`studio models show ID`: one model on a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from studio.cli.models_list import WIDE, speed_words
from studio.cli.tables import console, print_table, wrapped
from studio.cli.terminal_text import write_line
from studio.domain import money
from studio.domain.model import Model, Param
from studio.domain.price import estimate
from studio.domain.price_words import age_words, price_words, tier_lines

if TYPE_CHECKING:
    from studio.config.catalogue import Catalogue

WORDS_SHOWN = 12
"""Words of an enum that are listed; more of them are counted."""


def print_model(model: Model, catalogue: Catalogue, today: date) -> None:
    """What it is for, what it costs, what to mind, and every argument."""
    write_line(f"{model.title}  ({model.id})")
    _tell(f"{model.best_for} {f'By {model.vendor}.' if model.vendor else ''}".strip())
    write_line()
    for name, text in _facts(model, today):
        if text:
            _tell(text, f"{name:<11}")
    if model.unread:
        write_line()
        _tell(f"Its arguments were never read: studio models refresh {model.id} reads them.")
    write_line()
    if console().width < WIDE:
        _tell_params(model, catalogue)
        return
    print_table(
        ("argument", "type", "default", "range or choices", "what it does"),
        [(*_row(param), catalogue.says(param)) for param in model.params],
        whole=("argument",),
    )


def _tell(text: str, name: str = "") -> None:
    for line in wrapped(text, name, " " * len(name)):
        write_line(line, lines=True)


def _tell_params(model: Model, catalogue: Catalogue) -> None:
    """Each argument in lines of its own, where a table would have no room for what it does."""
    for param in model.params:
        name, kind, default, choices = _row(param)
        write_line(f"  {name}  {kind}{f', {default} by itself' if default not in (None, '', []) else ''}")
        for text in (choices, catalogue.says(param)):
            if text:
                _tell(str(text), " " * 6)


def _facts(model: Model, today: date) -> Sequence[tuple[str, str]]:
    price = estimate(model, {})
    age = age_words(model.price, today)
    return (
        ("kind", model.kind),
        ("deprecated", _gone(model)),
        ("newer", "" if model.deprecated else model.newer),
        ("price", f"{price_words(model.price)}{f'  ({age}, {model.price.source})' if age else ''}"),
        *(("", line) for line in tier_lines(model.price)),
        ("one call", f"{money.shown(price.amount)} with its own defaults" if price.amount is not None else ""),
        ("speed", f"about {speed}" if (speed := speed_words(model)) else ""),
        ("beware", model.caution),
        ("steps", model.steps_note),
        ("guidance", _sweet(model)),
        ("pictures", _pictures(model)),
        ("LoRA", _lora(model)),
        ("pose", model.pose.says if model.pose else ""),
        ("size", f"{model.size_limits.min} to {model.size_limits.max} pixels a side" if model.size_limits else ""),
        ("data set", _dataset(model)),
        ("use in", ", ".join(model.infer_with)),
        ("schema", "" if model.unread or not model.schema else f"read {model.schema}"),
    )


def _gone(model: Model) -> str:
    if not model.deprecated:
        return ""
    return f"yes; {model.newer} follows it" if model.newer else "yes"


def _sweet(model: Model) -> str:
    sweet = model.sweet
    if sweet is None:
        return ""
    return f"best from {sweet.low} to {sweet.high}, {sweet.best} to begin with ({sweet.source})"


def _pictures(model: Model) -> str:
    if not model.reference_fields:
        return ""
    most = f"at most {model.reference_max} " if model.reference_max else ""
    return f"{most}in {', '.join(model.reference_fields)}"


def _lora(model: Model) -> str:
    lora = model.lora
    if lora is None:
        return ""
    parts = [f"in {lora.field}", f"at most {lora.max}" if lora.max else ""]
    parts.append(f"scale best from {lora.scale_low} to {lora.scale_high}" if lora.scale_low is not None else "")
    return ", ".join(part for part in parts if part)


def _dataset(model: Model) -> str:
    dataset = model.dataset
    if dataset is None:
        return ""
    least = f" of at least {dataset.min_images} pictures" if dataset.min_images else ""
    return f"a ZIP archive{least}. {dataset.captions}".strip()


def _row(param: Param) -> Sequence[object]:
    low, high = param.min, param.max
    bounds = f"{low} to {high}" if low is not None and high is not None else ""
    bounds = bounds or (f"at least {low}" if low is not None else f"at most {high}" if high is not None else "")
    words = list(param.enum[:WORDS_SHOWN])
    if len(param.enum) > WORDS_SHOWN:
        words.append(f"and {len(param.enum) - WORDS_SHOWN} more")
    default = {True: "on", False: "off"}[param.default] if isinstance(param.default, bool) else param.default
    kind = f"{param.type}, required" if param.required else param.type
    return param.name, kind, default, ", ".join(words) or bounds
