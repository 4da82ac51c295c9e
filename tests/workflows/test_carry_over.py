"""Another model takes along what means the same there, and says what it does not."""

from __future__ import annotations

import pytest

from studio.config.catalogue import load_catalogue
from studio.domain.model import Model
from studio.domain.recipe import Recipe
from studio.domain.request import Json
from studio.workflows.carry_over import carried

CATALOGUE = load_catalogue()


def model(endpoint: str) -> Model:
    found = CATALOGUE.model(endpoint)
    assert found is not None
    return found


def moved(before: str, after: str, references: int = 0, /, **values: Json) -> tuple[dict[str, Json], str]:
    recipe = Recipe(before)
    for name, value in values.items():
        recipe = recipe.with_value(name, value)
    carried_over, words = carried(model(before), recipe, model(after), references)
    assert carried_over.model == after
    return dict(carried_over.values), words


def test_what_means_the_same_comes_along_without_a_word() -> None:
    chosen: dict[str, Json] = {"guidance_scale": 5.5, "num_inference_steps": 35, "image_size": "portrait_4_3"}
    assert moved("fal-ai/flux-2-flex", "fal-ai/flux/dev", **chosen) == (chosen, "")


def test_a_value_out_of_the_others_range_stays_behind_and_its_range_is_said() -> None:
    values, words = moved("fal-ai/flux-2-flex", "fal-ai/flux/schnell", num_inference_steps=35, guidance_scale=5.5)
    assert values == {"guidance_scale": 5.5}
    assert words == "FLUX.1 [schnell] does not take steps 35 (1 to 12); the rest came along."


def test_a_setting_the_other_does_not_have_is_named() -> None:
    values, words = moved("fal-ai/flux-general", "fal-ai/flux/dev", base_shift=1.0, negative_prompt="fog")
    assert values == {}
    assert "base shift and negative prompt" in words


@pytest.mark.parametrize(
    ("before", "after", "size", "name", "expected"),
    [
        ("fal-ai/flux-2-flex", "fal-ai/nano-banana", "portrait_4_3", "aspect_ratio", "3:4"),
        ("fal-ai/nano-banana", "fal-ai/flux-2-flex", "16:9", "image_size", "landscape_16_9"),
        ("fal-ai/nano-banana", "fal-ai/flux-2-flex", "1:1", "image_size", "square_hd"),
        ("fal-ai/flux-2-flex", "fal-ai/flux/dev", "square_hd", "image_size", "square_hd"),
    ],
)
def test_a_size_keeps_its_shape(before: str, after: str, size: str, name: str, expected: str) -> None:
    param = model(before).role("size")
    assert param is not None
    values, _ = moved(before, after, **{param.name: size})
    assert values == {name: expected}


def test_a_lora_of_another_family_stays_behind() -> None:
    loras: Json = [{"path": "a.safetensors", "scale": 0.8}]
    assert moved("fal-ai/flux-lora", "fal-ai/flux-general", loras=loras) == ({"loras": loras}, "")
    values, words = moved("fal-ai/flux-lora", "fal-ai/flux-2/lora", loras=loras)
    assert values == {} and "LoRAs of another family" in words


def test_pictures_the_other_cannot_take_are_said() -> None:
    assert "reference pictures" in moved("fal-ai/flux-2/edit", "fal-ai/flux/dev", 2)[1]
    assert "2 reference pictures (1 at most)" in moved("fal-ai/flux-2/edit", "fal-ai/flux-pro/kontext", 2)[1]
    assert moved("fal-ai/flux-pro/kontext", "fal-ai/flux-2/edit", 1)[1] == ""


@pytest.mark.parametrize("after", CATALOGUE.ids)
def test_whatever_comes_along_is_legal_there(after: str) -> None:
    from studio.workflows.arguments import checked

    values, _ = moved(
        *("fal-ai/flux-general", after, 1),
        guidance_scale=30,
        num_inference_steps=50,
        image_size={"width": 1440, "height": 900},
        negative_prompt="fog",
        loras=[{"path": "a.safetensors", "scale": 4}],
        strength=0.5,
    )
    target = model(after)
    for name, value in values.items():
        param = target.param(name)
        assert param is not None
        assert checked(target, param, value) == value
