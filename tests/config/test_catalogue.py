"""The catalogue of models: complete, consistent, quick to look into, open to the user's own entries."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from studio.config.catalogue import Catalogue, load_catalogue
from studio.config.paths import share, user_share
from studio.config.toml_table import read_table
from studio.domain.model import IMAGE_SIZES, Model

ROLES = {
    *("", "prompt", "negative-prompt", "size", "seed", "steps", "guidance", "count", "format", "image", "images"),
    *("mask", "strength", "lora", "safety", "transport", "speed", "quality", "duration", "audio", "archive"),
    *("trigger", "elements", "style-images"),
}
WHOLE = load_catalogue()
READ = [model for model in WHOLE.models if not model.unread]
"""The endpoints whose parameters were read from fal."""


@pytest.fixture
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def own() -> Path:
    folder = user_share("presets/models")
    folder.mkdir(parents=True)
    return folder


def test_it_holds_every_endpoint_once() -> None:
    assert len(READ) == 74
    assert len(set(WHOLE.ids)) == len(WHOLE.ids) == 96
    assert [model.id for model in WHOLE.models] == list(WHOLE.ids)
    assert sum(len(model.params) for model in READ) == 759
    assert not WHOLE.problems


def test_no_shipped_entry_is_overlooked_by_the_quick_way_in() -> None:
    ids = [
        entry.text("id")
        for path in sorted(share("presets/models").glob("*.toml"))
        for entry in read_table(path).tables("model")
    ]
    assert list(WHOLE.ids) == ids


@pytest.mark.parametrize("model", WHOLE.models, ids=lambda model: model.id)
def test_an_entry_is_whole_and_its_own_defaults_are_allowed(model: Model) -> None:
    assert model.title and model.vendor and model.family and model.best_for.endswith(".")
    assert model.price.confidence in {"confirmed", "secondary", "unconfirmed"}
    assert model.price.source
    assert model.price.amount is None or model.price.amount > 0
    for param in model.params:
        assert param.role in ROLES, param.name
        if param.type == "image_size" and isinstance(param.default, str):
            assert param.default in param.enum
        if param.enum and param.type == "image_size":
            assert set(IMAGE_SIZES) <= set(param.enum) | {"square_hd"}
    if model.sweet and (guidance := model.role("guidance")):
        assert guidance.min is not None and guidance.max is not None
        assert guidance.min <= model.sweet.low <= model.sweet.best <= model.sweet.high <= guidance.max
    limits = model.role("steps")
    for steps in (model.final_steps, model.draft_steps):
        if steps is not None:
            assert limits is not None and limits.min is not None and limits.max is not None
            assert limits.min <= steps <= limits.max


FIRST = {
    "fal-ai/flux/schnell": ("num_inference_steps", 4, 1, 12, "guidance_scale", 3.5, 1, 20, "0.003"),
    "fal-ai/flux/dev": ("num_inference_steps", 28, 1, 50, "guidance_scale", 3.5, 1, 20, "0.025"),
    "fal-ai/flux-2": ("num_inference_steps", 28, 4, 50, "guidance_scale", 2.5, 0, 20, "0.012"),
    "fal-ai/flux-2-flex": ("num_inference_steps", 28, 2, 50, "guidance_scale", 3.5, "1.5", 10, "0.05"),
}


@pytest.mark.parametrize("endpoint", FIRST)
def test_steps_and_guidance_of_the_first_endpoints_are_fals(endpoint: str, catalogue: Catalogue) -> None:
    model = catalogue.model(endpoint)
    assert model is not None
    steps, guidance = model.role("steps"), model.role("guidance")
    assert steps is not None and guidance is not None
    found = (
        steps.name,
        steps.default,
        steps.min,
        steps.max,
        guidance.name,
        guidance.default,
        guidance.min,
        guidance.max,
    )
    *expected, price = FIRST[endpoint]
    expected[6] = Decimal(str(expected[6]))
    assert list(found) == expected
    assert isinstance(guidance.default, float)
    assert model.price.amount == Decimal(price)


@pytest.mark.parametrize(
    ("endpoint", "missing", "present"),
    [
        ("fal-ai/flux-2-pro", ("steps", "guidance", "count"), ("prompt", "size", "seed", "format")),
        ("fal-ai/flux-pro/v1.1", ("steps", "guidance"), ("prompt", "size", "seed", "count", "format")),
        ("fal-ai/flux-pro/kontext", ("steps", "images"), ("prompt", "image", "seed", "guidance", "count")),
        ("fal-ai/flux-2-flex", ("count", "image"), ("prompt", "size", "seed", "steps", "guidance", "format")),
    ],
)
def test_what_an_endpoint_does_not_take_is_not_in_it(
    endpoint: str, missing: tuple[str, ...], present: tuple[str, ...], catalogue: Catalogue
) -> None:
    model = catalogue.model(endpoint)
    assert model is not None
    assert all(model.role(role) is None for role in missing)
    assert all(model.role(role) is not None for role in present)


def test_how_many_have_no_seed_and_no_count() -> None:
    assert sum(model.role("seed") is None for model in READ) == 17
    assert sum(model.role("count") is None for model in READ) == 24


def test_a_deprecated_endpoint_names_one_that_lives() -> None:
    gone = [model for model in WHOLE.models if model.deprecated]
    assert len(gone) == 5
    for model in gone:
        newer = WHOLE.model(model.newer)
        assert newer is not None and not newer.deprecated
        assert model.price.amount is None


def test_an_endpoint_that_was_never_read_says_so_and_the_others_say_when_they_were() -> None:
    assert {model.id for model in WHOLE.models if model.unread} >= {
        "google/nano-banana-2.1",
        "google/nano-banana-2.1/edit",
        "fal-ai/kling-video/v4/image-to-video",
        "bytedance/seedream/v5/pro/edit",
        "fal-ai/feynobg",
    }
    assert all(model.schema.startswith("2026-") for model in READ)


def test_what_code_needs_beside_the_arguments_is_in_the_values() -> None:
    def model(endpoint: str) -> Model:
        found = WHOLE.model(endpoint)
        assert found is not None
        return found

    lora = model("fal-ai/flux-lora").lora
    assert lora is not None and (lora.field, lora.scale_low, lora.scale_high) == (
        "loras",
        Decimal("0.5"),
        Decimal("1.5"),
    )
    assert model("fal-ai/flux-lora/inpainting").mask == "mask_url"
    limits = model("fal-ai/flux-2").size_limits
    assert limits is not None and (limits.min, limits.max) == (512, 2048)
    dataset = model("fal-ai/flux-2-trainer").dataset
    assert dataset is not None and (dataset.field, dataset.min_images) == ("image_data_url", 10)
    assert "caption" in dataset.captions
    assert model("fal-ai/flux-2-trainer").infer_with == ("fal-ai/flux-2/lora", "fal-ai/flux-2/lora/edit")
    pose = model("fal-ai/z-image/turbo/controlnet").pose
    assert pose is not None and pose.fields[0] == "preprocess"
    assert model("fal-ai/flux-pro/v1.1-ultra").reference_strength == "image_prompt_strength"
    assert model("fal-ai/veo3.1/first-last-frame-to-video").reference_fields == ("first_frame_url", "last_frame_url")
    assert all(model.infer_with for model in READ if model.kind == "train")


@pytest.mark.parametrize("model", WHOLE.models, ids=lambda model: model.id)
def test_every_argument_an_entry_speaks_of_is_one_of_its_own(model: Model) -> None:
    named = [*model.reference_fields, model.reference_strength, model.mask, *(model.pose.fields if model.pose else ())]
    named += [model.lora.field if model.lora else "", model.dataset.field if model.dataset else ""]
    assert all(model.param(name) for name in named if name)
    assert all(WHOLE.model(endpoint) for endpoint in model.infer_with)


def test_the_characters_pictures_do_not_go_where_a_style_is_asked_for() -> None:
    model = WHOLE.model("fal-ai/ideogram/character")
    assert model is not None
    images = model.role("images")
    assert images is not None and images.name == "reference_image_urls"


def test_flex_says_its_sweet_spot_and_its_steps(catalogue: Catalogue) -> None:
    model = catalogue.model("fal-ai/flux-2-flex")
    assert model is not None and model.sweet is not None
    assert (model.sweet.low, model.sweet.best, model.sweet.high) == (Decimal("5.0"), Decimal("5.5"), Decimal("6.5"))
    assert (model.draft_steps, model.final_steps) == (12, 35)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("flux-2-flex", "fal-ai/flux-2-flex"),
        ("fal-ai/flux-2-flx", "fal-ai/flux-2-flex"),
        ("FAL-AI/FLUX/DEV/", "fal-ai/flux/dev"),
        ("fal-ai/flux-dev", "fal-ai/flux/dev"),
        ("fal-ai/easycontrols", "fal-ai/flux-general"),
        ("something else entirely", None),
    ],
)
def test_a_mistyped_id_finds_the_one_that_was_meant(asked: str, meant: str | None, catalogue: Catalogue) -> None:
    assert catalogue.model(asked) is None
    assert catalogue.did_you_mean(asked) == meant


def test_the_user_changes_one_price_and_the_rest_stays(own: Path) -> None:
    (own / "mine.toml").write_text(
        '[[model]]\nid = "fal-ai/flux-2-flex"\n[model.price]\namount = 0.04\n'
        '[[model.param]]\nname = "guidance_scale"\ndefault = 5.5\n'
    )
    model = load_catalogue().model("fal-ai/flux-2-flex")
    assert model is not None
    assert model.price.amount == Decimal("0.04")
    assert model.price.unit == "megapixel"
    assert model.title == "FLUX.2 [flex]"
    guidance = model.param("guidance_scale")
    assert guidance is not None and (guidance.default, guidance.max) == (5.5, Decimal(10))
    assert len(model.params) == 9


def test_the_user_adds_a_model(own: Path) -> None:
    (own / "mine.toml").write_text(
        '[[model]]\nid = "me/my-model"\nkind = "text-to-image"\n'
        '[[model.param]]\nname = "prompt"\ntype = "string"\nrequired = true\nrole = "prompt"\n'
    )
    catalogue = load_catalogue()
    model = catalogue.model("me/my-model")
    assert model is not None and model.price.amount is None
    assert catalogue.ids[-1] == "me/my-model"
    assert catalogue.models[-1] == model


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[model]]\nid = "nothing"\n', "line 2, model 1, key id: expected an endpoint such as"),
        ('[[model]]\ntitle = "x"\n', "line 1, model 1, key id: this key is missing"),
        ('[[model]]\nid = "a/b"\nkind = "text2image"\n', "line 3, model 1, key kind: expected one of"),
        (
            '[[model]]\nid = "a/b"\n[model.price]\namount = "much"\n',
            "line 4, model 1, key price.amount: expected an amount",
        ),
        ('[[model]]\nid = "a/b"\n[model.price]\nfirst_amount = 1\n', "key price.extra_amount: expected both"),
        ('[[model]]\nid = "a/b"\n[[model.param]]\nname = "x"\ntype = "enum"\n', "param 1, key enum: expected a list"),
        (
            '[[model]]\nid = "a/b"\n[[model.param]]\nname = "x"\ntype = "integer"\ndefault = 9\nmax = 3\n',
            "of at most 3",
        ),
        ('[[model]]\nid = "fal-ai/flux-2-flex"\nspeed_s = "fast"\n', "line 3, model 1, key speed_s: expected a number"),
        ("[[model]\n", "line 1: "),
    ],
)
def test_a_broken_entry_of_the_users_is_told_and_left_out(own: Path, text: str, told: str) -> None:
    (own / "broken.toml").write_text(text)
    (own / "good.toml").write_text('[[model]]\nid = "me/good"\n')
    catalogue = load_catalogue()
    assert len(catalogue.problems) == 1
    assert "presets/models/broken.toml" in catalogue.problems[0]
    assert told in catalogue.problems[0]
    assert len(catalogue.models) == len(WHOLE.ids) + 1
    flex = catalogue.model("fal-ai/flux-2-flex")
    assert flex is not None and flex.speed_s == 30


def test_looking_up_one_model_does_not_read_the_others() -> None:
    code = (
        "import tomllib; seen = []; plain = tomllib.loads\n"
        "def loads(text, **options):\n    seen.append(len(text)); return plain(text, **options)\n"
        "tomllib.loads = loads\n"
        "from studio.config.catalogue import load_catalogue\n"
        "load_catalogue().model('fal-ai/flux-2-flex'); print(len(seen))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
