"""The proof sheet: three poses at three scales, which shows whether a LoRA took and how strongly to use it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from studio.config.catalogue import Catalogue
from studio.domain.character import Character, Lora
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.pack import view_of_pose
from studio.domain.pose import Pose
from studio.domain.recipe import Recipe
from studio.workflows.lora_use import safe_scales, takers
from studio.workflows.pack import SIZE

POSES = 3

SHARES = (Decimal(1), Decimal("2.5"), Decimal(4))
"""Fifths of the safe range at which the LoRA is proved: weak, usual, strong."""


def newest(character: Character) -> Lora:
    """The LoRA that was trained last. Raises UsageError when there is none."""
    if not character.loras:
        raise UsageError("The character has no LoRA yet.", "Train one: studio train DIR.")
    return character.loras[0]


def taker(catalogue: Catalogue, lora: Lora) -> Model:
    """The model a LoRA is proved with: the first that draws with it from words. Raises UsageError."""
    found = [model for model in takers(catalogue, lora) if model.kind == "text-to-image"]
    if not found:
        raise UsageError(
            f"No model is known to load {lora.path}.", 'Say its family in character.toml: family = "flux1".'
        )
    return found[0]


def proof_recipe(recipe: Recipe, model: Model) -> Recipe:
    """The remembered settings, in a size that a standing figure fills where none was chosen."""
    size = model.role("size")
    if size is None or size.name in recipe.values or SIZE not in size.enum:
        return recipe
    return recipe.with_value(size.name, SIZE)


def proof_axes(poses: Sequence[Pose], model: Model) -> tuple[str, str]:
    """The axes of the sheet, as they are typed: three scales within the safe range, three poses. Raises UsageError."""
    own = [pose for pose in poses if view_of_pose(pose) is None]
    chosen = sorted(own, key=lambda pose: not pose.ticked)[:POSES]
    if not chosen:
        raise UsageError("There is no pose to prove it with.", "Add one to the pose list.")
    low, high = (Decimal(str(end)) for end in safe_scales(model))
    step = (high - low) / 5
    scales = ",".join(f"{(low + step * at).quantize(Decimal('0.1')):f}" for at in SHARES)
    return f"lora={scales}", "pose=" + ",".join(pose.name for pose in chosen)
