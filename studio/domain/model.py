"""One catalogue entry: endpoint, parameters, price rule, what it is good and bad for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.domain.request import Json

if TYPE_CHECKING:
    from studio.domain.model_slots import Dataset, LoraSlot, PoseControl, PriceExtra, SizeLimits

IMAGE_SIZES: dict[str, tuple[int, int]] = {
    "square_hd": (1024, 1024),
    "square": (512, 512),
    "portrait_4_3": (768, 1024),
    "portrait_16_9": (576, 1024),
    "landscape_4_3": (1024, 768),
    "landscape_16_9": (1024, 576),
}
"""fal's named sizes in pixels (fal.ai/docs, model arguments). `square` really is 512."""


@dataclass(frozen=True, slots=True)
class Param:
    """One argument of an endpoint, as its schema has it."""

    name: str
    type: str
    """enum, boolean, integer, string, number, array, image_size or object."""
    required: bool = False
    role: str = ""
    """What it means to the studio: prompt, size, seed, steps, guidance, count, format, image, images, …"""
    default: Json = None
    min: Decimal | None = None
    max: Decimal | None = None
    enum: tuple[str, ...] = ()
    items: str = ""
    custom: bool = False
    """For image_size: `{width, height}` is taken too."""
    max_items: int | None = None
    multiple_of: int | None = None
    fields: Mapping[str, Json] | None = None
    """Schema of the entries of an array of objects, by field name."""
    about: str = ""
    """What it does, as fal's own schema words it; foreign text, and empty where nobody said."""


@dataclass(frozen=True, slots=True)
class PriceTier:
    """A price that replaces the base amount when every argument in `when` matches (defaults filled in)."""

    when: Mapping[str, Json]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """How an endpoint charges. An amount of None means unknown, never free."""

    unit: str
    """megapixel, image, video, second, training-step, training-run, compute-second, or unit: a measure of fal's own
    that nobody knows before the work is done.
    """
    amount: Decimal | None = None
    counts: str = "output"
    """output, or input+output: whether reference pictures are charged too."""
    rounding: str = "unspecified"
    """ceil-per-image or unspecified."""
    first_amount: Decimal | None = None
    extra_amount: Decimal | None = None
    tiers: tuple[PriceTier, ...] = ()
    extras: tuple[PriceExtra, ...] = ()
    rules: tuple[str, ...] = ()
    """The rule in sentences, for a person."""
    reference_units: int | None = None
    """Megapixels that each reference counts for whatever its size; None: its own pixels."""
    scaled_by: str = ""
    """The argument by which the sides of the input picture grow, where the output is charged."""
    base_steps: int | None = None
    """Steps that one training run buys."""
    min_units: Decimal | None = None
    as_of: str = ""
    """The date the price was read, `2026-08-22`, or as much of it as is known; empty when unknown."""
    confidence: str = "unconfirmed"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sweet:
    """The range of guidance that works best, with who says so."""

    low: Decimal
    high: Decimal
    best: Decimal
    source: str = ""


UNREAD = "unread"
"""In place of the date a schema was read: only what is known by hearsay stands in the entry."""


@dataclass(frozen=True, slots=True)
class Model:
    """Everything the studio knows about one endpoint."""

    id: str
    title: str
    kind: str
    """text-to-image, edit, video, utility, train or realtime."""
    family: str
    vendor: str
    best_for: str
    params: tuple[Param, ...]
    price: Price
    caution: str = ""
    consistency: str = "prompt-only"
    deprecated: bool = False
    newer: str = ""
    speed_s: float | None = None
    """Typical seconds for one picture; None when nobody said."""
    steps_note: str = ""
    final_steps: int | None = None
    """Steps worth paying for in a final picture, when they differ from the default."""
    draft_steps: int | None = None
    """Steps enough to judge a composition."""
    sweet: Sweet | None = None
    output_kind: str = "images"
    """images, image, video, lora, raw-images, or other: nothing the studio can keep."""
    reference_fields: tuple[str, ...] = ()
    """Arguments that take the character's pictures, the first one first."""
    reference_max: int | None = None
    reference_strength: str = ""
    """The argument that says how strongly the picture counts; empty when there is none."""
    lora: LoraSlot | None = None
    mask: str = ""
    """The argument that takes a mask; empty when there is none."""
    pose: PoseControl | None = None
    size_limits: SizeLimits | None = None
    dataset: Dataset | None = None
    infer_with: tuple[str, ...] = ()
    """Endpoints that take what this trainer makes."""
    schema: str = ""
    """The date the parameters were read, or UNREAD."""

    @property
    def unread(self) -> bool:
        """True when the parameters were never read from fal: read them before the first use."""
        return self.schema == UNREAD

    def param(self, name: str) -> Param | None:
        """The parameter of that name, if the schema has it."""
        return next((param for param in self.params if param.name == name), None)

    def role(self, role: str) -> Param | None:
        """The first parameter with that role, if there is one."""
        return next((param for param in self.params if param.role == role), None)
