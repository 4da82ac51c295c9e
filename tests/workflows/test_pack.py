"""A pack is one request per view, each exactly what its endpoint takes, with its price known before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from studio.config.catalogue import load_catalogue
from studio.config.presets import Presets
from studio.domain.character import Character, Reference
from studio.domain.errors import UsageError
from studio.domain.pack import STANDARD, PackView, view_named, view_of_pose, wanted_views
from studio.domain.recipe import Recipe
from studio.workflows.pack import (
    FIRST_CHOICE,
    PackWish,
    own_references,
    pack_models,
    pack_plan,
    with_pack_poses,
)
from studio.workflows.plan import Plan, PlanContext
from studio.workflows.references import LoadedReference

CATALOGUE = load_catalogue()
GLITCH = Presets().character("glitch").character
FACE = LoadedReference("references/front.png", "ab" * 32, "data:image/png;base64,AA==", 768, 1024)
SIDE = LoadedReference("references/side.png", "cd" * 32, "data:image/png;base64,AB==", 768, 1024)
QWEN = "fal-ai/qwen-image-edit-2511-multiple-angles"
GALLERY = "fal-ai/flux-2-lora-gallery/multiple-angles"


def pack(
    model_id: str = FIRST_CHOICE,
    views: tuple[PackView, ...] = STANDARD,
    references: tuple[LoadedReference, ...] = (FACE,),
    takes: int = 1,
    character: Character = GLITCH,
) -> Plan:
    model = CATALOGUE.model(model_id)
    assert model is not None
    context = PlanContext("s", True, {}, new_seed=lambda: 77)
    return pack_plan(character, PackWish(model, views, references, takes), Recipe, context)


def test_six_views_of_ideogram_character_leave_the_prompt_as_it_is_and_say_their_price() -> None:
    plan = pack()
    assert [job.pose for job in plan.jobs] == [
        *("pack front", "pack three-quarter", "pack side", "pack back", "pack neutral", "pack smile"),
    ]
    for job in plan.jobs:
        arguments = job.request.arguments
        assert arguments["expand_prompt"] is False
        assert arguments["reference_image_urls"] == [FACE.uri]
        assert arguments["seed"] == 77
        assert GLITCH.description.split(",")[0] in job.request.prompt
    assert plan.estimate == Decimal("0.90")


def test_only_the_first_reference_is_sent_where_only_the_first_counts_and_it_is_said() -> None:
    plan = pack(references=(FACE, SIDE))
    assert {tuple(job.request.arguments["reference_image_urls"]) for job in plan.jobs} == {(FACE.uri,)}  # type: ignore[arg-type]
    assert plan.notes == ("Ideogram V3 Character looks at only the first one of 2 references.",)


def test_a_model_of_several_references_gets_them_all() -> None:
    (job, *_) = pack("fal-ai/flux-2/edit", references=(FACE, SIDE)).jobs
    assert job.request.arguments["image_urls"] == [FACE.uri, SIDE.uri]
    assert [path for path, _ in job.provenance.references] == [FACE.path, SIDE.path]


@pytest.mark.parametrize("model_id", [QWEN, GALLERY])
def test_camera_models_are_steered_by_degrees_and_get_no_prompt(model_id: str) -> None:
    plan = pack(model_id)
    turns = {job.pose: job.request.arguments["horizontal_angle"] for job in plan.jobs}
    assert (turns["pack front"], turns["pack side"], turns["pack back"]) == (0, 90, 180)
    assert all("prompt" not in job.request.arguments for job in plan.jobs)


def test_what_a_camera_cannot_change_is_left_out_and_said_unless_words_are_taken() -> None:
    plan = pack(GALLERY)
    assert {"pack neutral", "pack smile"}.isdisjoint(job.pose for job in plan.jobs)
    assert "only moves the camera, so neutral, smile cannot be drawn" in plan.notes[0]
    words = {job.pose: job.request.arguments.get("additional_prompt") for job in pack(QWEN).jobs}
    assert "smile" in str(words["pack smile"])
    assert words["pack side"] is None


def test_every_model_that_is_offered_can_be_planned() -> None:
    offered = pack_models(CATALOGUE)
    assert offered[0].id == FIRST_CHOICE
    assert {QWEN, GALLERY, "fal-ai/flux-2/edit", "fal-ai/nano-banana-2/edit"} <= {model.id for model in offered}
    for model in offered:
        assert pack(model.id).jobs


def test_more_takes_of_a_view_have_seeds_of_their_own() -> None:
    seeds = [job.request.seed for job in pack(views=STANDARD[:2], takes=2).jobs]
    assert seeds == [77, 78, 77, 78]


def test_views_can_be_asked_for_by_name_or_in_ones_own_words() -> None:
    views = wanted_views(["angry", "Left Side", "crouch=Crouching low, one hand on the ground."])
    assert [view.name for view in views[-3:]] == ["angry", "left side", "crouch"]
    assert len(views) == 9
    assert [view.name for view in wanted_views(["back"], only=True)] == ["back"]
    with pytest.raises(UsageError, match="no view 'sideways'"):
        view_named("sideways")


def test_its_poses_go_into_the_list_once_and_are_known_again() -> None:
    poses = with_pack_poses(with_pack_poses((), STANDARD), wanted_views(["sad"]))
    assert [pose.name for pose in poses][-1] == "pack sad"
    assert len(poses) == 7
    assert not any(pose.ticked for pose in poses)
    assert [view_of_pose(pose) for pose in poses[:6]] == list(STANDARD)


def test_it_is_refused_without_a_reference_or_with_a_model_that_sees_none() -> None:
    with pytest.raises(UsageError, match="drawn from a reference"):
        pack(references=())
    with pytest.raises(UsageError, match="does not draw a character from a reference"):
        pack("fal-ai/flux-2-flex")


def test_the_front_view_is_the_first_reference_and_an_older_pack_is_not_copied_from() -> None:
    references = (
        *(Reference("pack/front.png", "front"), Reference("references/s.png", "side")),
        *(Reference("references/f.png", "front"), Reference("references/ink.png", "style")),
    )
    assert [one.path for one in own_references(replace(GLITCH, references=references))] == [
        *("references/f.png", "references/s.png"),
    ]
    assert [one.path for one in own_references(replace(GLITCH, references=references[:1]))] == ["pack/front.png"]
