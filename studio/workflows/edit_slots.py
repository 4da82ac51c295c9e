"""Where a picture that is edited, the pictures it is to look like, and a mask go among a model's arguments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.request import Json
from studio.workflows.references import LoadedReference, addresses

PICTURES = frozenset({"images", "image"})
FILLED = frozenset({"prompt", "image", "images", "mask"})
"""Roles that an edit fills in; a model that must be given anything else cannot be used for one."""


class Power(StrEnum):
    """What an edit model does with the picture it is given."""

    EDITS = "edits"
    POSES = "poses"
    INPAINTS = "inpaints"
    REDRAWS = "redraws"


POWER_WORDS = {
    Power.EDITS: "keeps pose, face and framing and changes what you name: outfit, colour, light, background",
    Power.POSES: "can put the character into another pose or place, and can edit; it may redraw more than you named",
    Power.INPAINTS: "changes only what the mask shows, and nothing outside it",
    Power.REDRAWS: "draws the whole picture anew over the old one; strength says how much of it stays",
}

USUAL = "fal-ai/flux-pro/kontext"
"""Who edits where nobody was named: first in every list."""

POSING = frozenset({"flux2", "nano-banana", "seedream", "gpt-image", "qwen"})
"""Families sold for putting a shown person into new pictures (facts, section 4.4; fal's model pages)."""

CHARACTER = frozenset({"fal-ai/ideogram/character", "fal-ai/instant-character"})
"""Endpoints that draw a new picture of the one who is shown, and take nothing else of the old one."""


@dataclass(frozen=True, slots=True)
class Slots:
    """The arguments for pictures. `most_more` counts further references; None where nobody names a limit."""

    subject: Param
    more: Param | None
    """Where further references go; the same as `subject` for a list that holds both."""
    most_more: int | None
    must_more: bool
    """Whether at least one reference must be sent beside the picture itself."""
    mask: Param | None


def slots(model: Model) -> Slots | None:
    """The arguments of a model that edits a picture by words; None for one that does not."""
    if model.kind != "edit" or model.output_kind not in PICTURES or model.role("prompt") is None:
        return None
    if model.pose is not None or any(_stranger(param) for param in model.params):
        return None
    singles = [param for param in model.params if param.role == "image"]
    several = model.role("images")
    mask = model.param(model.mask) if model.mask else None
    if singles and several is not None:
        return Slots(singles[0], several, model.reference_max or several.max_items, several.required, mask)
    if singles:
        more = singles[1] if len(singles) > 1 else None
        return Slots(singles[0], more, 1 if more else 0, more is not None and more.required, mask)
    if several is None:
        return None
    most = model.reference_max or several.max_items
    return Slots(several, several, None if most is None else most - 1, False, mask)


def edit_models(models: Iterable[Model]) -> list[Model]:
    """Those that edit a picture by words and are not given up, the surest editors first."""
    found = [model for model in models if not model.deprecated and slots(model) is not None]
    order = list(Power)
    return sorted(
        found,
        key=lambda model: (order.index(power(model)), model.id != USUAL, model.family != "kontext", model.title),
    )


def power(model: Model) -> Power:
    """Whether a model poses or only edits, as the coach tells it."""
    found = slots(model)
    if found is not None and found.mask is not None and found.mask.required:
        return Power.INPAINTS
    if model.id in CHARACTER:
        return Power.POSES
    if model.reference_strength or model.role("strength") is not None:
        return Power.REDRAWS
    several = found is not None and found.subject.role == "images"
    return Power.POSES if model.family in POSING and several else Power.EDITS


def filled(
    model: Model, subject: LoadedReference, more: Sequence[LoadedReference], mask: LoadedReference | None
) -> dict[str, Json]:
    """The picture arguments of one edit. Raises UsageError when there are too many, or a mask is missing or too much.

    Where a model must be shown a reference beside the picture and none is given, it is shown the picture itself.
    """
    found = slots(model)
    if found is None:
        raise UsageError(f"{model.title} edits no picture by words.", "studio edit --models lists those that do.")
    _check(model, found, more, mask)
    shown = list(more) or ([subject] if found.must_more else [])
    sent = addresses([subject, *shown, *([mask] if mask else [])])
    first, rest = sent[0], sent[1 : 1 + len(shown)]
    arguments: dict[str, Json] = {}
    if found.subject.role == "images":
        arguments[found.subject.name] = [first, *rest]
    else:
        arguments[found.subject.name] = first
        if found.more is not None and rest:
            arguments[found.more.name] = list[Json](rest) if found.more.role == "images" else rest[0]
    if found.mask is not None and mask is not None:
        arguments[found.mask.name] = sent[-1]
    return arguments


def _check(model: Model, found: Slots, more: Sequence[LoadedReference], mask: LoadedReference | None) -> None:
    if found.most_more is not None and len(more) > found.most_more:
        takes = "no further reference" if not found.most_more else f"{found.most_more} further references at most"
        raise UsageError(
            f"{model.title} takes {takes} beside the picture itself, not {len(more)}.",
            "Leave some out, or choose a model that takes more.",
        )
    if mask is None and found.mask is not None and found.mask.required:
        raise UsageError(f"{model.title} needs a mask: what may change.", "Draw one (m), or give one with --mask FILE.")
    if mask is not None and found.mask is None:
        raise UsageError(f"{model.title} takes no mask.", "Leave it out, or choose a model that inpaints.")


def _stranger(param: Param) -> bool:
    return param.required and param.default is None and param.role not in FILLED
