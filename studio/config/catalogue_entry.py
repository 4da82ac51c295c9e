"""One `[[model]]` table of the catalogue, read into a Model and checked. Its price: `catalogue_price`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from studio.config.catalogue_price import read_price
from studio.config.toml_table import Table
from studio.domain.model import UNREAD, Model, Param, Sweet
from studio.domain.request import Json

if TYPE_CHECKING:
    from studio.domain.model_slots import Dataset, LoraSlot, PoseControl, SizeLimits

KINDS = ("text-to-image", "edit", "video", "utility", "train", "realtime")
TYPES = ("enum", "boolean", "integer", "string", "number", "array", "image_size", "object")
OUTPUTS = ("images", "image", "video", "lora", "raw-images", "other")

ENDPOINT = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]{0,80}(?:/[a-zA-Z0-9][a-zA-Z0-9_.-]{0,80}){1,8}")
_DATE = re.compile(r"20\d\d(?:-\d\d(?:-\d\d)?)?")
_MODEL_KEYS = (
    *("id", "title", "kind", "family", "vendor", "best_for", "caution", "consistency", "deprecated", "newer"),
    *("speed_s", "steps_note", "final_steps", "draft_steps", "sweet", "output", "reference", "price", "param"),
    *("lora", "mask", "pose", "size_limits", "dataset", "infer_with", "schema"),
)
_PARAM_KEYS = (
    *("name", "type", "required", "role", "default", "min", "max", "enum", "items", "custom", "max_items"),
    *("multiple_of", "fields", "about"),
)


def read_model(table: Table) -> Model:
    """The Model of a table. Raises ProjectError with the line of whatever is not as expected."""
    table.only(_MODEL_KEYS)
    endpoint = table.text("id", filled=True)
    if not ENDPOINT.fullmatch(endpoint):
        raise table.error("id", "expected an endpoint such as fal-ai/flux-2-flex")
    params = tuple(_param(entry) for entry in table.tables("param"))
    names = [param.name for param in params]
    for entry, name in zip(table.tables("param"), names, strict=True):
        if names.count(name) > 1:
            raise entry.error("name", f"expected each parameter once, found {name!r} twice")
    return Model(
        id=endpoint,
        title=table.text("title", endpoint),
        kind=table.choice("kind", KINDS, "edit"),
        family=table.text("family", endpoint.split("/")[0]),
        vendor=table.text("vendor", ""),
        best_for=table.text("best_for", ""),
        params=params,
        price=read_price(table.table("price"), names),
        caution=table.text("caution", ""),
        consistency=table.text("consistency", "prompt-only"),
        deprecated=table.flag("deprecated", False),
        newer=table.text("newer", ""),
        speed_s=float(table.number("speed_s", low=0)) if "speed_s" in table else None,
        steps_note=table.text("steps_note", ""),
        final_steps=_whole(table, "final_steps"),
        draft_steps=_whole(table, "draft_steps"),
        sweet=_sweet(table.table("sweet")) if "sweet" in table else None,
        output_kind=table.choice("output", OUTPUTS, "images"),
        **_slots(table),
    )


class _Slots(TypedDict):
    reference_fields: tuple[str, ...]
    reference_max: int | None
    reference_strength: str
    lora: LoraSlot | None
    mask: str
    pose: PoseControl | None
    size_limits: SizeLimits | None
    dataset: Dataset | None
    infer_with: tuple[str, ...]
    schema: str


def _slots(table: Table) -> _Slots:
    """Where pictures, LoRAs, poses and training data go."""
    reference = table.table("reference")
    reference.only(("field", "fields", "max", "strength_field"))
    field = reference.text("field", "")
    schema = table.text("schema", "")
    if schema and schema != UNREAD and not _DATE.fullmatch(schema):
        raise table.error("schema", f"expected the date it was read, such as 2026-08-22, or {UNREAD}")
    return {
        "reference_fields": reference.texts("fields") or ((field,) if field else ()),
        "reference_max": _whole(reference, "max"),
        "reference_strength": reference.text("strength_field", ""),
        "lora": _lora(table.table("lora")) if "lora" in table else None,
        "mask": table.text("mask", ""),
        "pose": _pose(table.table("pose")) if "pose" in table else None,
        "size_limits": _size_limits(table.table("size_limits")) if "size_limits" in table else None,
        "dataset": _dataset(table.table("dataset")) if "dataset" in table else None,
        "infer_with": table.texts("infer_with"),
        "schema": schema,
    }


def _lora(table: Table) -> LoraSlot:
    from studio.domain.model_slots import LoraSlot

    table.only(("field", "max", "scale_sweet"))
    span = table.json("scale_sweet", [])
    if not isinstance(span, list) or len(span) not in (0, 2) or not all(_is_number(end) for end in span):
        raise table.error("scale_sweet", "expected the two ends of a range, such as [0.5, 1.5]")
    low, high = (Decimal(str(end)) for end in span) if span else (None, None)
    return LoraSlot(table.text("field", filled=True), _whole(table, "max"), low, high)


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _pose(table: Table) -> PoseControl:
    from studio.domain.model_slots import PoseControl

    table.only(("fields", "says"))
    return PoseControl(table.texts("fields"), table.text("says", ""))


def _size_limits(table: Table) -> SizeLimits:
    from studio.domain.model_slots import SizeLimits

    table.only(("min", "max"))
    low = table.integer("min", low=1)
    return SizeLimits(low, table.integer("max", low=low))


def _dataset(table: Table) -> Dataset:
    from studio.domain.model_slots import Dataset

    table.only(("field", "min_images", "captions"))
    return Dataset(table.text("field", filled=True), _whole(table, "min_images"), table.text("captions", ""))


def _param(table: Table) -> Param:
    table.only(_PARAM_KEYS)
    kind = table.choice("type", TYPES)
    low, high = _bound(table, "min"), _bound(table, "max")
    if low is not None and high is not None and low > high:
        raise table.error("max", f"expected at least the minimum {low}, found {high}")
    words = table.texts("enum")
    if kind == "enum" and not words:
        raise table.error("enum", "expected a list of the allowed words")
    default = table.json("default")
    _check_default(table, kind, default, low, high, words)
    fields = table.json("fields") if "fields" in table else None
    if fields is not None and not isinstance(fields, dict):
        raise table.error("fields", "expected a table of fields")
    return Param(
        name=table.text("name", filled=True),
        type=kind,
        required=table.flag("required", False),
        role=table.text("role", ""),
        default=default,
        min=low,
        max=high,
        enum=words,
        items=table.text("items", ""),
        custom=table.flag("custom", False),
        max_items=_whole(table, "max_items"),
        multiple_of=_whole(table, "multiple_of"),
        fields=fields,
        about=table.text("about", ""),
    )


def _check_default(
    table: Table, kind: str, default: Json, low: Decimal | None, high: Decimal | None, words: tuple[str, ...]
) -> None:
    if default is None:
        return
    match kind:
        case "enum" if default not in words:
            raise table.error("default", f"expected one of {', '.join(words)}")
        case "boolean" if not isinstance(default, bool):
            raise table.error("default", "expected true or false")
        case "string" if not isinstance(default, str):
            raise table.error("default", "expected a text in quotes")
        case "integer":
            table.integer("default")
            table.number("default", low=low, high=high)
        case "number":
            table.number("default", low=low, high=high)
        case _:
            pass


def _sweet(table: Table) -> Sweet:
    table.only(("low", "high", "best", "source"))
    low, high = table.number("low"), table.number("high")
    return Sweet(low, high, table.number("best", low=low, high=high), table.text("source", ""))


def _whole(table: Table, key: str) -> int | None:
    return table.integer(key, low=1) if key in table else None


def _bound(table: Table, key: str) -> Decimal | None:
    return table.number(key) if key in table else None
