"""What sets takes apart, in words."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from studio.config.catalogue import load_catalogue
from studio.domain.take import Take
from studio.workflows.take_settings import apart, prompt_words, settings_of

FLEX = "fal-ai/flux-2-flex"


def take(number: int, endpoint: str = FLEX, prompt: str = "a fox", **arguments: object) -> Take:
    return Take(
        *(f"a-{number:03}", "j", "a", "a.png", 768, 1024, 1.0, endpoint, number, "r"),
        prompt=prompt,
        arguments=json.dumps({"prompt": prompt, "seed": number, **arguments}),
        estimate=Decimal("0.05"),
    )


def test_only_what_differs_is_named() -> None:
    one, other = take(1, guidance_scale=3.5, num_inference_steps=28), take(2, guidance_scale=5, num_inference_steps=28)
    told = apart([one, other], load_catalogue().model)
    assert told == [["guidance scale 3.5", "seed 1"], ["guidance scale 5", "seed 2"]]


def test_another_model_another_price_and_a_draft_are_told() -> None:
    draft = replace(take(1, "fal-ai/flux/dev"), draft=True, estimate=Decimal("0.01"))
    told = apart([draft, take(1)], load_catalogue().model)
    assert told[0] == ["FLUX.1 [dev]", "$0.01", "draft"]
    assert told[1] == ["FLUX.2 [flex]", "$0.05", "final"]


def test_a_setting_that_only_one_of_them_has_is_missing_in_the_other() -> None:
    told = apart([take(1, enable_safety_checker=True), take(1)], load_catalogue().model)
    assert told == [["enable safety checker on"], ["no enable safety checker"]]


def test_words_of_the_prompt_are_told_from_the_first_ones() -> None:
    assert prompt_words("a fox in the rain", "a fox at night in the rain") == ["+at night"]
    assert prompt_words("a red fox", "a fox") == ["−red"]
    told = apart([take(1, prompt="a red fox"), take(1, prompt="a blue fox")], load_catalogue().model)
    assert told == [[], ["−red", "+blue"]]


def test_pictures_and_prompts_are_left_out_and_long_values_cut() -> None:
    rows = settings_of(take(1, image_url="data:" + "x" * 9000, note="y" * 500), load_catalogue().model(FLEX))
    values = dict(rows)
    assert "prompt" not in values and "seed" not in values
    assert all(len(value) <= 60 for value in values.values())
