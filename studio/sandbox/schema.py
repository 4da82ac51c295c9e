"""The OpenAPI document of an endpoint, made from its catalogue entry, in the shape fal serves it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from studio.domain.model import Model, Param
from studio.domain.request import Json

_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "string": "string", "object": "object"}


def category(model: Model) -> str:
    """fal's word for what an endpoint does (facts, section 3)."""
    match model.kind:
        case "edit":
            return "image-to-image"
        case "train":
            return "training"
        case "video":
            return "image-to-video" if model.role("image") or model.role("images") else "text-to-video"
        case kind:
            return kind


def openapi_of(model: Model) -> dict[str, Json]:
    """The document: paths of the queue and component schemas for input, output and status."""
    name = "".join(part.capitalize() for part in model.id.replace(".", "-").replace("/", "-").split("-"))
    schemas: dict[str, Json] = {
        f"{name}Input": _input(model),
        f"{name}Output": _output(model),
        "QueueStatus": _queue_status(),
    }
    reference = {"$ref": f"#/components/schemas/{name}"}
    info: dict[str, Json] = {
        "title": f"Queue OpenAPI for {model.id}",
        "version": "1.0.0",
        "x-fal-metadata": {"endpointId": model.id, "category": category(model)},
    }
    return {
        "openapi": "3.0.4",
        "info": info,
        "components": {"schemas": schemas},
        "servers": [{"url": "https://queue.fal.run"}],
        "paths": _paths(model, reference["$ref"]),
    }


def _input(model: Model) -> Json:
    order: list[Json] = [param.name for param in model.params]
    required: list[Json] = [param.name for param in model.params if param.required]
    properties: dict[str, Json] = {param.name: _property(param) for param in model.params}
    return {"type": "object", "x-fal-order-properties": order, "required": required, "properties": properties}


def _property(param: Param) -> Json:
    schema = _kind(param)
    if param.default is not None:
        schema["default"] = param.default
    for key, limit in (("minimum", param.min), ("maximum", param.max)):
        if limit is not None:
            schema[key] = _plain(limit)
    if param.max_items is not None:
        schema["maxItems"] = param.max_items
    if param.multiple_of is not None:
        schema["multipleOf"] = param.multiple_of
    if param.about:
        schema["description"] = param.about
    return schema


def _kind(param: Param) -> dict[str, Json]:
    names: list[Json] = list(param.enum)
    match param.type:
        case "enum":
            return {"type": "string", "enum": names}
        case "image_size":
            side: Json = {"type": "integer", "exclusiveMinimum": 0, "maximum": 14142}
            table: Json = {"type": "object", "properties": {"width": side, "height": side}}
            named: Json = {"type": "string", "enum": names}
            return {"anyOf": [table, named] if param.custom else [named]}
        case "array":
            return {"type": "array", "items": _items(param)}
        case "object":
            return _object(param.fields or {})
        case "integer" if names:
            return {"type": "integer", "enum": [int(word) for word in param.enum]}
        case _:
            return {"type": _TYPES.get(param.type, "string")}


def _items(param: Param) -> Json:
    return _object(param.fields) if param.fields else {"type": param.items or "string"}


def _object(fields: Mapping[str, Json]) -> dict[str, Json]:
    properties: dict[str, Json] = {}
    required: list[Json] = []
    for name, field in fields.items():
        entry = field if isinstance(field, dict) else {}
        kind = str(entry.get("type", "string"))
        shape: dict[str, Json] = {"type": _TYPES.get(kind, "string")}
        if kind == "array":
            shape = {"type": "array", "items": {"type": "string"}}
        shape.update({new: entry[old] for old, new in _FIELD_KEYS if entry.get(old) is not None})
        properties[name] = shape
        if entry.get("required"):
            required.append(name)
    return {"type": "object", "properties": properties, "required": required}


_FIELD_KEYS = (("min", "minimum"), ("max", "maximum"), ("default", "default"), ("enum", "enum"))


def _plain(limit: Decimal) -> Json:
    return int(limit) if limit == limit.to_integral_value() else float(limit)


def _output(model: Model) -> Json:
    file: Json = {
        "type": "object",
        "required": ["url"],
        "properties": {
            "url": {"type": "string"},
            "content_type": {"type": "string"},
            "width": {"type": "integer"},
            "height": {"type": "integer"},
        },
    }
    properties: dict[str, Json]
    match model.output_kind:
        case "image" | "video":
            properties = {model.output_kind: file}
        case "lora":
            properties = {"diffusers_lora_file": file, "config_file": file}
        case _:
            properties = {"images": {"type": "array", "items": file}, "seed": {"type": "integer"}}
    return {"type": "object", "properties": properties, "required": [next(iter(properties))]}


def _queue_status() -> Json:
    properties: dict[str, Json] = {
        "status": {"type": "string", "enum": ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]},
        "request_id": {"type": "string"},
        "response_url": {"type": "string"},
        "status_url": {"type": "string"},
        "cancel_url": {"type": "string"},
        "logs": {"type": "object", "additionalProperties": True},
        "metrics": {"type": "object", "additionalProperties": True},
        "queue_position": {"type": "integer"},
    }
    return {"type": "object", "properties": properties, "required": ["status", "request_id"]}


def _paths(model: Model, name: str) -> Json:
    app = "/".join(model.id.split("/")[:2])

    def answer(schema: str) -> Json:
        content: Json = {"application/json": {"schema": {"$ref": schema}}}
        return {"200": {"description": "The answer.", "content": content}}

    status = "#/components/schemas/QueueStatus"
    body: Json = {"required": True, "content": {"application/json": {"schema": {"$ref": f"{name}Input"}}}}
    return {
        f"/{model.id}": {"post": {"requestBody": body, "responses": answer(status)}},
        f"/{app}/requests/{{request_id}}/status": {"get": {"responses": answer(status)}},
        f"/{app}/requests/{{request_id}}/cancel": {"put": {"responses": answer(status)}},
        f"/{app}/requests/{{request_id}}": {"get": {"responses": answer(f"{name}Output")}},
    }
