"""Rules about LoRAs."""

from __future__ import annotations

from studio.workflows.coach.advice import (
    NOTES,
    Finding,
    Rule,
    SetLora,
    SetText,
    SetValue,
    Severity,
    UseModel,
    View,
)

SAFE = (0.5, 1.5)
TAKERS = {"flux1": "fal-ai/flux-lora", "flux2": "fal-ai/flux-2/lora"}
"""The endpoint that draws with a LoRA of each family."""


def trigger_missing(view: View) -> Finding | None:
    """A trigger word that is not in the prompt."""
    for lora in view.character.loras:
        if lora.trigger and view.model.role("lora") and lora.trigger.lower() not in view.prompt.text.lower():
            text = f"{lora.trigger}, {view.character.description}"
            return Finding(
                f"The LoRA's trigger word {lora.trigger} is not in the prompt: without it the LoRA does nothing.",
                SetText("description", text),
                "put it first",
            )
    return None


def scale(view: View) -> Finding | None:
    """A scale outside the range that works: the recipe's own, else the character's."""
    param = view.model.role("lora")
    chosen = view.recipe.values.get(param.name) if param else None
    entries = [entry for entry in chosen if isinstance(entry, dict)] if isinstance(chosen, list) else []
    for number, entry in enumerate(entries):
        value = entry.get("scale", 1.0)
        if param and isinstance(value, int | float) and (told := _off(value)):
            better = [{**one, "scale": told[1]} if at == number else one for at, one in enumerate(entries)]
            return Finding(told[0], SetValue(param.name, list(better)), f"set {told[1]:g}")
    for number, lora in enumerate(() if entries else view.character.loras):
        if told := _off(lora.scale):
            return Finding(told[0], SetLora(number, told[1]), f"set {told[1]:g}")
    return None


def _off(scale: float) -> tuple[str, float] | None:
    """What is wrong with a scale, and the nearest one that works."""
    low, high = SAFE
    if low <= scale <= high:
        return None
    word = "hardly shows" if scale < low else "breaks the picture"
    return f"A LoRA scale of {scale:g} {word}; {low:g} to {high:g} works.", low if scale < low else high


def family(view: View) -> Finding | None:
    """A LoRA trained for another family."""
    if view.model.role("lora") is None:
        return None
    for lora in view.character.loras:
        if lora.family and lora.family != view.model.family:
            target = TAKERS.get(lora.family)
            return Finding(
                f"The LoRA was trained for {lora.family} and does not fit {view.model.title}.",
                UseModel(target) if target else None,
                f"use {target}" if target else "",
            )
    return None


def unused(view: View) -> Finding | None:
    """A LoRA that the chosen model cannot load."""
    if (
        not view.character.loras
        or view.model.role("lora") is not None
        or view.model.kind not in {"text-to-image", "edit"}
    ):
        return None
    target = TAKERS.get(view.character.loras[0].family)
    return Finding(
        f"{view.model.title} loads no LoRAs: the character's is not used.",
        UseModel(target) if target else None,
        f"use {target}" if target else "",
    )


RULES = (
    Rule("lora-trigger", Severity.WARNING, "LoRA training guides", trigger_missing),
    Rule("lora-scale", Severity.HINT, NOTES, scale),
    Rule("lora-family", Severity.WASTE, "FLUX.1 and FLUX.2 weights differ in shape", family),
    Rule("lora-unused", Severity.WARNING, "the endpoint's schema", unused),
)
