"""`--set NAME=VALUE`: any setting of a model, checked against its schema."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call, money_of


def arguments(call: Call, project: Path, *flags: str) -> dict[str, Any]:
    """What would be sent for one pose."""
    said = call("render", project, "--dry-run", "--pose", "running", *flags)
    assert said.code == 0, said.err
    sent: dict[str, Any] = said.lines[0]["arguments"]
    return sent


@pytest.mark.parametrize(
    ("model", "flag", "name", "value"),
    [
        ("fal-ai/flux-2-flex", "enable_safety_checker=off", "enable_safety_checker", False),
        ("fal-ai/flux-2-flex", "safety_tolerance=5", "safety_tolerance", "5"),
        ("fal-ai/flux-2-flex", "guidance=4", "guidance_scale", 4),
        ("fal-ai/flux-2-flex", "image_size=900x1200", "image_size", {"width": 900, "height": 1200}),
        ("fal-ai/flux/dev", "acceleration=HIGH", "acceleration", "high"),
        ("fal-ai/flux-general", "negative-prompt=fog, rain", "negative_prompt", "fog, rain"),
        (
            "fal-ai/flux-lora",
            "loras=https://a.b/c.safetensors@0.8",
            "loras",
            [{"path": "https://a.b/c.safetensors", "scale": 0.8}],
        ),
    ],
)
def test_a_setting_is_sent_as_its_schema_has_it(
    call: Call, project: Path, model: str, flag: str, name: str, value: object
) -> None:
    assert arguments(call, project, "--model", model, "--set", flag)[name] == value


def test_several_settings_and_one_taken_back(call: Call, project: Path) -> None:
    sent = arguments(call, project, "--set", "safety_tolerance=5", "--set", "guidance_scale=default")
    assert sent["safety_tolerance"] == "5"
    assert sent["guidance_scale"] == 3.5


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("guidance_scale=99", "1.5 to 10"),
        ("num_inference_steps=5.5", "whole number"),
        ("safety_tolerance=9", "1, 2, 3, 4, 5"),
        ("enable_safety_checker=perhaps", "on or off"),
        ("guidence_scale=4", "guidance_scale"),
        ("image_size=9x9", "64 to 14142"),
        ("guidance_scale", "NAME=VALUE"),
        ("prompt=a fox", "character, pose and style"),
        ("seed=4", "--seed"),
    ],
)
def test_what_cannot_be_set_is_refused_with_its_range(call: Call, project: Path, flag: str, words: str) -> None:
    said = call("estimate", project, "--set", flag)
    assert said.code == 2
    assert said.out == ""
    assert words in said.err and len(said.err.splitlines()) == 1


def test_a_setting_that_costs_more_is_in_the_estimate(call: Call, project: Path) -> None:
    flags = ("estimate", project, "--pose", "running", "--model", "fal-ai/nano-banana-pro")
    assert money_of(call(*flags).lines[-1], "estimate") == Decimal("0.15")
    assert money_of(call(*flags, "--set", "resolution=4K").lines[-1], "estimate") == Decimal("0.30")


def test_an_edit_model_without_a_picture_names_the_flag(call: Call, project: Path) -> None:
    said = call("estimate", project, "--model", "fal-ai/flux-pro/kontext")
    assert said.code == 2
    assert "--reference FILE" in said.err
