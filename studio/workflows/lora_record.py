"""Weights that came home are written into `character.toml`, also those of a run that died in between."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from studio.domain.character import Character, Lora
from studio.domain.lora import Weights
from studio.workflows.studio import Studio

Edit = Callable[[Character], Awaitable[None]]
"""Writes a changed character down; it is on the disk when this returns. Raises ProjectError."""


def lora_of(weights: Weights) -> Lora:
    """The entry of `[[lora]]` that weights get. The price is what was billed, else what was expected."""
    return Lora(
        path=weights.path,
        trigger=weights.training.trigger,
        scale=1.0,
        family=weights.training.family,
        trainer=weights.trainer,
        steps=weights.training.steps or None,
        dataset=weights.training.dataset,
        trained=datetime.fromtimestamp(weights.created, UTC).date().isoformat(),
        price=None if weights.sandbox else weights.price,
    )


def with_weights(character: Character, weights: Weights) -> Character:
    """The character with an entry for these weights, first, so that the newest is the one that draws."""
    if any(lora.path == weights.path for lora in character.loras):
        return character
    return replace(character, loras=(lora_of(weights), *character.loras))


async def take_up(studio: Studio, edit: Edit) -> list[Weights]:
    """Write every set of weights that nobody wrote down yet into `character.toml`, and say which. Safe to call again:
    it may die after each step. Raises ProjectError when the file cannot be changed.
    """
    desk = studio.engine.desk
    fresh = await desk.hands(desk.shelf.new_weights)
    for weights in fresh:
        await edit(with_weights(studio.project.character, weights))
        await desk.hands(desk.shelf.took_up, weights)
    return fresh


def writing(studio: Studio) -> Edit:
    """An Edit for front ends that have no way of their own: straight into the file."""

    async def edit(character: Character) -> None:
        from studio.config.project_edits import save_character

        if character != studio.project.character:
            studio.project = await asyncio.to_thread(save_character, studio.project, character)

    return edit
