"""The same plan on every model that can draw it."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from studio.domain.recipe import Recipe
from studio.workflows.coach.advice import Severity
from studio.workflows.references import LoadedReference
from studio.workflows.side_by_side import Compared, SamePlan, can_draw, side_by_side, the_others
from tests.fakes.studio import fake_studio
from tests.workflows.test_plan import CATALOGUE, GLITCH, POSES, REFERENCE, model, values

FLEX, DEV = "fal-ai/flux-2-flex", "fal-ai/flux/dev"
PORTRAIT = (768, 1024)


def rows(
    references: tuple[LoadedReference, ...] = (),
    *,
    takes: int = 1,
    draft: bool = False,
    pixels: tuple[int, int] | None = PORTRAIT,
    remembered: dict[str, Recipe] | None = None,
) -> dict[str, Compared]:
    recipe = Recipe(FLEX, values(image_size="portrait_4_3"), takes=takes, draft=draft)
    same = SamePlan(GLITCH, POSES, recipe, references, MappingProxyType({}), pixels)
    return {row.model.id: row for row in side_by_side(same, CATALOGUE.models, remembered or {})}


def test_the_cheapest_is_first_then_the_quickest_and_unknown_prices_come_last() -> None:
    order = list(rows().values())
    known = [row for row in order if row.each is not None]
    assert [row.each for row in known] == sorted(row.each for row in known if row.each is not None)
    assert order[: len(known)] == known
    for one, other in pairwise(known):
        if one.each == other.each and other.model.speed_s is not None:
            assert one.model.speed_s is not None and one.model.speed_s <= other.model.speed_s


def test_the_price_is_that_of_all_pictures() -> None:
    row = rows(takes=2)[DEV]
    assert (row.pictures, row.each, row.total) == (6, Decimal("0.025"), Decimal("0.15"))


def test_every_model_draws_the_same_size_and_says_where_it_cannot() -> None:
    large = rows(pixels=(2048, 2048))
    assert large[DEV].each == Decimal("0.1")
    assert any("became 1:1" in note for note in large["fal-ai/nano-banana"].notes)
    mine = rows(pixels=(2048, 2048), remembered={DEV: Recipe(DEV, values(image_size="square_hd"))})
    assert mine[DEV].each == Decimal("0.025")


def test_only_models_that_can_draw_it_are_there() -> None:
    alone = rows()
    assert FLEX in alone and "fal-ai/flux-2-flex/edit" not in alone
    assert all(row.model.kind in {"text-to-image", "edit"} and not row.model.deprecated for row in alone.values())
    edits = rows((REFERENCE,))
    assert {"fal-ai/flux-2-flex/edit", "fal-ai/flux-pro/kontext"} <= set(edits)
    assert DEV not in edits and "fal-ai/flux-lora/inpainting" not in edits
    assert "fal-ai/flux-pro/kontext" not in rows((REFERENCE, REFERENCE))
    assert not can_draw(model("fal-ai/ideogram/character/remix"), (REFERENCE,))


def test_the_coach_speaks_of_what_sets_a_model_apart() -> None:
    edits = rows((REFERENCE,))
    kontext = edits["fal-ai/flux-pro/kontext"]
    assert kontext.severity is Severity.WARNING
    assert "keeps the pose" in kontext.remark
    sets_apart = {entry.rule for row in edits.values() for entry in row.own}
    assert "negative-ignored" not in sets_apart and "seed-while-comparing" not in sets_apart
    assert edits["fal-ai/flux-2-flex/edit"].remark


def test_remembered_values_out_of_range_are_said_and_come_last() -> None:
    found = list(rows(remembered={DEV: Recipe(DEV, values(guidance_scale=99))}).values())
    assert found[-1].model.id == DEV
    assert "guidance_scale" in found[-1].trouble and found[-1].total is None


def test_settings_that_were_never_read_are_said() -> None:
    unread = [row for row in rows().values() if row.model.unread]
    assert all("never read" in row.notes[0] for row in unread)


def test_one_model_alone_keeps_its_advice() -> None:
    same = SamePlan(GLITCH, POSES, Recipe(DEV, values(guidance_scale=12)), (), MappingProxyType({}))
    (row,) = side_by_side(same, [model(DEV)], {})
    assert row.severity is not None and row.own[0].sentence == row.remark


async def test_an_open_studio_compares_what_it_would_draw(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path / "glitch")
    try:
        recipe = studio.project.settings.recipe()
        found = the_others(studio, studio.ticked(), recipe)
        plan = studio.plan(studio.ticked(), recipe)
    finally:
        await studio.close()
    (chosen,) = (row for row in found if row.model.id == recipe.model)
    assert (chosen.pictures, chosen.total) == (len(plan.jobs), plan.estimate)
