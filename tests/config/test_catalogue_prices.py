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
MP = 1024 * 1024
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
        ("fal-ai/flux-2-flex/edit", {"image_size": "square_hd"}, (MP, MP), "0.15"),
        ("fal-ai/flux-2-flex/edit", {"image_size": "auto"}, (2 * MP,), "0.20"),
        ("fal-ai/flux-2/edit", {"image_size": "square_hd"}, (MP, MP), "0.036"),
        ("fal-ai/flux-2/edit", {"image_size": "square_hd"}, (4 * MP,), "0.024"),
        ("fal-ai/flux-2-pro/edit", {"image_size": "square_hd"}, (MP, MP), "0.06"),
        ("fal-ai/flux-2-max/edit", {"image_size": "square_hd"}, (MP,), "0.10"),
        ("fal-ai/flux-2-pro", {"image_size": {"width": 2048, "height": 2048}}, (), "0.075"),
        ("fal-ai/flux-lora", {**PORTRAIT, "loras": [{"path": "x", "scale": 1}]}, (), "0.035"),
        ("fal-ai/nano-banana-2", {"resolution": "0.5K"}, (), "0.06"),
        ("fal-ai/nano-banana-2", {"resolution": "2K", "enable_web_search": True}, (), "0.135"),
        ("fal-ai/nano-banana-2", {"thinking_level": "high", "enable_web_search": True}, (), "0.097"),
        ("fal-ai/nano-banana-2", {"num_images": 4, "enable_web_search": True}, (), "0.335"),
        ("fal-ai/nano-banana-pro", {"resolution": "4K", "enable_web_search": True}, (), "0.315"),
        ("fal-ai/gpt-image-1.5", {"quality": "medium"}, (), "0.034"),
        ("fal-ai/gpt-image-1.5", {}, (), "0.133"),
        ("fal-ai/gpt-image-1.5", {"quality": "high", "image_size": "1536x1024", "num_images": 2}, (), "0.398"),
        ("fal-ai/z-image/turbo/controlnet", {"image_size": "square_hd"}, (MP,), "0.0065"),
        ("fal-ai/z-image/turbo/controlnet", {"image_size": "square_hd", "enable_prompt_expansion": True}, (), "0.0090"),
        ("fal-ai/kling-video/v2.6/pro/image-to-video", {"duration": "10"}, (), "1.40"),
        ("fal-ai/kling-video/v2.6/pro/image-to-video", {"duration": "10", "voice_ids": ["a"]}, (), "1.68"),
        ("fal-ai/kling-video/o3/standard/image-to-video", {"duration": "15", "generate_audio": True}, (), "1.68"),
        ("fal-ai/kling-video/o1/reference-to-video", {}, (), "0.56"),
        ("fal-ai/kling-video/v2/master/image-to-video", {}, (), None),
        ("fal-ai/veo3.1/reference-to-video", {"resolution": "4k", "generate_audio": False}, (), "3.2"),
        ("fal-ai/clarity-upscaler", {}, (MP,), "0.12"),
        ("fal-ai/clarity-upscaler", {"upscale_factor": 1.5}, (MP,), "0.09"),
        ("fal-ai/bria/background/remove", {}, (MP,), "0.018"),
        ("fal-ai/flux-lora-portrait-trainer", {"steps": 3000}, (), "7.2"),
        ("fal-ai/flux-lora-portrait-trainer", {}, (), "6"),
        ("fal-ai/flux-lora-fast-training", {}, (), "2"),
        ("fal-ai/flux-2-trainer", {"steps": 100}, (), "0.64"),
        ("fal-ai/dwpose", {}, (MP,), None),
        ("fal-ai/esrgan", {}, (MP,), None),
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


@pytest.mark.parametrize(
    ("endpoint", "arguments", "said"),
    [
        ("fal-ai/flux-2/lora", {"loras": [{"path": "x"}]}, "LoRA file above 2 GB"),
        ("fal-ai/flux-2/lora", {"loras": []}, ""),
        ("fal-ai/flux-2/lora", {}, ""),
        ("fal-ai/gpt-image-1.5", {}, "tokens"),
        ("fal-ai/gpt-image-1.5/edit", {"image_urls": ["x"]}, "Reference pictures add"),
        ("google/nano-banana-2.1", {}, "tokens"),
        ("fal-ai/flux-2-flex", {}, ""),
    ],
)
def test_a_part_of_the_price_that_only_fal_knows_is_said(endpoint: str, arguments: dict[str, Json], said: str) -> None:
    model = CATALOGUE.model(endpoint)
    assert model is not None
    unsure = estimate(model, arguments).unsure
    assert said in " ".join(unsure) if said else not unsure


def test_a_price_by_computing_time_tells_what_a_second_costs_but_no_amount() -> None:
    model = CATALOGUE.model("fal-ai/dwpose")
    assert model is not None
    price = estimate(model, {}, (MP,))
    assert (price.amount, price.units, price.unit_price) == (None, None, Decimal("0.0006"))


def test_what_is_charged_for_every_unit_is_in_the_unit_price() -> None:
    model = CATALOGUE.model("fal-ai/kling-video/v2.6/pro/image-to-video")
    assert model is not None
    price = estimate(model, {"duration": "5", "voice_ids": ["a"]})
    assert (price.units, price.unit_price) == (Decimal(5), Decimal("0.168"))
