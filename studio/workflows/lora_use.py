"""The character's LoRA in every call: which weights a model is sent, how strongly, and the words that wake them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from studio.config.catalogue import Catalogue
from studio.domain.character import Character, Lora
from studio.domain.model import Model
from studio.domain.prompt import Prompt
from studio.domain.recipe import Recipe
from studio.domain.request import Json
from studio.domain.upload import placed

SAFE = (0.5, 1.5)
"""Scales that work, where the catalogue names none (artists' notes): below it hardly shows, above it breaks."""


@dataclass(frozen=True, slots=True)
class LoraUse:
    """What one call is sent of LoRAs."""

    recipe: Recipe
    """The chosen one, with the list of weights filled in."""
    triggers: tuple[str, ...] = ()
    """Words that must stand in the prompt."""
    sent: tuple[tuple[str, str], ...] = ()
    """Path, as the character or the artist names it, and SHA-256 (empty for an address) of each."""


def fits(lora: Lora, model: Model) -> bool:
    """Whether a model loads these weights: a FLUX.1 LoRA is of no use to FLUX.2."""
    return model.role("lora") is not None and (not lora.family or lora.family == model.family)


def fitting(character: Character, model: Model) -> tuple[Lora, ...]:
    """The character's LoRAs that a model is sent: of several with one trigger word the first, which is the newest."""
    found: dict[str, Lora] = {}
    for lora in character.loras:
        if fits(lora, model):
            found.setdefault(lora.trigger.casefold() or lora.path, lora)
    most = model.lora.max if model.lora else None
    return tuple(found.values())[:most]


def takers(catalogue: Catalogue, lora: Lora) -> list[Model]:
    """The models that load these weights, in the catalogue's order."""
    return [model for model in catalogue.models if not model.deprecated and lora.family and fits(lora, model)]


def safe_scales(model: Model) -> tuple[float, float]:
    """The range of scales that works with a model."""
    slot = model.lora
    if slot is None or slot.scale_low is None or slot.scale_high is None:
        return SAFE
    return float(slot.scale_low), float(slot.scale_high)


def own_entries(character: Character, model: Model) -> list[Json]:
    """The list of weights a model is sent when the artist chose none of their own."""
    return [{"path": lora.path, "scale": lora.scale} for lora in fitting(character, model)]


def lora_use(character: Character, model: Model, recipe: Recipe, address: Callable[[str], str]) -> LoraUse:
    """The recipe with its weights: those of the recipe's own list (an empty one means none), else the character's
    that fit. `address` turns a path of the project into what is sent for it. Raises what that raises.
    """
    param = model.role("lora")
    if param is None:
        return LoraUse(recipe)
    chosen = recipe.values.get(param.name)
    wanted = chosen if isinstance(chosen, list) else own_entries(character, model)
    entries = [entry for entry in wanted if isinstance(entry, Mapping) and isinstance(entry.get("path"), str)]
    if not entries:
        return LoraUse(recipe.with_value(param.name, None))
    paths = [str(entry["path"]) for entry in entries]
    addresses = [address(path) for path in paths]
    sent: list[Json] = [{**entry, "path": place} for entry, place in zip(entries, addresses, strict=True)]
    return LoraUse(
        recipe.with_value(param.name, sent),
        _triggers(character, model, entries),
        tuple((path, placed(place)) for path, place in zip(paths, addresses, strict=True)),
    )


def with_triggers(prompt: Prompt, triggers: Sequence[str]) -> Prompt:
    """The prompt with every word that wakes a LoRA: those it lacks come first, where they count most."""
    missing = [word for word in dict.fromkeys(triggers) if not _says(prompt.text, word)]
    return replace(prompt, text=f"{', '.join(missing)}, {prompt.text}".rstrip(", ")) if missing else prompt


def _triggers(character: Character, model: Model, entries: Sequence[Mapping[str, Json]]) -> tuple[str, ...]:
    by_path = {lora.path: lora for lora in character.loras}
    words = []
    for entry in entries:
        lora = by_path.get(str(entry["path"]))
        if lora is None and "://" in str(entry["path"]):
            # An address that a take was made with: it is the character's own LoRA, by another name.
            lora = next(iter(fitting(character, model)), None)
        if lora is not None and lora.trigger and entry.get("scale") != 0:
            words.append(lora.trigger)
    return tuple(dict.fromkeys(words))


def _says(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None
