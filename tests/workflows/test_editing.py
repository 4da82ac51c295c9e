"""An edit is a take of the same pose whose parent is the take it was made from."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from studio.config.catalogue import load_catalogue
from studio.domain.character import Lora
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.take import Take
from studio.sandbox.validation import violations
from studio.workflows.again import once_more
from studio.workflows.edit_mask import form_for, kept_mask, mask_from_file
from studio.workflows.edit_slots import Power, edit_models, power, slots
from studio.workflows.editing import MASKED, ONE, SEVERAL, Change, edit_plan, editors, planned_edit
from studio.workflows.references import load_reference
from studio.workflows.studio import Studio
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio

EDITORS = edit_models(load_catalogue().models)
WORDS = "make the jacket dark green"


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider(sandbox=True)


@pytest.fixture
async def studio(tmp_path: Path, provider: FakeProvider) -> AsyncIterator[Studio]:
    made = fake_studio(tmp_path / "project", provider)
    yield made
    await made.close()


async def first_take(studio: Studio, size: tuple[int, int] = (768, 1024)) -> Take:
    """A stored take, its file a picture of that size."""
    await studio.generate(studio.plan(studio.ticked()[:1], studio.project.settings.recipe()))
    await asyncio.wait_for(studio.engine.queue.idle(), 10)
    take = studio.engine.desk.shelf.takes()[0]
    Image.new("RGB", size, "teal").save(studio.path(take))
    studio.stored(take)
    return take


def picture(path: Path, colour: str = "red") -> Path:
    Image.new("RGB", (90, 120), colour).save(path)
    return path


@pytest.mark.parametrize("model", EDITORS, ids=lambda model: model.id)
async def test_every_model_that_edits_is_sent_what_its_schema_takes(
    model: Model, studio: Studio, tmp_path: Path
) -> None:
    take, found = await first_take(studio), slots(model)
    assert found is not None
    mask = None
    if found.mask is not None:
        Image.new("L", (768, 1024), 255).save(tmp_path / "mask.png")
        mask, _ = mask_from_file(studio.project.folder, tmp_path / "mask.png", model, (768, 1024))
    more = () if found.most_more == 0 else (load_reference(picture(tmp_path / "more.png")),)
    subject = load_reference(studio.path(take), take.path)
    for references in ((), more):
        plan = planned_edit(studio, take, Change(WORDS, model.id, references, mask), subject, None)
        arguments = plan.jobs[0].request.arguments
        assert violations(model, arguments) == []
        assert set(arguments) <= {param.name for param in model.params}
        assert arguments["prompt"] == WORDS


def test_the_families_an_artist_knows_are_all_there() -> None:
    found = {model.id for model in EDITORS}
    assert {ONE, SEVERAL, MASKED, f"{ONE}/max", f"{ONE}/max/multi", "fal-ai/flux-kontext-lora"} <= found
    assert {f"fal-ai/flux-2{kind}/edit" for kind in ("", "-pro", "-flex", "-max", "/lora", "/turbo")} <= found
    assert {"fal-ai/nano-banana/edit", "fal-ai/bytedance/seedream/v4.5/edit", "fal-ai/qwen-image-edit"} <= found
    assert {"fal-ai/gpt-image-1.5/edit", "openai/gpt-image-2/edit", "fal-ai/flux-lora/inpainting"} <= found
    assert not {model.id for model in EDITORS if "controlnet" in model.id or "multiple-angles" in model.id}


def test_it_is_said_who_poses_and_who_only_edits() -> None:
    said = {model.id: power(model) for model in EDITORS}
    assert said[ONE] is said[SEVERAL] is Power.EDITS
    assert said["fal-ai/flux-2-flex/edit"] is said["fal-ai/nano-banana/edit"] is Power.POSES
    assert said[MASKED] is said["fal-ai/ideogram/character/edit"] is Power.INPAINTS
    assert said["fal-ai/flux/dev/image-to-image"] is Power.REDRAWS


async def test_an_edit_is_a_take_of_the_same_pose_and_names_its_parent(studio: Studio, provider: FakeProvider) -> None:
    take = await first_take(studio)
    await studio.generate(await edit_plan(studio, take, Change(WORDS)))
    await asyncio.wait_for(studio.engine.queue.idle(), 10)
    child = studio.engine.desk.shelf.takes()[-1]
    assert (child.pose, child.parent, child.endpoint) == (take.pose, take.id, ONE)
    assert provider.submitted[-1].arguments["image_url"] == load_reference(studio.path(take)).uri


async def test_once_more_of_an_edit_comes_from_the_same_take(studio: Studio) -> None:
    take = await first_take(studio)
    job = (await edit_plan(studio, take, Change(WORDS))).jobs[0]
    again = once_more(take, job, studio.model(ONE), studio.context(), {"seed": 9})
    assert again.jobs[0].provenance.parent == take.id
    final = replace(job, provenance=replace(job.provenance, references=()))
    assert once_more(take, final, studio.model(ONE), studio.context(), {}).jobs[0].provenance.parent == ""


async def test_an_edit_keeps_the_size_of_its_picture(studio: Studio) -> None:
    take = await first_take(studio, (832, 1216))

    values = {"fal-ai/flux-2-flex/edit": {"image_size": "square"}, ONE: {"aspect_ratio": "16:9"}}
    studio.project = replace(studio.project, settings=replace(studio.project.settings, values=values))

    async def size(model: str, name: str) -> object:
        plan = await edit_plan(studio, take, Change(WORDS, model))
        return plan.jobs[0].request.arguments.get(name)

    assert await size("fal-ai/flux-2-flex/edit", "image_size") == "auto"
    assert await size("fal-ai/flux-2/turbo/edit", "image_size") == {"width": 832, "height": 1216}
    assert await size("fal-ai/flux-kontext-lora", "resolution_mode") == "match_input"
    assert await size(ONE, "aspect_ratio") is None


async def test_the_price_counts_every_picture_that_is_sent(studio: Studio, tmp_path: Path) -> None:
    take = await first_take(studio, (1024, 1024))
    more = load_reference(picture(tmp_path / "more.png"))
    one = await edit_plan(studio, take, Change(WORDS, "fal-ai/flux-2-flex/edit"))
    two = await edit_plan(studio, take, Change(WORDS, "fal-ai/flux-2-flex/edit", (more,)))
    assert str(one.estimate) == "0.10" and str(two.estimate) == "0.15"
    listed = {one.model.id: one.price for one in editors(studio, (1024, 1024))}
    assert listed["fal-ai/flux-2-flex/edit"] == one.estimate


async def test_who_edits_follows_from_what_is_given_where_nobody_is_named(studio: Studio, tmp_path: Path) -> None:
    take = await first_take(studio)
    more = load_reference(picture(tmp_path / "more.png"))
    plan = await edit_plan(studio, take, Change(WORDS, references=(more,)))
    assert plan.jobs[0].request.endpoint == SEVERAL
    Image.new("L", (768, 1024), 255).save(tmp_path / "mask.png")
    mask, _ = mask_from_file(studio.project.folder, tmp_path / "mask.png", studio.model(MASKED), (768, 1024))
    plan = await edit_plan(studio, take, Change(WORDS, mask=mask))
    arguments = plan.jobs[0].request.arguments
    assert plan.jobs[0].request.endpoint == MASKED
    assert arguments["mask_url"] == mask.uri
    assert arguments["reference_image_url"] == arguments["image_url"], "without another reference it is its own"


async def test_what_a_model_does_not_take_is_refused_before_anything_is_sent(studio: Studio, tmp_path: Path) -> None:
    take = await first_take(studio)
    more = load_reference(picture(tmp_path / "more.png"))
    for change, words in (
        (Change("  "), "needs words"),
        (Change(WORDS, ONE, (more,)), "no further reference"),
        (Change(WORDS, "fal-ai/flux-2/edit", (more,) * 4), "3 further references at most"),
        (Change(WORDS, MASKED), "needs a mask"),
        (Change(WORDS, ONE, mask=more), "takes no mask"),
        (Change(WORDS, "fal-ai/flux-2-flex"), "edits no picture"),
    ):
        with pytest.raises(UsageError, match=words):
            await edit_plan(studio, take, change)


async def test_a_new_pose_asked_of_a_model_that_keeps_the_old_one_is_warned_of(studio: Studio) -> None:
    take = await first_take(studio)

    async def notes(words: str, model: str = ONE) -> str:
        return " ".join((await edit_plan(studio, take, Change(words, model))).notes)

    assert "sounds like another pose" in await notes("show her sitting cross-legged")
    assert await notes("keep her sitting cross-legged, make the jacket red") == ""
    assert await notes(WORDS) == ""
    assert "another pose" not in await notes("show her sitting cross-legged", "fal-ai/flux-2-flex/edit")


async def test_the_characters_lora_goes_along_where_it_fits_and_its_trigger_with_it(studio: Studio) -> None:
    take = await first_take(studio)
    lora = Lora("https://example.com/glitch.safetensors", "glchgrl", 0.8, "flux2")
    studio.project = replace(studio.project, character=replace(studio.project.character, loras=(lora,)))
    arguments = (await edit_plan(studio, take, Change(WORDS, "fal-ai/flux-2/lora/edit"))).jobs[0].request.arguments
    assert arguments["loras"] == [{"path": lora.path, "scale": 0.8}]
    assert arguments["prompt"] == f"glchgrl, {WORDS}"
    for model in (ONE, "fal-ai/flux-kontext-lora"):
        arguments = (await edit_plan(studio, take, Change(WORDS, model))).jobs[0].request.arguments
        assert arguments["prompt"] == WORDS and "loras" not in arguments


def test_the_mask_is_in_the_form_each_family_reads(tmp_path: Path) -> None:
    from studio.imaging.mask import Mask

    catalogue = load_catalogue()
    mask = Mask.empty(10, 10).rectangle((0, 0, 4, 9))
    pixels = {}
    for model_id in (MASKED, "fal-ai/ideogram/character/edit", "openai/gpt-image-2/edit"):
        model = catalogue.model(model_id)
        assert model is not None
        kept = kept_mask(tmp_path, mask, model)
        pixels[form_for(model).value] = Image.open(tmp_path / kept.path).convert("RGBA").getpixel((0, 0))
    assert pixels == {"white": (255,) * 4, "black": (0, 0, 0, 255), "clear": (255, 255, 255, 0)}
