"""What a finished call answers: fal's output JSON in the shape of its endpoint, and the billing units."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from decimal import Decimal

from studio.domain.model import Model
from studio.domain.price import estimate
from studio.domain.request import Json
from studio.sandbox.files import HOST, Product
from studio.sandbox.work import Task

UNCHECKED = ("fal-ai/flux-2-pro", "fal-ai/flux-2-flex", "fal-ai/flux-2-max")
"""FLUX endpoints whose output is pictures and seed alone (facts, section 4)."""


def output(task: Task, order_id: str, products: Sequence[Product]) -> dict[str, Json]:
    """The output JSON. Addresses begin with `/<host>/`, or hold the file itself where `sync_mode` was asked for."""
    inline = task.arguments.get("sync_mode") is True
    files = [_file(task.model, order_id, product, inline=inline) for product in products]
    match task.model.output_kind:
        case "image":
            return {"image": files[0]}
        case "video":
            return {"video": files[0]}
        case "lora":
            return {"diffusers_lora_file": files[0], "config_file": files[1]}
        case _:
            return {"images": list(files), **_extras(task, products)}


def billed_units(model: Model, arguments: Mapping[str, Json], pixels: Sequence[int], seconds: float) -> Decimal | None:
    """Billing units of a finished call by the catalogue's price rule; compute seconds are the script's."""
    if model.price.unit == "compute-second":
        return Decimal(str(round(seconds, 2)))
    return estimate(model, arguments, pixels).units


def addressed(value: Json, origin: str) -> Json:
    """The output with `origin` put before every address of ours."""
    if isinstance(value, dict):
        return {name: addressed(entry, origin) for name, entry in value.items()}
    if isinstance(value, list):
        return [addressed(entry, origin) for entry in value]
    return origin + value if isinstance(value, str) and value.startswith(f"/{HOST}/files/") else value


def _file(model: Model, order_id: str, product: Product, *, inline: bool) -> dict[str, Json]:
    url = f"/{HOST}/files/b/{order_id}/{product.name}"
    if inline:
        url = f"data:{product.content_type};base64,{base64.b64encode(product.data).decode('ascii')}"
    entry: dict[str, Json] = {"url": url, "content_type": product.content_type}
    if product.width is None or "ideogram" in model.id:
        return {**entry, "file_name": product.name, "file_size": len(product.data)}
    return {**entry, "width": product.width, "height": product.height}


def _extras(task: Task, products: Sequence[Product]) -> dict[str, Json]:
    extras: dict[str, Json] = {}
    flags: list[Json] = [product.flagged for product in products]
    if task.model.role("seed") is not None:
        extras["seed"] = task.seed
    if any(flags) or (task.model.family.startswith("flux") and not task.model.id.startswith(UNCHECKED)):
        extras["has_nsfw_concepts"] = flags
        extras["prompt"] = task.prompt
        extras["timings"] = {}
    if "nano-banana" in task.model.id:
        extras["description"] = ""
    return extras
