"""fal's OpenAPI document of an endpoint, read into a `[[model]]` table of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from studio.config.openapi_param import read_param
from studio.config.openapi_refs import MOST, Schema, as_schema, members, resolved
from studio.config.toml_table import tidy
from studio.domain.errors import Broken

MOST_PARAMS = 200
"""Arguments read from one document; the largest of fal's has 34."""

_KINDS = {
    "text-to-image": "text-to-image",
    "image-to-image": "edit",
    "training": "train",
    "train": "train",
    "realtime": "realtime",
}
"""The catalogue's kind for fal's categories that have one; anything to video is a video."""

_OUTPUTS = (("images", "images"), ("image", "image"), ("video", "video"), ("diffusers_lora_file", "lora"))


def read_openapi(endpoint: str, document: Schema, category: str = "") -> dict[str, object]:
    """The entry of an endpoint, without price: id, title, kind, output and every argument in fal's order, roles
    guessed from names. Texts are made harmless; what makes no sense in an argument is left out of it.

    Raises Broken when the document has no input schema, or nothing in it.
    """
    given, made = _input(endpoint, document), _output(document)
    required = _required(given)
    read = (read_param(name, schema, document, required=name in required) for name, schema in _ordered(given))
    params = [param for param in read if param is not None]
    if any(param["name"] == "reference_image_urls" for param in params):
        for param in params:
            if param["name"] == "image_urls":  # beside pictures of the character these are pictures of a style
                param["role"] = "style-images"
    if not params:
        raise Broken(f"fal's schema of {endpoint} has no arguments to read.")
    output = next((kind for name, kind in _OUTPUTS if name in made), "other")
    info = as_schema(as_schema(document.get("info")).get("x-fal-metadata"))
    kind = _kind(category or str(info.get("category", "")), output, params)
    entry: dict[str, object] = {"id": endpoint, "title": endpoint, "kind": kind, "output": output}
    pictures = [param for param in params if param.get("role") in {"image", "images"}]
    if pictures:
        entry["consistency"] = "multi-reference" if pictures[0]["role"] == "images" else "single-reference"
        entry["reference"] = _reference(pictures)
    if any(param.get("role") == "lora" for param in params):
        entry["lora"] = {"field": next(param["name"] for param in params if param.get("role") == "lora")}
    return {**entry, "param": params}


def _reference(pictures: list[dict[str, object]]) -> dict[str, object]:
    first = next((param for param in pictures if param["role"] == "images"), pictures[0])
    most = first.get("max_items") if first["role"] == "images" else 1
    return {"field": first["name"], **({"max": most} if isinstance(most, int) else {})}


def _kind(category: str, output: str, params: list[dict[str, object]]) -> str:
    words = tidy(category).lower()
    if output == "video" or words.endswith("to-video") or words == "video":
        return "video"
    if output == "lora":
        return "train"
    if words in _KINDS:
        return _KINDS[words]
    if output in {"images", "image"} and any(param.get("role") == "prompt" for param in params):
        needs = any(param.get("role") in {"image", "images"} and param.get("required") for param in params)
        return "edit" if needs else "text-to-image"
    return "utility"


def _input(endpoint: str, document: Schema) -> Schema:
    for path, methods in members(document.get("paths")):
        post = as_schema(as_schema(methods).get("post"))
        content = as_schema(as_schema(post.get("requestBody")).get("content"))
        schema = as_schema(as_schema(content.get("application/json")).get("schema"))
        if schema and not path.rstrip("/").endswith("/cancel"):
            return resolved(schema, document)
    for name, part in _schemas(document):
        if name.endswith("Input"):
            return resolved(as_schema(part), document)
    raise Broken(f"fal's schema of {endpoint} has no input to read.")


def _output(document: Schema) -> Mapping[str, object]:
    for path, methods in members(document.get("paths")):
        if path.rstrip("/").endswith("{request_id}"):
            answers = as_schema(as_schema(as_schema(methods).get("get")).get("responses"))
            content = as_schema(as_schema(answers.get("200")).get("content"))
            schema = as_schema(as_schema(content.get("application/json")).get("schema"))
            if properties := as_schema(resolved(schema, document).get("properties")):
                return properties
    for name, part in _schemas(document):
        if name.endswith("Output"):
            return as_schema(resolved(as_schema(part), document).get("properties"))
    return {}


def _schemas(document: Schema) -> list[tuple[str, object]]:
    return members(as_schema(document.get("components")).get("schemas"))


def _ordered(schema: Schema) -> list[tuple[str, Schema]]:
    properties = as_schema(schema.get("properties"))
    order = schema.get("x-fal-order-properties")
    names = [name for name in order if isinstance(name, str)] if isinstance(order, list) else []
    wanted = dict.fromkeys([*(name for name in names if name in properties), *properties])
    return [(name, as_schema(properties[name])) for name in list(wanted)[:MOST_PARAMS]]


def _required(schema: Schema) -> frozenset[str]:
    names = schema.get("required")
    return frozenset(name for name in names[:MOST] if isinstance(name, str)) if isinstance(names, list) else frozenset()
