"""Choosing a model: what each is for, what it costs, how quick it is, where its sweet spot lies."""

from __future__ import annotations

from collections.abc import Iterable

from studio.domain import money
from studio.domain.model import Model
from studio.ui.screens.choose import Choice, ChooseScreen


def price_words(model: Model) -> str:
    """The price as an artist reads it: `$0.05/MP`, `$0.04/image`, `unknown`."""
    units = {"megapixel": "MP", "training-step": "step", "training-run": "run", "compute-second": "s of compute"}
    price = model.price
    if price.amount is None:
        return "unknown"
    unit = units.get(price.unit, price.unit)
    return f"{money.shown(price.amount)}/{unit}{' in+out' if price.counts == 'input+output' else ''}"


def model_remark(model: Model) -> str:
    """What a model is for and what to mind, in a few lines."""
    lines = [model.best_for]
    if model.sweet is not None:
        lines.append(f"Guidance is best at {model.sweet.low} to {model.sweet.high} ({model.sweet.source}).")
    if model.steps_note:
        lines.append(model.steps_note)
    if model.caution:
        lines.append(f"Mind: {model.caution}")
    if model.deprecated:
        lines.append(f"Deprecated{f'; use {model.newer}' if model.newer else ''}.")
    lines.append(f"{model.id} · price as of {model.price.as_of or 'unknown'} ({model.price.confidence})")
    return "\n".join(line for line in lines if line)


class ModelPickerScreen(ChooseScreen):
    """Gives the id of the chosen model."""

    def __init__(self, models: Iterable[Model], current: str) -> None:
        choices = [Choice(model.id, _row(model), model_remark(model), disabled=model.deprecated) for model in models]
        super().__init__("Model", choices, current)


def _row(model: Model) -> str:
    speed = f"{model.speed_s:.0f} s" if model.speed_s else ""
    return f"{model.title[:38]:<38}  {price_words(model):>18}  {speed:>5}  {model.kind}"
