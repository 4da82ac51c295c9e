"""The pose as a picture: where each model gets it, what it costs nothing to plan, and what is really sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from studio.config.catalogue import load_catalogue
from studio.domain.errors import UsageError
from studio.domain.job import JobState
from studio.domain.recipe import Guide, Recipe
from studio.imaging.openpose_read import limbs_seen, read_openpose
from studio.workflows.pose_guide import STAND_IN, draw_guide, guides, strength, wish_of
from studio.workflows.references import LoadedReference, load_reference, picture_of_uri
from studio.workflows.studio import Studio
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio

CONTROL = "fal-ai/z-image/turbo/controlnet"
GENERAL = "fal-ai/flux-general"
SEVERAL = "fal-ai/nano-banana/edit"
WORDS = "fal-ai/flux-2-flex"


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider(sandbox=True)


@pytest.fixture
def studio(tmp_path: Path, provider: FakeProvider) -> Studio:
    return fake_studio(tmp_path, provider)


def reference(folder: Path) -> LoadedReference:
    path = folder / "front.png"
    Image.new("RGB", (64, 96), "teal").save(path)
    return load_reference(path, "front.png")


def arguments(studio: Studio, recipe: Recipe, *given: LoadedReference) -> dict[str, object]:
    plan = studio.plan([studio.pose("running")], recipe, given)
    return dict(plan.jobs[0].request.arguments)


def test_a_control_model_is_sent_the_skeleton_as_it_is_and_the_mannequin_to_be_read(studio: Studio) -> None:
    bones = arguments(studio, Recipe(CONTROL, guide=Guide.SKELETON, guide_strength=0.6))
    clay = arguments(studio, Recipe(CONTROL, guide=Guide.MANNEQUIN))
    assert (bones["preprocess"], bones["control_scale"]) == ("none", 0.6)
    assert clay["preprocess"] == "pose" and "control_scale" not in clay
    assert str(bones["image_url"]).startswith(STAND_IN) and bones["image_url"] != clay["image_url"]


def test_flux_general_gets_an_easycontrol(studio: Studio) -> None:
    sent = arguments(studio, Recipe(GENERAL, guide=Guide.SKELETON, guide_strength=1.2))
    controls = sent["easycontrols"]
    assert isinstance(controls, list) and len(controls) == 1
    assert {**controls[0], "image_url": ""} == {
        "control_method_url": "pose",
        "image_url": "",
        "image_control_type": "spatial",
        "scale": 1.2,
    }
    with pytest.raises(UsageError, match="takes no mannequin"):
        arguments(studio, Recipe(GENERAL, guide=Guide.MANNEQUIN))


def test_a_model_of_several_references_gets_it_last_and_is_told_which_it_is(studio: Studio, tmp_path: Path) -> None:
    sent = arguments(studio, Recipe(SEVERAL, guide=Guide.SKELETON), reference(tmp_path))
    pictures = sent["image_urls"]
    assert isinstance(pictures, list) and len(pictures) == 2
    assert pictures[0].startswith("data:") and pictures[1].startswith(STAND_IN)
    assert "Image 2 is a pose skeleton" in str(sent["prompt"]) and "image 1" in str(sent["prompt"])


def test_words_alone_change_nothing(studio: Studio) -> None:
    plain, guided = Recipe(WORDS), Recipe(WORDS, guide=Guide.WORDS)
    assert arguments(studio, replace(plain, seed=1)).keys() == arguments(studio, replace(guided, seed=1)).keys()


def test_a_model_that_takes_none_says_so(studio: Studio) -> None:
    with pytest.raises(UsageError, match=r"takes no skeleton as a guide\."):
        arguments(studio, Recipe(WORDS, guide=Guide.SKELETON))


def test_a_strength_out_of_range_names_the_range(studio: Studio) -> None:
    with pytest.raises(UsageError, match="from 0 to 1"):
        arguments(studio, Recipe(CONTROL, guide=Guide.SKELETON, guide_strength=1.5))
    with pytest.raises(UsageError, match="from 0 to 2"):
        arguments(studio, Recipe(GENERAL, guide=Guide.SKELETON, guide_strength=2.5))
    with pytest.raises(UsageError, match="no strength"):
        arguments(studio, Recipe(SEVERAL, guide=Guide.SKELETON, guide_strength=0.5))


def test_a_control_model_without_a_guide_says_what_to_choose(studio: Studio) -> None:
    with pytest.raises(UsageError, match="needs a picture of the pose") as refused:
        arguments(studio, Recipe(CONTROL))
    assert "guide" in refused.value.remedy


def test_another_skeleton_is_another_guide_and_the_same_one_the_same(studio: Studio) -> None:
    recipe = Recipe(CONTROL, guide=Guide.SKELETON, seed=3)
    plan = studio.plan([studio.pose("running"), studio.pose("hero-stance"), studio.pose("running")], recipe)
    urls = [job.request.arguments["image_url"] for job in plan.jobs]
    assert urls[0] == urls[2] != urls[1]


def test_the_drawn_guide_is_a_skeleton_of_the_asked_size_and_is_drawn_once(studio: Studio, tmp_path: Path) -> None:
    recipe = Recipe(CONTROL, guide=Guide.SKELETON).with_value("image_size", {"width": 512, "height": 768})
    wish = wish_of(str(arguments(studio, recipe)["image_url"]))
    assert wish is not None
    path = draw_guide(wish, tmp_path)
    picture = Image.open(path)
    assert picture.size == (512, 768) and limbs_seen(read_openpose(picture)) >= 12
    stamp = path.stat().st_mtime_ns
    assert draw_guide(wish, tmp_path) == path and path.stat().st_mtime_ns == stamp


async def test_what_is_sent_is_the_picture_itself(studio: Studio, provider: FakeProvider) -> None:
    await studio.generate(studio.plan([studio.pose("running")], Recipe(CONTROL, guide=Guide.SKELETON)))
    await studio.engine.queue.idle()
    sent = provider.submitted[0].arguments
    assert picture_of_uri(str(sent["image_url"])) == (768, 1024)
    (job,) = studio.engine.desk.journal.jobs((JobState.STORED,))
    assert STAND_IN not in job.request.body
    await studio.close()


async def test_the_same_guided_request_is_found_to_be_bought_already(studio: Studio) -> None:
    recipe = replace(Recipe(CONTROL, guide=Guide.SKELETON), seed=7).with_value("seed", 7)
    plan = studio.plan([studio.pose("running")], recipe)
    await studio.generate(plan)
    await studio.engine.queue.idle()
    again = replace(plan, jobs=tuple(replace(job, id="another") for job in plan.jobs))
    assert len(await studio.duplicates(again)) == 1
    await studio.close()


def test_every_model_says_truly_which_guides_it_takes() -> None:
    ways = {model.id: guides(model) for model in load_catalogue().models}
    assert ways[CONTROL] == (Guide.WORDS, Guide.SKELETON, Guide.MANNEQUIN)
    assert ways[WORDS] == (Guide.WORDS,)
    assert all(kinds[0] is Guide.WORDS for kinds in ways.values())
    catalogue = load_catalogue()
    with_strength = [model.id for model in catalogue.models if strength(model) is not None]
    assert set(with_strength) <= {model for model, kinds in ways.items() if len(kinds) > 1}
