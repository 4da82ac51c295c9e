"""The proof sheet is three poses at three scales within the range that works."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.config.catalogue import load_catalogue
from studio.config.presets import Presets
from studio.domain.character import Lora
from studio.domain.errors import UsageError
from studio.domain.pack import STANDARD
from studio.domain.recipe import Recipe
from studio.workflows.lora_proof import newest, proof_axes, proof_recipe, taker
from studio.workflows.pack import with_pack_poses

CATALOGUE = load_catalogue()
GLITCH = Presets().character("glitch")
FLUX1 = Lora("loras/g.safetensors", "glchgrl", 1.0, "flux1")


def test_three_scales_within_the_safe_range_and_three_poses_that_are_no_views_of_the_pack() -> None:
    poses = with_pack_poses((), STANDARD) + tuple(GLITCH.poses)
    x, y = proof_axes(poses, taker(CATALOGUE, FLUX1))
    assert x == "lora=0.7,1.0,1.3"
    assert y.count(",") == 2
    assert "pack" not in y


@pytest.mark.parametrize(("family", "model_id"), [("flux1", "fal-ai/flux-lora"), ("flux2", "fal-ai/flux-2/lora")])
def test_it_is_proved_with_the_model_of_its_family(family: str, model_id: str) -> None:
    assert taker(CATALOGUE, replace(FLUX1, family=family)).id == model_id


def test_a_standing_figure_gets_a_tall_picture_unless_another_size_was_chosen() -> None:
    model = taker(CATALOGUE, FLUX1)
    assert proof_recipe(Recipe(model.id), model).values["image_size"] == "portrait_4_3"
    chosen = Recipe(model.id).with_value("image_size", "square_hd")
    assert proof_recipe(chosen, model) == chosen


def test_without_a_lora_or_with_an_unknown_family_it_is_said() -> None:
    with pytest.raises(UsageError, match="no LoRA yet"):
        newest(GLITCH.character)
    with pytest.raises(UsageError, match="No model is known to load"):
        taker(CATALOGUE, replace(FLUX1, family="sdxl"))
