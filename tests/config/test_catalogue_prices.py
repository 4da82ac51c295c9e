"""What pictures cost by the shipped catalogue, against examples fal's own price texts give."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.config.catalogue import load_catalogue
from studio.domain.price import estimate
from studio.domain.request import Json

CATALOGUE = load_catalogue()
SIZE_1 = {"image_size": {"width": 1024, "height": 768}}
SIZE_2 = {"image_size": {"width": 1920, "height": 1080}}
PORTRAIT = {"image_size": "portrait_4_3"}


@pytest.mark.parametrize(
    ("endpoint", "arguments", "references", "usd"),
    [
        ("fal-ai/flux/schnell", SIZE_1, (), "0.003"),
        ("fal-ai/flux/schnell", SIZE_2, (), "0.006"),
        ("fal-ai/flux/dev", {**SIZE_1, "num_images": 4}, (), "0.1"),
        ("fal-ai/flux/dev", {"image_size": "square"}, (), "0.025"),
        ("fal-ai/flux-pro/v1.1", SIZE_2, (), "0.08"),
        ("fal-ai/flux-pro/v1.1-ultra", {}, (), "0.06"),
        ("fal-ai/flux-2", PORTRAIT, (), "0.012"),
        ("fal-ai/flux-2-flex", PORTRAIT, (), "0.05"),
        ("fal-ai/flux-2-flex", {**PORTRAIT, "num_inference_steps": 50}, (), "0.05"),
        ("fal-ai/flux-2-flex/edit", PORTRAIT, (1024 * 1024,), "0.10"),
        ("fal-ai/flux-2-pro", {"image_size": "square_hd"}, (), "0.03"),
        ("fal-ai/flux-2-pro", {"image_size": "square"}, (), "0.03"),
        ("fal-ai/flux-2-pro", SIZE_2, (), "0.045"),
        ("fal-ai/flux-2-pro/edit", {"image_size": "square_hd"}, (512 * 512,), "0.045"),
        ("fal-ai/flux-2-max", SIZE_2, (), "0.10"),
        ("fal-ai/flux-2/turbo/edit", {"image_size": "square_hd"}, (512 * 512,), "0.016"),
        ("fal-ai/flux-pro/kontext", {}, (1024 * 1024,), "0.04"),
        ("fal-ai/ideogram/character", {"rendering_speed": "TURBO"}, (), "0.10"),
        ("fal-ai/ideogram/character", {}, (), "0.15"),
        ("fal-ai/ideogram/character", {"rendering_speed": "QUALITY", "num_images": 2}, (), "0.40"),
        ("fal-ai/nano-banana-2", {"resolution": "4K"}, (), "0.16"),
        ("fal-ai/gpt-image-1.5", {"quality": "low", "image_size": "1024x1536"}, (), "0.013"),
        ("fal-ai/veo3.1", {"duration": "8s"}, (), "3.2"),
        ("fal-ai/veo3.1", {"duration": "8s", "generate_audio": False}, (), "1.6"),
        ("fal-ai/veo3.1", {"duration": "4s", "resolution": "4k"}, (), "2.4"),
        ("fal-ai/kling-video/v2.6/pro/image-to-video", {"duration": "5", "generate_audio": False}, (), "0.35"),
        ("fal-ai/flux-2-trainer", {}, (), "6.4"),
        ("fal-ai/flux-2-trainer", {"steps": 2000}, (), "12.8"),
        ("fal-ai/flux-lora-portrait-trainer", {"steps": 500}, (), "2.4"),
        ("fal-ai/flux-lora-fast-training", {"steps": 2000}, (), "4"),
        ("fal-ai/instant-character", {}, (), None),
        ("fal-ai/birefnet/v2", {}, (), None),
    ],
)
def test_a_picture_costs_what_fal_says(
    endpoint: str, arguments: dict[str, Json], references: tuple[int, ...], usd: str | None
) -> None:
    model = CATALOGUE.model(endpoint)
    assert model is not None
    amount = estimate(model, arguments, references).amount
    assert amount == (None if usd is None else Decimal(usd))
    assert amount is None or isinstance(amount, Decimal)


def test_six_poses_of_glitch_cost_thirty_cents() -> None:
    model = CATALOGUE.model("fal-ai/flux-2-flex")
    assert model is not None
    assert sum((estimate(model, PORTRAIT).amount or Decimal(0) for _ in range(6)), Decimal(0)) == Decimal("0.30")
