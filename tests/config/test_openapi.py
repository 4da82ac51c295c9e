"""A schema as fal publishes it becomes an entry of the catalogue, whatever stands in it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from studio.config.catalogue import load_catalogue
from studio.config.catalogue_entry import read_model
from studio.config.openapi import read_openapi
from studio.config.toml_file import Source
from studio.config.toml_table import Table
from studio.domain.errors import Broken
from studio.domain.model import Model, Param
from studio.sandbox.schema import openapi_of

CATALOGUE = load_catalogue()

FILE = {"type": "object", "properties": {"url": {"type": "string"}}}
SIZE = {"type": "object", "properties": {"width": {"type": "integer"}, "height": {"type": "integer"}}}
NAMED = {"type": "string", "enum": ["square_hd", "portrait_4_3"]}

GUESSED_OTHERWISE = {
    "fal-ai/flux-2/klein/realtime": "its pictures are raw bytes, which a schema does not say",
    "fal-ai/clarity-upscaler": "it enlarges, which only its name says",
}
"""Endpoints whose kind or output an artist would have to correct, each with the reason."""


def document(properties: dict[str, Any], made: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The shape fal serves."""
    return {
        "components": {
            "schemas": {
                "AppInput": {"type": "object", "properties": properties, **more},
                "AppOutput": {"properties": made or {"images": {"type": "array", "items": FILE}}},
                "ImageSize": SIZE,
                "Loop": {"anyOf": [{"$ref": "#/components/schemas/Loop"}, {"$ref": "#/components/schemas/Loop"}]},
            }
        },
        "paths": {
            "/app": {
                "post": {
                    "requestBody": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AppInput"}}}
                    }
                }
            }
        },
    }


def read(source: dict[str, Any], category: str = "", endpoint: str = "me/app") -> Model:
    return read_model(Table(Source("a schema", ""), read_openapi(endpoint, source, category)))


def param(schema: dict[str, Any], name: str = "thing") -> Param:
    found = read(document({name: schema})).param(name)
    assert found is not None
    return found


@pytest.mark.parametrize("model", CATALOGUE.models, ids=lambda model: model.id)
def test_what_the_catalogue_knows_comes_back_from_its_own_schema(model: Model) -> None:
    made = read(json.loads(json.dumps(openapi_of(model)), parse_float=Decimal), endpoint=model.id)
    assert made.params == model.params
    if model.id not in GUESSED_OTHERWISE:
        assert (made.kind, made.output_kind) == (model.kind, model.output_kind)
    if model.reference_fields:
        assert made.reference_fields


@pytest.mark.parametrize(
    ("schema", "kind", "words"),
    [
        ({"type": "string", "enum": ["a", "b"]}, "enum", ("a", "b")),
        ({"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "null"}]}, "enum", ("a", "b")),
        ({"const": "a", "type": "string"}, "enum", ("a",)),
        ({"type": "integer", "enum": [5, 10]}, "integer", ("5", "10")),
        ({"anyOf": [{"$ref": "#/components/schemas/ImageSize"}, NAMED]}, "image_size", ("square_hd", "portrait_4_3")),
        ({"allOf": [{"$ref": "#/components/schemas/ImageSize"}]}, "image_size", ()),
        ({"type": ["boolean", "null"]}, "boolean", ()),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, "number", ()),
        ({"anyOf": [{"type": "string"}, FILE]}, "string", ()),
        ({"type": "array", "items": {"type": "string"}}, "array", ()),
        ({"type": "object", "properties": {"name": {"type": "string"}}}, "object", ()),
        ({"$ref": "#/components/schemas/Nowhere"}, "string", ()),
        ({"$ref": "#/components/schemas/Loop"}, "string", ()),
        ({"anyOf": "nonsense"}, "string", ()),
        ({}, "string", ()),
    ],
)
def test_a_type_is_read_in_every_way_it_is_written(schema: dict[str, Any], kind: str, words: tuple[str, ...]) -> None:
    found = param(schema)
    assert (found.type, found.enum) == (kind, words)


def test_ranges_are_exact_and_open_ends_are_closed() -> None:
    steps = param({"type": "integer", "exclusiveMinimum": 0, "maximum": 50, "default": 28, "multipleOf": 2})
    assert (steps.min, steps.max, steps.default, steps.multiple_of) == (Decimal(1), Decimal(50), 28, 2)
    guidance = param({"type": "number", "minimum": Decimal("1.1"), "maximum": 20, "default": 3.5})
    assert (guidance.min, guidance.max, guidance.default) == (Decimal("1.1"), Decimal(20), 3.5)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 1, "maximum": 4, "default": 9},
        {"type": "integer", "default": 1.5},
        {"type": "string", "enum": ["a"], "default": "b"},
        {"type": "boolean", "default": "yes"},
        {"type": "number", "default": "many"},
        {"type": "string", "default": {"a": 1}},
    ],
)
def test_a_default_that_its_own_schema_forbids_is_left_out(schema: dict[str, Any]) -> None:
    assert param(schema).default is None


def test_arguments_keep_fals_order_and_say_what_must_be_given() -> None:
    properties: dict[str, Any] = {"seed": {"type": "integer"}, "prompt": {"type": "string"}, "mood": {"type": "string"}}
    order: dict[str, Any] = {"x-fal-order-properties": ["prompt", "seed", "ghost"], "required": ["prompt"]}
    model = read(document(properties, **order))
    assert [(one.name, one.required) for one in model.params] == [("prompt", True), ("seed", False), ("mood", False)]


@pytest.mark.parametrize(
    ("name", "schema", "role"),
    [
        ("prompt", {"type": "string"}, "prompt"),
        ("image_url", {"type": "string"}, "image"),
        ("image_urls", {"type": "array", "items": {"type": "string"}}, "images"),
        ("seed", {"type": "integer"}, "seed"),
        ("seed", {"type": "string"}, ""),
        ("num_images", {"type": "integer"}, "count"),
        ("cfg_scale", {"type": "number"}, "guidance"),
        ("num_inference_steps", {"type": "integer"}, "steps"),
        ("loras", {"type": "array", "items": {"type": "object"}}, "lora"),
        ("loras", {"type": "string"}, ""),
        ("aspect_ratio", {"type": "string", "enum": ["1:1"]}, "size"),
        ("colour", {"type": "string"}, ""),
    ],
)
def test_a_role_is_guessed_from_a_name_whose_type_fits(name: str, schema: dict[str, Any], role: str) -> None:
    assert param(schema, name).role == role


def test_fields_of_listed_objects_keep_their_ranges() -> None:
    item = {
        "type": "object",
        "required": ["path"],
        "properties": {"path": {"type": "string"}, "scale": {"type": "number", "minimum": 0, "maximum": 4}},
    }
    fields = param({"type": "array", "items": item, "maxItems": 3}, "loras").fields
    assert fields is not None
    assert fields["path"] == {"type": "string", "required": True}
    assert fields["scale"] == {"type": "number", "required": False, "min": 0, "max": 4}


@pytest.mark.parametrize(
    ("made", "category", "kind", "output"),
    [
        ({"images": {}}, "", "text-to-image", "images"),
        ({"images": {}}, "image-to-image", "edit", "images"),
        ({"video": {}}, "", "video", "video"),
        ({"diffusers_lora_file": {}}, "", "train", "lora"),
        ({"audio": {}}, "text-to-audio", "utility", "other"),
    ],
)
def test_what_it_makes_is_seen_from_its_output(made: dict[str, Any], category: str, kind: str, output: str) -> None:
    model = read(document({"prompt": {"type": "string"}}, made), category)
    assert (model.kind, model.output_kind) == (kind, output)


def test_foreign_text_cannot_act_on_the_terminal() -> None:
    about = param({"type": "string", "description": "Draw \x1b[2Jthis\u202e now\nplease"}).about
    assert about == "Draw this now please"
    assert read(document({"good": {"type": "string"}, "b\x1b[2Jad": {"type": "string"}})).params[0].name == "good"
    assert len(read(document({"good": {"type": "string"}, "b ad": {}})).params) == 1


def test_a_document_without_an_input_is_told() -> None:
    nothing: list[dict[str, Any]] = [{}, {"paths": 7}, {"components": {"schemas": {"AppInput": []}}}, document({})]
    for broken in nothing:
        with pytest.raises(Broken, match="me/app"):
            read_openapi("me/app", broken)


def test_an_endless_document_ends() -> None:
    nested: dict[str, Any] = {"type": "string"}
    for _ in range(60):
        nested = {"anyOf": [nested, {"anyOf": [nested, nested]}]}
    assert param(nested).type == "string"
    assert len(read(document({f"p{number}": {"type": "string"} for number in range(900)})).params) == 200
