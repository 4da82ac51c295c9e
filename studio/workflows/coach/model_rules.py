"""Rules about which model, and its settings."""

from __future__ import annotations

from decimal import Decimal

from studio.domain.guidance import describe_guidance
from studio.domain.model import IMAGE_SIZES
from studio.domain.recipe import SeedPolicy
from studio.workflows.coach.advice import (
    NOTES,
    Finding,
    Rule,
    SetDraft,
    SetSeed,
    SetValue,
    Severity,
    UseModel,
    View,
)
from studio.workflows.edit_slots import POWER_WORDS, Power, power, slots

SKETCHER = "fal-ai/flux/schnell"
"""The cheapest model that draws from words."""
POSER = "fal-ai/flux-2-flex"
"""The model the studio offers for a new pose from words."""
SEVERAL = "fal-ai/flux-2-flex/edit"
"""The model the studio offers for a new pose of a character shown in reference pictures."""

ROOMY = (("fal-ai/flux-2/edit", 4), (SEVERAL, 8), ("fal-ai/nano-banana-2/edit", 14), ("openai/gpt-image-2/edit", 16))
"""Endpoints by how many references they take, the fewest first, from their schemas."""

TOO_MUCH = 15.0
"""Guidance from which a picture falls apart, from the artists' notes."""


def kontext_pose(view: View) -> Finding | None:
    """Kontext chosen for a new pose."""
    if view.model.family != "kontext" or not view.poses:
        return None
    target = SEVERAL if view.references else POSER
    return Finding(
        "Kontext keeps the pose and the proportions of its reference. It is made for outfit, colour, background and "
        "light; for a new pose use a text model or one that takes several references.",
        UseModel(target),
        f"use {target}",
    )


def editor_pose(view: View) -> Finding | None:
    """Another editor that keeps the pose of its picture, chosen for a new pose."""
    model = view.model
    if model.family == "kontext" or not view.poses or slots(model) is None:
        return None
    doing = power(model)
    if doing is Power.POSES:
        return None
    target = SEVERAL if view.references else POSER
    return Finding(
        f"{model.title} {POWER_WORDS[doing]}; for a new pose use a text model or one that takes several references.",
        UseModel(target),
        f"use {target}",
    )


def guidance_sweet(view: View) -> Finding | None:
    """Guidance outside the sweet spot."""
    sweet, value, param = view.model.sweet, view.number("guidance"), view.model.role("guidance")
    if sweet is None or value is None or param is None or sweet.low <= Decimal(str(value)) <= sweet.high:
        return None
    span = f"{sweet.low}" if sweet.low == sweet.high else f"{sweet.low} to {sweet.high}"
    return Finding(
        f"Guidance {value:g} is {describe_guidance(Decimal(str(value)))}; {view.model.title} is best at {span}.",
        SetValue(param.name, float(sweet.best)),
        f"set {sweet.best}",
    )


def guidance_degrades(view: View) -> Finding | None:
    """Guidance so high that pictures break."""
    value, param = view.number("guidance"), view.model.role("guidance")
    if value is None or param is None or value < TOO_MUCH or view.model.sweet is not None:
        return None
    best = param.default if isinstance(param.default, int | float) else 3.5
    return Finding(
        f"Guidance {value:g} is {describe_guidance(Decimal(str(value)))}.", SetValue(param.name, best), f"set {best:g}"
    )


def steps_final(view: View) -> Finding | None:
    """Too few steps for a final picture."""
    steps, param, final = view.number("steps"), view.model.role("steps"), view.model.final_steps
    if steps is None or param is None or final is None or view.recipe.draft or steps >= final * 0.8:
        return None
    if view.model.draft_steps is not None and steps <= view.model.draft_steps + 3:
        return Finding(
            f"{steps:g} steps show a composition only; a final takes {final}.", SetDraft(True), "make it a draft"
        )
    return Finding(
        f"{steps:g} steps are few for a final; {final} is the usual.", SetValue(param.name, final), f"set {final}"
    )


def steps_wasted(view: View) -> Finding | None:
    """More steps than show."""
    steps, param, final = view.number("steps"), view.model.role("steps"), view.model.final_steps
    if steps is None or param is None or final is None or steps <= final * 1.2:
        return None
    return Finding(
        f"Beyond {final} steps {view.model.title} shows no difference, only waiting.",
        SetValue(param.name, final),
        f"set {final}",
    )


def schnell_steps(view: View) -> Finding | None:
    """The distilled model with many steps."""
    steps, param = view.number("steps"), view.model.role("steps")
    if param is None or steps is None or "schnell" not in view.model.id or steps <= 4:
        return None
    return Finding(
        "FLUX.1 [schnell] is made for 1 to 4 steps; more do not make it better.", SetValue(param.name, 4), "set 4"
    )


def small_square(view: View) -> Finding | None:
    """`square` is 512 pixels."""
    param = view.model.role("size")
    if param is None or view.value("size") != "square" or "square_hd" not in param.enum:
        return None
    width, height = IMAGE_SIZES["square"]
    return Finding(
        f"`square` is only {width}×{height} and is billed as a whole megapixel; `square_hd` is 1024×1024.",
        SetValue(param.name, "square_hd"),
        "use square_hd",
    )


def size_for_ratio(view: View) -> Finding | None:
    """An image size remembered where the model wants an aspect ratio, or the other way round."""
    param = view.model.role("size")
    stray = next((name for name in ("image_size", "aspect_ratio") if name in view.recipe.values), None)
    if param is None or stray is None or stray == param.name or view.model.param(stray) is not None:
        return None
    return Finding(
        f"{view.model.title} takes {param.name}; {stray} has no effect and is not sent.",
        SetValue(stray, None),
        f"drop {stray}",
    )


def deprecated(view: View) -> Finding | None:
    """A model on its way out."""
    if not view.model.deprecated:
        return None
    newer = view.model.newer
    fix = UseModel(newer) if newer else None
    return Finding(f"{view.model.title} is deprecated.", fix, f"use {newer}" if newer else "")


def too_many_references(view: View) -> Finding | None:
    """More references than the model looks at."""
    most = view.model.reference_max
    if most is None or view.references <= most:
        return None
    word = "reference" if most == 1 else "references"
    other = next((endpoint for endpoint, room in ROOMY if room >= view.references), "")
    return Finding(
        f"{view.model.title} takes {most} {word}; {view.references} are chosen.",
        UseModel(other) if other else None,
        f"use {other}" if other else "",
    )


def seed_while_comparing(view: View) -> Finding | None:
    """New seeds while models are compared."""
    if not view.comparing or view.recipe.seed_policy is SeedPolicy.FIXED or view.model.role("seed") is None:
        return None
    return Finding(
        "With a new seed each time, models differ by chance as well; keep one seed while comparing.",
        SetSeed(SeedPolicy.FIXED),
        "keep one seed",
    )


def draft_price(view: View) -> Finding | None:
    """A draft of a model whose price does not hang on its steps."""
    recipe, model = view.recipe, view.model
    if not recipe.draft or model.price.unit not in {"megapixel", "image"} or "schnell" in model.id:
        return None
    if model.role("steps") is None:
        return Finding(
            f"{model.title} has no steps, so a draft is a final at the price of one.",
            SetDraft(False),
            "make it a final",
        )
    return Finding(
        f"Fewer steps make {model.title} quicker, not cheaper: fal charges by the {model.price.unit}. FLUX.1 [schnell] "
        "sketches for far less.",
        UseModel(SKETCHER),
        f"use {SKETCHER}",
    )


def tolerance(view: View) -> Finding | None:
    """Safety settings away from the model's own."""
    param = view.model.param("safety_tolerance")
    value = view.recipe.values.get("safety_tolerance")
    if param is None or value is None or value == param.default:
        return None
    strict = str(value) < str(param.default)
    word = "refuses more, armour and blades among it" if strict else "lets more through, and fal may still refuse it"
    return Finding(
        f"safety_tolerance {value} {word}; a refusal may be charged. The model's own is {param.default}.",
        SetValue("safety_tolerance", None),
        "leave it at its own",
    )


def safety_off(view: View) -> Finding | None:
    """The safety checker switched off."""
    if view.recipe.values.get("enable_safety_checker") is not False:
        return None
    return Finding(
        "fal checks anyway unless your account is authorised to switch it off.",
        SetValue("enable_safety_checker", None),
        "leave it on",
    )


RULES = (
    Rule("kontext-keeps-pose", Severity.WARNING, NOTES, kontext_pose),
    Rule("editor-keeps-pose", Severity.WARNING, "fal's model pages, and the endpoint's schema", editor_pose),
    Rule("guidance-sweet-spot", Severity.HINT, NOTES, guidance_sweet),
    Rule("guidance-degrades", Severity.WARNING, NOTES, guidance_degrades),
    Rule("steps-few-for-final", Severity.HINT, NOTES, steps_final),
    Rule("steps-wasted", Severity.HINT, NOTES, steps_wasted),
    Rule("schnell-steps", Severity.HINT, "Black Forest Labs: a distilled model", schnell_steps),
    Rule("square-is-512", Severity.WARNING, "fal.ai docs, model arguments", small_square),
    Rule("size-or-ratio", Severity.WARNING, "fal.ai docs, model arguments", size_for_ratio),
    Rule("deprecated-model", Severity.WARNING, "fal.ai model list", deprecated),
    Rule("references-too-many", Severity.WASTE, "the endpoint's schema", too_many_references),
    Rule("seed-while-comparing", Severity.HINT, "the studio", seed_while_comparing),
    Rule("draft-is-no-cheaper", Severity.ASIDE, "fal.ai price texts, August 2026", draft_price),
    Rule("safety-tolerance", Severity.HINT, "the endpoint's schema; 422 may be charged", tolerance),
    Rule("safety-checker", Severity.HINT, "fal.ai catalogue, August 2026", safety_off),
)
