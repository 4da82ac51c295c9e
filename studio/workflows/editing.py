"""Editing a take: an instruction, a model, further references, perhaps a mask, as a plan of one Job."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from studio.domain.errors import UsageError
from studio.domain.job import Provenance
from studio.domain.model import Model
from studio.domain.pose_words import guess_skeleton
from studio.domain.price import estimate
from studio.domain.prompt import Prompt
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.request import Request
from studio.domain.take import Take
from studio.workflows.arguments import resolve_arguments, takes_seed
from studio.workflows.edit_slots import POWER_WORDS, USUAL, Power, edit_models, filled, power, slots
from studio.workflows.lora_use import lora_use, with_triggers
from studio.workflows.plan import Plan, priced_job
from studio.workflows.references import LoadedReference, load_reference
from studio.workflows.size_fit import with_size
from studio.workflows.studio import Studio

LONGEST = 8_000
"""Characters of an instruction."""

ONE, SEVERAL, MASKED = USUAL, "fal-ai/flux-pro/kontext/multi", "fal-ai/flux-kontext-lora/inpaint"
"""Who edits where nobody was named: one picture, with further references, with a mask."""

POSER = "FLUX.2 [flex] edit"
KEEPING = frozenset({Power.EDITS, Power.INPAINTS})
"""What leaves a figure as it stands."""

NAMED = 0.5
"""Certainty from which words name a pose of the whole body."""

SAME_SIZE = ("match_input", "auto")
"""Sizes by which an endpoint keeps that of its picture, the surest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an artist wants done to a take."""

    instruction: str
    model: str = ""
    """Model id; empty for the one that fits best."""
    references: tuple[LoadedReference, ...] = ()
    """What the result is to look like, beside the picture itself."""
    mask: LoadedReference | None = None
    """In the form the model wants, see `edit_mask`."""
    seed: int | None = None
    """None: by chance."""


@dataclass(frozen=True, slots=True)
class Editor:
    """One model that could do it. Money in USD for this picture; None when it is unknown."""

    model: Model
    power: Power
    price: Decimal | None
    most_more: int | None
    mask: str
    """`needed`, `possible`, or empty."""

    @property
    def words(self) -> str:
        """What it does with a picture, a clause."""
        return POWER_WORDS[self.power]


def editors(studio: Studio, size: tuple[int, int]) -> list[Editor]:
    """Every model that edits by words, with its price for a picture of that size in pixels. Quick."""
    subject = LoadedReference("", "", "data:,", *size)
    return [_editor(studio, model, subject) for model in edit_models(studio.catalogue.models)]


def chosen_model(studio: Studio, change: Change) -> Model:
    """The model of a change, or the one that fits it. Raises UsageError when there is none or it does not edit."""
    fitting = MASKED if change.mask else SEVERAL if change.references else ONE
    model = studio.model(change.model or fitting)
    if slots(model) is None:
        raise UsageError(f"{model.title} edits no picture by words.", "studio edit --models lists those that do.")
    return model


async def edit_plan(studio: Studio, take: Take, change: Change) -> Plan:
    """The plan of one edited take under the same pose, `take` its parent. Nothing is sent or uploaded.

    A model whose settings were never read is read first. Raises UsageError when the words are missing, or the model
    does not take what the change gives it; ProviderError when its settings cannot be read.
    """
    if (model := chosen_model(studio, change)).unread:
        await studio.learn(model.id)
    subject = await asyncio.to_thread(partial(load_reference, studio.path(take), take.path))
    desk = studio.engine.desk
    made = await desk.pen(desk.journal.job, take.job)
    return planned_edit(studio, take, change, subject, made.provenance if made else None)


def planned_edit(
    studio: Studio, take: Take, change: Change, subject: LoadedReference, before: Provenance | None
) -> Plan:
    """`edit_plan` with its picture read already. Pure and quick: an interface may call it on every letter."""
    model = chosen_model(studio, change)
    words = change.instruction.strip()
    if not words:
        raise UsageError("An edit needs words: what is to be changed.", 'Such as "make the jacket dark green".')
    if len(words) > LONGEST:
        raise UsageError(f"An instruction has {LONGEST} characters at most, not {len(words)}.", "Say it shorter.")
    context = studio.context()
    recipe, note = _recipe(studio.project.settings.recipe(model.id), model, (subject.width, subject.height))
    seed = (context.new_seed() if change.seed is None else change.seed) if takes_seed(model) else None
    pictures = filled(model, subject, change.references, change.mask)
    use = lora_use(studio.project.character, model, recipe, context.weights)
    prompt = with_triggers(Prompt(words, "", ""), use.triggers)
    arguments = resolve_arguments(model, use.recipe, prompt, seed, _shown(model, subject))
    request = Request.make(model.id, {**arguments, **pictures}, seed)
    notes = tuple(said for said in (note, _seedless(model, change)) if said)
    provenance = Provenance(
        character=studio.project.character.name,
        pose=take.pose,
        pose_text=before.pose_text if before else "",
        style=before.style if before else "",
        parent=take.id,
        references=tuple((one.path, one.sha256) for one in (subject, *change.references)),
        notes=notes,
        loras=use.sent,
    )
    pixels = [one.width * one.height for one in (subject, *change.references)]
    job = priced_job(model, request, provenance, context, pixels)
    warned = _pose_warning(model, words)
    return Plan((job,), (*notes, *warned, *estimate(model, request.arguments, pixels).unsure))


def _recipe(recipe: Recipe, model: Model, size: tuple[int, int]) -> tuple[Recipe, str]:
    """The model's remembered values, but the size of the picture: an edit that crops or squeezes is none."""
    recipe = replace(recipe, draft=False, takes=1, seed_policy=SeedPolicy.NEW)
    param = model.role("size")
    if param is None:
        return recipe, ""
    recipe = recipe.with_value(param.name, None)
    kept = next((word for word in SAME_SIZE if word in param.enum), None)
    if kept is not None:
        return recipe.with_value(param.name, kept), ""
    return with_size(recipe, model, size) if param.default is not None else (recipe, "")


def _shown(model: Model, subject: LoadedReference) -> Sequence[LoadedReference]:
    return [subject] if model.role("image") is not None or model.role("images") is not None else []


def _pose_warning(model: Model, words: str) -> tuple[str, ...]:
    """What the coach says when a new pose is asked of a model that keeps the old one."""
    if power(model) not in KEEPING or "keep" in words.casefold():
        return ()
    guess = guess_skeleton(words)
    if guess.certainty < NAMED:
        return ()
    return (
        f"This sounds like another pose ({guess.because}); {model.title} keeps the one it is given. {POSER} can pose.",
    )


def _seedless(model: Model, change: Change) -> str:
    if change.seed is None or takes_seed(model):
        return ""
    return f"{model.title} takes no seed, so {change.seed} is left out."


def _editor(studio: Studio, model: Model, subject: LoadedReference) -> Editor:
    found = slots(model)
    recipe, _ = _recipe(studio.project.settings.recipe(model.id), model, (subject.width, subject.height))
    arguments = {name: value for name, value in recipe.values.items() if model.param(name) is not None}
    price = estimate(model, arguments, [subject.width * subject.height]).amount
    mask = "" if found is None or found.mask is None else "needed" if found.mask.required else "possible"
    return Editor(model, power(model), price, found.most_more if found else 0, mask)
