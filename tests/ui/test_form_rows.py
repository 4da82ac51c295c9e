"""Every model of the catalogue has a form, and every setting of it can go to each of its ends."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from studio.config.catalogue import Catalogue, load_catalogue
from studio.domain.character import Character, Lora
from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.prompt import Prompt
from studio.domain.recipe import Recipe
from studio.domain.request import Json
from studio.sandbox.validation import violations
from studio.ui.panes.setting_fields import Kind, SettingRow
from studio.ui.panes.setting_rows import entry_rows, fitting_loras, form_rows
from studio.ui.widgets.setting_keys import slid, stepped
from studio.ui.widgets.setting_line import layout_of, setting_runs
from studio.workflows.arguments import checked, reference_param, resolve_arguments
from studio.workflows.entry_check import entry_params, most_entries
from studio.workflows.references import LoadedReference
from studio.workflows.setting_text import parse_value, value_text

CATALOGUE = load_catalogue()
PICTURE = LoadedReference("front.png", "0" * 64, "data:image/png;base64,AAAA", 64, 64)
PROMPT = Prompt("a fox runs", "text", "")
LONA = Character("Lona", "a dancer", negative="text", loras=(Lora("loras/lona.safetensors", "lona", 0.8, "flux1"),))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


def ends(param: Param, most: int | None = None) -> Iterator[Json]:
    """Every extreme of a parameter: both ends of a range, every word, on and off, one entry and as many as may be."""
    match param.type:
        case "boolean":
            yield from (True, False)
        case "integer" | "number" if param.enum:
            yield from (int(word) for word in param.enum)
        case "integer" | "number":
            low = param.min if param.min is not None else Decimal(0)
            yield whole(param, low)
            yield whole(param, param.max if param.max is not None else low + 100 * (param.multiple_of or 1))
        case "enum":
            yield from param.enum
        case "image_size":
            yield from param.enum
            if param.custom:
                yield {"width": 1024, "height": 1024}
        case "array":
            one = entry(param)
            yield [one]
            yield [one] * (most or 2)
        case "object":
            yield entry(param)
        case _:
            yield "https://v3.fal.media/files/a.png"


def whole(param: Param, number: Decimal) -> Json:
    return int(number) if param.type == "integer" else float(number)


def entry(param: Param) -> Json:
    if not param.fields:
        return "https://v3.fal.media/files/a.png"
    return {field.name: next(ends(field)) for field in entry_params(param) if field.type != "array"} | {
        field.name: [] for field in entry_params(param) if field.type == "array" and field.required
    }


def legal(model: Model, param: Param, value: Json) -> None:
    """The request with one parameter set passes fal's own schema."""
    recipe = Recipe(model.id)
    for other in model.params:
        if other.required and other.default is None and other.role not in {"prompt", "seed", "count"}:
            recipe = recipe.with_value(other.name, next(ends(other)))
    slot = reference_param(model)
    arguments = resolve_arguments(model, recipe.with_value(param.name, value), PROMPT, 7, [PICTURE] if slot else [])
    assert arguments[param.name] == value or param in (model.role("prompt"), model.role("seed"), slot)
    assert not violations(model, arguments)


@pytest.mark.parametrize("endpoint", CATALOGUE.ids)
def test_every_setting_can_go_to_each_of_its_ends(catalogue: Catalogue, endpoint: str) -> None:
    model = catalogue.model(endpoint)
    assert model is not None
    for param in model.params:
        for value in ends(param, most_entries(model, param)):
            legal(model, param, value)


@pytest.mark.parametrize("endpoint", CATALOGUE.ids)
def test_every_setting_has_a_row_that_can_be_drawn_and_says_what_it_does(catalogue: Catalogue, endpoint: str) -> None:
    model = catalogue.model(endpoint)
    assert model is not None
    rows = form_rows(model, Recipe(model.id), LONA, catalogue.says)
    assert {row.key for row in rows} == {param.name for param in model.params}
    for width in (40, 76, 120):
        layout = layout_of(rows, width)
        for row in rows:
            for cursor in (True, False):
                text = "".join(run.text for run in setting_runs(row, layout, cursor=cursor))
                assert len(text) <= width
                assert row.label[:8] in text
    assert all(row.about for row in rows if row.kind is not Kind.GIVEN), [row.key for row in rows if not row.about]


@pytest.mark.parametrize("endpoint", CATALOGUE.ids)
def test_what_is_shown_can_be_typed_again(catalogue: Catalogue, endpoint: str) -> None:
    model = catalogue.model(endpoint)
    assert model is not None
    for param in model.params:
        for value in ends(param, most_entries(model, param)):
            assert parse_value(model, param, value_text(value)) == value


@pytest.mark.parametrize("endpoint", CATALOGUE.ids)
def test_a_track_goes_from_end_to_end_and_every_step_is_legal(catalogue: Catalogue, endpoint: str) -> None:
    model = catalogue.model(endpoint)
    assert model is not None
    rows = [row for row in form_rows(model, Recipe(model.id), LONA, catalogue.says) if row.kind is Kind.NUMBER]
    layout = layout_of(rows, 80)
    for row in rows:
        assert row.param is not None
        if row.scale is not None:
            assert Decimal(str(slid(row, layout, 0))) == row.param.min
            assert Decimal(str(slid(row, layout, 200))) == row.param.max
        for by in (1, -1):
            for big in (True, False):
                moved = stepped(row, by, big=big)
                if moved is not None:
                    checked(model, row.param, moved)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("guidance_scale", 99, "0 to 35"),
        ("guidance_scale", "high", "number"),
        ("num_inference_steps", 5.5, "whole number"),
        ("enable_safety_checker", "yes", "on or off"),
        ("output_format", "gif", "jpeg, png"),
        ("image_size", {"width": 8, "height": 8}, "64 to 14142"),
        ("image_size", "huge", "portrait_4_3"),
        ("loras", "a.safetensors", "list"),
        ("loras", [{"path": 3}], "is a text"),
        ("loras", [{"scale": 1.0}], "has no path"),
        ("loras", [{"path": "a", "scale": 9}], "0 to 4"),
    ],
)
def test_what_a_model_does_not_take_is_said_with_its_range(
    catalogue: Catalogue, name: str, value: Json, words: str
) -> None:
    model = catalogue.model("fal-ai/flux-lora")
    assert model is not None
    param = model.param(name)
    assert param is not None
    with pytest.raises(UsageError) as refused:
        checked(model, param, value)
    assert words in refused.value.happened


def test_a_picture_is_given_by_its_address(catalogue: Catalogue) -> None:
    model = catalogue.model("fal-ai/flux-lora/inpainting")
    assert model is not None
    mask = model.param("mask_url")
    assert mask is not None
    with pytest.raises(UsageError, match="is an address, not"):
        checked(model, mask, "mask.png")
    assert checked(model, mask, "https://a.b/mask.png")


def test_more_loras_than_the_model_loads_are_refused(catalogue: Catalogue) -> None:
    model = catalogue.model("fal-ai/flux-2/lora")
    assert model is not None
    param = model.role("lora")
    assert param is not None
    with pytest.raises(UsageError, match="takes 3 at most"):
        checked(model, param, [{"path": f"{at}.safetensors"} for at in range(4)])


def test_the_characters_lora_of_the_fitting_family_is_offered_first(catalogue: Catalogue) -> None:
    flux1, flux2 = catalogue.model("fal-ai/flux-lora"), catalogue.model("fal-ai/flux-2/lora")
    assert flux1 is not None and flux2 is not None
    first, second = flux1.role("lora"), flux2.role("lora")
    assert first is not None and second is not None
    assert [row.label for row in fitting_loras(flux1, first, LONA, [])] == ["+ lona.safetensors  0.8"]
    assert fitting_loras(flux1, first, LONA, [{"path": "loras/lona.safetensors"}]) == []
    assert fitting_loras(flux2, second, LONA, []) == []


def test_the_scale_of_a_lora_shows_the_range_that_is_safe(catalogue: Catalogue) -> None:
    model = catalogue.model("fal-ai/flux-lora")
    assert model is not None
    param = model.role("lora")
    assert param is not None
    rows = entry_rows(model, param, [{"path": "a.safetensors", "scale": 0.8}], catalogue.says)
    scale = next(row for row in rows if row.key == "0.scale")
    assert scale.scale is not None and scale.scale.sweet == (Decimal("0.5"), Decimal("1.5"))
    drawn = "".join(run.text for run in setting_runs(scale, layout_of(rows, 76), cursor=True))
    assert "━" in drawn and "0.8" in drawn


def row_of(rows: list[SettingRow], key: str) -> SettingRow:
    return next(row for row in rows if row.key == key)


def test_a_changed_setting_is_marked_and_what_the_studio_sends_itself_is_shown(catalogue: Catalogue) -> None:
    model = catalogue.model("fal-ai/flux-general")
    assert model is not None
    rows = form_rows(model, Recipe(model.id).with_value("base_shift", 1.0), LONA, catalogue.says)
    assert [row.key for row in rows if row.changed] == ["base_shift"]
    assert "(the character's)" in row_of(rows, "negative_prompt").shown
    assert "(the character's)" in row_of(rows, "loras").shown
    assert row_of(rows, "output_format").value == "png"


def test_a_size_says_its_pixels_and_the_megapixels_that_are_charged(catalogue: Catalogue) -> None:
    model = catalogue.model("fal-ai/flux-2-flex")
    assert model is not None
    rows = form_rows(model, Recipe(model.id).with_value("image_size", {"width": 1920, "height": 1080}), LONA, str)
    assert row_of(rows, "image_size").shown == "1920×1080 · 2 MP"
