"""Endpoints only the sandbox has, and schemas as fal words them."""

from __future__ import annotations

from studio.config.catalogue import load_catalogue
from studio.domain.model import Model, Param, Price
from studio.domain.request import Json
from studio.sandbox.own_models import with_own_models
from studio.sandbox.schema import category, openapi_of
from tests.sandbox.caller import Caller

FIGURE = "sandbox/any-figure"
API = "/api.fal.ai/v1/models"


async def test_the_sandbox_draws_prices_and_lists_what_the_catalogue_never_knew(caller: Caller) -> None:
    assert load_catalogue().model(FIGURE) is None
    listing = (await caller.call("GET", f"{API}?endpoint_id={FIGURE}&expand=openapi-3.0")).json["models"][0]
    assert listing["metadata"]["category"] == "text-to-image"
    prices = (await caller.call("GET", f"{API}/pricing?endpoint_id={FIGURE}")).json["prices"]
    assert (prices[0]["unit_price"], prices[0]["unit"]) == (0.0125, "images")
    output = await caller.output(FIGURE, prompt="a figure, running", image_size={"width": 64, "height": 96}, seed=1)
    assert (await caller.picture(output)).size == (64, 96)


async def test_a_number_that_is_none_of_a_few_is_refused(caller: Caller) -> None:
    answer = await caller.call("POST", f"/queue.fal.run/{FIGURE}", json={"prompt": "x", "upscale": 3})
    assert answer.status == 422
    assert answer.json["detail"][0]["ctx"] == {"expected": ["1", "2"]}
    answer = await caller.call("POST", f"/queue.fal.run/{FIGURE}", json={"prompt": "x", "upscale": 2})
    assert answer.status == 200


def test_the_sandboxs_own_word_on_its_endpoints_counts_before_the_users() -> None:
    catalogue = with_own_models(load_catalogue())
    model = catalogue.model(FIGURE)
    assert model is not None and model.price.amount is not None
    assert with_own_models(catalogue).model(FIGURE) == model


def test_categories_are_fals_words() -> None:
    image = (Param("image_url", "string", role="image"),)

    def model(kind: str, params: tuple[Param, ...] = ()) -> Model:
        return Model("a/b", "B", kind, "f", "v", "x.", params, Price("image"))

    assert category(model("edit")) == "image-to-image"
    assert category(model("train")) == "training"
    assert category(model("video")) == "text-to-video"
    assert category(model("video", image)) == "image-to-video"
    assert category(model("text-to-image")) == "text-to-image"


def test_a_schema_tells_what_an_argument_does_and_what_an_object_holds() -> None:
    fields: dict[str, Json] = {"name": {"type": "string", "enum": ["EMBER"]}, "members": {"type": "array"}}
    params = (Param("palette", "object", fields=fields, about="Colours."), Param("times", "integer", enum=("1", "2")))
    document = openapi_of(Model("a/b", "B", "edit", "f", "v", "x.", params, Price("image")))
    components = document["components"]
    assert isinstance(components, dict) and isinstance(components["schemas"], dict)
    schema = components["schemas"]["ABInput"]
    assert isinstance(schema, dict) and isinstance(schema["properties"], dict)
    assert schema["properties"]["times"] == {"type": "integer", "enum": [1, 2]}
    assert schema["properties"]["palette"] == {
        "type": "object",
        "description": "Colours.",
        "required": [],
        "properties": {
            "name": {"type": "string", "enum": ["EMBER"]},
            "members": {"type": "array", "items": {"type": "string"}},
        },
    }
