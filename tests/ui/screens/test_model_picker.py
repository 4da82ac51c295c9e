"""The picker: what a model costs now, what it is good for, and models nobody knew before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from textual.widgets import Input

from studio.domain.errors import Unavailable
from studio.engine.ports import Listing
from studio.ui.screens.model_picker import ModelPickerScreen
from studio.workflows.model_offers import model_offers
from tests.ui.stage import Stage, stage

FLEX = "fal-ai/flux-2-flex"
OWN = "artist/own-figure"
POST = {
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Input"}}}},
    "responses": {},
}
PARTS = {
    "schemas": {
        "Input": {
            "type": "object",
            "required": ["prompt"],
            "properties": {
                "prompt": {"type": "string"},
                "seed": {"type": "integer"},
                "mood": {"type": "string", "enum": ["calm", "fierce"], "default": "calm"},
            },
        },
        "Output": {"type": "object", "properties": {"images": {"type": "array", "items": {"type": "object"}}}},
    }
}


def schema_of(endpoint: str) -> dict[str, object]:
    return {"openapi": "3.0.4", "paths": {f"/{endpoint}": {"post": POST}}, "components": PARTS}


LISTED = [
    Listing(OWN, "Own Figure", "text-to-image", "Figures of my own.", schema=schema_of(OWN)),
    Listing("artist/own-figure-film", "Own Figure film", "image-to-video", "Moves."),
]


async def opened(on: Stage) -> ModelPickerScreen:
    on.app.bench.open("models", None)
    await on.until(lambda: on.over == "ModelPickerScreen", "the picker")
    await on.pilot.pause()
    screen = on.app.screen
    assert isinstance(screen, ModelPickerScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_row_says_the_price_of_a_picture_now_and_what_holds_the_character(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, size) as on:
        await opened(on)
        await on.press(*"flash edit")
        shown = on.text()
        # One megapixel out and one reference in, at half a cent each.
        assert "FLUX.2 [dev] flash edit" in shown and "$0.01" in shown
        assert "≤ 4" in shown and "one reference picture" in shown
        assert "Pictures from pictures" in shown and "Pictures from words" not in shown


async def test_the_price_follows_the_size_of_the_moment(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        session = on.session
        session.edit_recipe(session.recipe.with_value("image_size", {"width": 1920, "height": 1080}))
        offers = {offer.model.id: offer for offer in model_offers(session.studio, session.recipe)}
        assert str(offers["fal-ai/flux-2-flex"].each) == "0.10"
        assert str(offers["fal-ai/flux-2-pro"].each) == "0.045"
        assert offers["fal-ai/recraft/v3/text-to-image"].each is None


async def test_words_find_by_maker_family_and_purpose_and_enter_chooses(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await on.press(*"google edit", "down", "enter")
        assert on.session.recipe.model == "fal-ai/nano-banana-2/edit"


async def test_a_model_fal_has_given_up_needs_a_second_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.provider.listed = []
        await opened(on)
        await on.press(*"recraft-v3")
        assert "Given up by fal" in on.text() and "→ fal-ai/recraft/v3/text-to-image" in on.text()
        await on.press("ctrl+o")
        assert on.over == "ModelPickerScreen", "without enter before it, it does nothing"
        await on.press("enter")
        assert on.over == "ModelPickerScreen" and "follows it" in on.text()
        before = on.session.recipe.model
        await on.press("escape")
        assert on.session.recipe.model == before


async def test_the_old_one_can_be_taken_on_purpose(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.provider.listed = [replace(LISTED[0], endpoint="fal-ai/recraft-v3", schema=schema_of("fal-ai/recraft-v3"))]
        await opened(on)
        await on.press(*"recraft-v3", "enter", "ctrl+o")
        await on.until(lambda: on.over == "MainScreen", "the choice")
        assert on.session.recipe.model == "fal-ai/recraft-v3"


async def test_what_the_catalogue_does_not_know_is_found_read_and_chosen(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.provider.listed = LISTED
        await opened(on)
        await on.press(*"own figure")
        assert "search for" in on.text()
        await on.press("enter")
        await on.until(lambda: OWN in on.text(), "what was found")
        assert "own-figure-film" not in on.text(), "a film is no picture"
        await on.press("enter")
        await on.until(lambda: on.over == "MainScreen", "the choice")
        assert on.session.recipe.model == OWN
        assert on.session.model is not None and on.session.model.param("mood") is not None


async def test_an_own_app_can_be_typed_and_draws_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.provider.listed = LISTED
        await opened(on)
        for key in OWN:
            await on.pilot.press({"/": "slash", "-": "minus"}.get(key, key))
        await on.press("enter")
        await on.until(lambda: on.over == "MainScreen", "the choice")
        await on.press("ctrl+g")
        await on.until(lambda: on.provider.submitted, "a request")
        assert on.provider.submitted[0].endpoint == OWN


async def test_offline_is_a_sentence_and_the_catalogue_still_serves(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.provider.fail_with("search", Unavailable("fal cannot be reached."))
        await opened(on)
        await on.press(*"flex", "ctrl+f")
        await on.until(lambda: "fal cannot be reached." in on.text(), "the sentence")
        await on.press("enter")
        assert on.session.recipe.model == "fal-ai/flux-2-flex"


async def test_nobody_lists_it_is_said_and_the_picker_stays(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        for key in "nobody/knows":
            await on.pilot.press({"/": "slash"}.get(key, key))
        await on.press("enter")
        await on.until(lambda: "lists no nobody/knows" in on.text(), "the sentence")
        assert on.over == "ModelPickerScreen"


async def test_the_address_of_a_page_is_as_good_as_an_endpoint(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.provider.listed = LISTED
        await opened(on)
        on.app.screen.query_one(Input).value = f"https://fal.ai/models/{OWN}/playground"
        await on.pilot.pause()
        assert f"read {OWN}" in on.text()
        await on.press("enter")
        await on.until(lambda: on.over == "MainScreen", "the choice")
        assert on.session.recipe.model == OWN


async def test_a_model_nobody_read_is_read_before_it_is_chosen_and_its_price_can_be_renewed(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        unread = "google/nano-banana-2.1"
        read = replace(LISTED[0], endpoint=unread, title="", schema=schema_of(unread))
        on.provider.listed = [read, Listing(FLEX)]
        on.provider.priced = {FLEX: (Decimal("0.07"), "megapixels")}
        await opened(on)
        await on.press("ctrl+r")
        await on.until(lambda: "$0.07/MP" in on.text(), "today's price")
        await on.press(*"2.1", "down", "up")
        assert "never read from fal" in on.text()
        await on.press("enter")
        await on.until(lambda: on.over == "MainScreen", "the choice")
        assert on.session.model is not None and not on.session.model.unread


async def test_words_typed_in_one_burst_with_the_key_are_all_searched_for(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.provider.listed = LISTED
        await opened(on)
        for key in (*"own", "ctrl+f"):
            on.app.simulate_key(key)
        await on.until(lambda: OWN in on.text(), "what was found")
