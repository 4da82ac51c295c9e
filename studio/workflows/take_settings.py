"""What takes were made with, in words, and what sets them apart."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Sequence

from studio.domain import money
from studio.domain.model import Model
from studio.domain.take import Take

LONGEST = 60
"""Characters of one value."""

MOST_WORDS = 12
"""Words of a prompt that are named on either side."""

_TOLD = frozenset({"prompt", "seed"})
"""Roles that have words of their own."""

_HIDDEN = frozenset({"image", "images", "mask", "count", "format"})
"""Roles that say nothing about a picture in words."""


def settings_of(take: Take, model: Model | None) -> list[tuple[str, str]]:
    """Name and value of everything that was sent for a take besides prompt and seed; pictures are left out."""
    rows = []
    for name, value in json.loads(take.arguments or "{}").items():
        param = model.param(name) if model else None
        role = param.role if param else name
        if role not in _TOLD | _HIDDEN:
            rows.append((name.replace("_", " "), _said(value)))
    return rows


def apart(takes: Sequence[Take], model_of: Callable[[str], Model | None]) -> list[list[str]]:
    """For each take the words that set it apart from the others: model, every setting that is not the same in all,
    seed, price, and the words of the prompt that the first one does not have (`+`) or that only the first has (`−`).
    """
    models = [model_of(take.endpoint) for take in takes]
    tables = [_table(take, model) for take, model in zip(takes, models, strict=True)]
    names = list(dict.fromkeys(name for table in tables for name in table))
    differing = [name for name in names if len({table.get(name) for table in tables}) > 1]
    told = []
    for take, table in zip(takes, tables, strict=True):
        words = [_pair(name, table.get(name)) for name in differing]
        if take is not takes[0]:
            words += prompt_words(takes[0].prompt, take.prompt)
        told.append(words)
    return told


def prompt_words(before: str, after: str) -> list[str]:
    """What to take out of one prompt and put into it to get another: `−in the rain`, `+at night`."""
    old, new = before.split(), after.split()
    found, room = [], MOST_WORDS
    for kind, at, end, start, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for sign, words in (("−", old[at:end]), ("+", new[start:stop])):
            if kind != "equal" and words and room > 0:
                found.append(sign + " ".join(words[:room]) + ("…" if len(words) > room else ""))
                room -= len(words)
    return found


def _table(take: Take, model: Model | None) -> dict[str, str]:
    table = {"model": model.title if model else take.endpoint}
    table.update(settings_of(take, model))
    table["seed"] = "" if take.seed is None else str(take.seed)
    cost = take.billed if take.billed is not None else take.estimate
    table["price"] = "" if cost is None else money.shown(cost)
    table["draft"] = "draft" if take.draft else "final"
    if take.width and take.height:
        table["size"] = f"{take.width}×{take.height}"
    return table


def _pair(name: str, value: str | None) -> str:
    if name in {"model", "draft", "size", "price"} and value:
        return value
    return f"{name} {value}" if value else f"no {name}"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, dict) and set(value) == {"width", "height"}:
        return f"{value['width']}×{value['height']}"
    text = str(value) if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
