"""Poses × recipe × takes become exact, priced Requests."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from studio.config.catalogue import load_catalogue
from studio.domain.character import Character
from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.pose import Pose
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.request import Json
from studio.domain.style import Style
from studio.workflows.arguments import checked, parse_size
from studio.workflows.plan import Plan, PlanContext, make_plan, new_job_id
from studio.workflows.references import LoadedReference
from studio.workflows.seeds import parse_seeds, seed_words

CATALOGUE = load_catalogue()
GLITCH = Character(name="Glitch", description="A petite girl", style="toon", negative="blurry")
POSES = [Pose("hero-stance", "Standing tall"), Pose("running", "Sprinting"), Pose("sitting", "Sitting down")]
REFERENCE = LoadedReference("references/front.png", "ab" * 32, "data:image/png;base64,AA==", 1024, 1024)


def model(model_id: str) -> Model:
    found = CATALOGUE.model(model_id)
    assert found is not None
    return found


def plan(recipe: Recipe, poses: list[Pose] = POSES, references: tuple[LoadedReference, ...] = ()) -> Plan:
    seeds = itertools.count(100)
    context = PlanContext(
        session="s",
        sandbox=False,
        styles={"toon": Style("toon", "Toon", "3D cartoon")},
        now=lambda: 1.0,
        new_seed=lambda: next(seeds),
    )
    return make_plan(GLITCH, poses, model(recipe.model), recipe, context, references)


def values(**given: Json) -> MappingProxyType[str, Json]:
    return MappingProxyType(given)


def test_glitchs_recipe_sends_exactly_what_decisions_say() -> None:
    chosen = values(guidance_scale=5.5, num_inference_steps=35, image_size="portrait_4_3")
    job = plan(Recipe("fal-ai/flux-2-flex", chosen)).jobs[0]
    assert job.request.arguments == {
        "prompt": "A petite girl. Standing tall. 3D cartoon.",
        "seed": 100,
        "image_size": "portrait_4_3",
        "guidance_scale": 5.5,
        "num_inference_steps": 35,
        "output_format": "png",
    }
    assert (job.estimate, job.unit_price, job.request.seed) == (Decimal("0.05"), Decimal("0.05"), 100)


def test_every_picture_is_a_request_of_its_own_with_its_own_seed() -> None:
    six = plan(Recipe("fal-ai/flux/dev", takes=2))
    assert [job.pose for job in six.jobs] == ["hero-stance"] * 2 + ["running"] * 2 + ["sitting"] * 2
    assert len({job.request.seed for job in six.jobs}) == 6
    assert all(job.request.arguments["num_images"] == 1 for job in six.jobs)
    assert six.estimate == Decimal("0.15")


def test_a_fixed_seed_never_buys_the_same_picture_twice() -> None:
    jobs = plan(Recipe("fal-ai/flux/dev", seed_policy=SeedPolicy.FIXED, seed=7, takes=2), POSES[:1]).jobs
    assert [job.request.seed for job in jobs] == [7, 8]
    assert jobs[0].request != jobs[1].request


def test_a_draft_takes_fewer_steps_and_a_final_the_wanted_ones() -> None:
    chosen = values(num_inference_steps=35)
    draft = plan(Recipe("fal-ai/flux-2-flex", chosen, draft=True)).jobs[0]
    steps = draft.request.arguments["num_inference_steps"]
    assert isinstance(steps, int)
    assert 10 <= steps <= 15
    assert draft.provenance.draft
    assert plan(Recipe("fal-ai/flux-2-flex", chosen)).jobs[0].request.arguments["num_inference_steps"] == 35


def test_negative_wishes_go_only_where_a_model_takes_them() -> None:
    assert "negative_prompt" not in plan(Recipe("fal-ai/flux/dev")).jobs[0].request.arguments
    qwen = plan(Recipe("fal-ai/qwen-image-edit-2511"), references=(REFERENCE,)).jobs[0].request.arguments
    assert qwen["negative_prompt"] == "blurry"


def test_kontext_takes_one_reference_as_a_data_uri_and_says_when_it_is_missing() -> None:
    arguments = plan(Recipe("fal-ai/flux-pro/kontext"), references=(REFERENCE,)).jobs[0].request.arguments
    assert arguments["image_url"] == REFERENCE.uri
    with pytest.raises(UsageError, match="edits a picture"):
        plan(Recipe("fal-ai/flux-pro/kontext"))
    with pytest.raises(UsageError, match="1 reference pictures at most, not 2"):
        plan(Recipe("fal-ai/flux-pro/kontext"), references=(REFERENCE, REFERENCE))
    with pytest.raises(UsageError, match="takes no reference"):
        plan(Recipe("fal-ai/flux/dev"), references=(REFERENCE,))


def test_reference_megapixels_are_in_the_price() -> None:
    edit = plan(Recipe("fal-ai/flux-2-flex/edit", values(image_size="portrait_4_3")), POSES[:1], (REFERENCE,))
    assert edit.estimate == Decimal("0.10")


@pytest.mark.parametrize(
    ("model_id", "chosen", "said"),
    [
        ("fal-ai/flux-2-flex", {"guidance_scale": 11}, "goes from 1.5 to 10"),
        ("fal-ai/flux-2-flex", {"num_inference_steps": 1}, "goes from 2 to 50"),
        ("fal-ai/flux/dev", {"num_inference_steps": 2.5}, "whole number"),
        ("fal-ai/flux/dev", {"output_format": "tiff"}, "one of jpeg, png"),
        ("fal-ai/flux/dev", {"enable_safety_checker": "yes"}, "on or off"),
        ("fal-ai/flux/dev", {"image_size": "huge"}, "no size"),
        ("fal-ai/flux/dev", {"image_size": {"width": 9, "height": 9}}, "from 64"),
    ],
)
def test_a_value_out_of_range_says_the_range_and_nothing_is_clamped(
    model_id: str, chosen: dict[str, Json], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        plan(Recipe(model_id, MappingProxyType(chosen)))


def test_what_the_model_does_not_know_is_left_out() -> None:
    arguments = plan(Recipe("fal-ai/flux-2-pro", values(guidance_scale=3))).jobs[0].request.arguments
    assert "guidance_scale" not in arguments
    assert "num_images" not in arguments


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(UsageError, match="no pose"):
        plan(Recipe("fal-ai/flux/dev"), [])


def test_sizes_are_read_as_presets_or_pixels_and_become_the_nearest_ratio_where_a_model_wants_one() -> None:
    assert parse_size(model("fal-ai/flux/dev"), "640x960") == ({"image_size": {"width": 640, "height": 960}}, "")
    assert parse_size(model("fal-ai/flux/dev"), "square_hd") == ({"image_size": "square_hd"}, "")
    chosen, said = parse_size(model("fal-ai/flux-pro/kontext"), "768x1024")
    assert chosen == {"aspect_ratio": "3:4"}
    assert "became 3:4" in said
    with pytest.raises(UsageError, match="is no size"):
        parse_size(model("fal-ai/flux/dev"), "big")


def test_job_ids_do_not_repeat_and_sort_by_time() -> None:
    ids = [new_job_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert [name[:8] for name in ids] == sorted(name[:8] for name in ids)


def seeded(recipe: Recipe, poses: list[Pose], last: int | None) -> list[int | None]:
    context = PlanContext("s", True, {}, new_seed=lambda: 100, last_seed=lambda: last)
    return [job.request.seed for job in make_plan(GLITCH, poses, model(recipe.model), recipe, context).jobs]


def test_the_next_seed_follows_the_last_one_used_and_goes_on_counting() -> None:
    recipe = Recipe("fal-ai/flux/dev", seed_policy=SeedPolicy.NEXT, takes=2)
    assert seeded(recipe, POSES[:2], 41) == [42, 43, 44, 45]
    assert seeded(recipe, POSES[:2], 2**31 - 2) == [2**31 - 1, 0, 1, 2]
    assert seeded(recipe, POSES[:2], None) == [100, 101, 102, 103]


def test_a_list_of_seeds_is_a_take_of_each_and_never_the_same_twice() -> None:
    recipe = parse_seeds("5, 3,4").on(Recipe("fal-ai/flux/dev"))
    assert seeded(recipe, POSES[:2], None) == [5, 3, 4, 5, 3, 4]
    assert seeded(replace(recipe, takes=5), POSES[:1], None) == [5, 3, 4, 6, 7]


def test_a_pose_locked_to_a_seed_keeps_it_under_every_policy() -> None:
    poses = [replace(POSES[0], seed=7), POSES[1]]
    for wish, other in (("new", 100), ("11", 11), ("next", 42), ("5,6", 5)):
        recipe = replace(parse_seeds(wish).on(Recipe("fal-ai/flux/dev")), takes=1)
        assert seeded(recipe, poses, 41) == [7, other]
    assert seeded(Recipe("fal-ai/flux/dev", takes=2), poses[:1], 41) == [7, 8]


@pytest.mark.parametrize("text", ["new", "next", "7", "1, 2, 3"])
def test_seeds_are_told_as_they_are_typed(text: str) -> None:
    assert seed_words(parse_seeds(text).on(Recipe("m"))) == text


@pytest.mark.parametrize(
    ("text", "said"), [("x", "0 to 2147483647"), ("2147483648", "0 to"), ("1,1", "twice"), (",", "2 to 100")]
)
def test_what_is_no_seed_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_seeds(text)


def test_a_whole_number_is_one_number_however_it_was_typed() -> None:
    fixed = Recipe("fal-ai/flux/dev", seed_policy=SeedPolicy.FIXED, seed=7)
    requests = {plan(fixed.with_value("guidance_scale", value)).jobs[0].request for value in (4, 4.0)}
    assert len(requests) == 1


@pytest.mark.parametrize(("width", "height"), [(256, 1024), (1024, 2049), (511, 512)])
def test_a_size_beyond_what_the_model_takes_names_its_pixels(width: int, height: int) -> None:
    with pytest.raises(UsageError, match="512 to 2048 pixels"):
        plan(Recipe("fal-ai/flux-2", values(image_size={"width": width, "height": height})))


def test_a_size_at_the_edge_of_what_the_model_takes_is_sent() -> None:
    job = plan(Recipe("fal-ai/flux-2", values(image_size={"width": 512, "height": 2048}))).jobs[0]
    assert job.request.arguments["image_size"] == {"width": 512, "height": 2048}


def test_a_part_of_the_price_that_only_fal_knows_is_among_the_notes() -> None:
    loras: Json = [{"path": "https://example.com/glitch.safetensors", "scale": 1}]
    assert "2 GB" in " ".join(plan(Recipe("fal-ai/flux-2/lora", values(loras=loras))).notes)
    assert not plan(Recipe("fal-ai/flux-2/lora")).notes


def test_a_number_out_of_a_few_is_one_of_them() -> None:
    seven = replace(model("fal-ai/flux-2-flex"), params=(Param("times", "integer", enum=("1", "2")),))
    assert checked(seven, seven.params[0], 2) == 2
    with pytest.raises(UsageError, match="one of 1, 2"):
        checked(seven, seven.params[0], 3)


def test_a_number_with_one_bound_names_that_bound() -> None:
    tile = model("fal-ai/esrgan")
    with pytest.raises(UsageError, match="is at least 0, not -1"):
        checked(tile, Param("tile", "integer", min=Decimal(0)), -1)
