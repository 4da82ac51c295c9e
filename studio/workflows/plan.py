"""A plan: poses × recipe × takes, as Jobs that nobody has written down or sent yet."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import SystemRandom

from studio.domain import money
from studio.domain.character import Character
from studio.domain.errors import UsageError
from studio.domain.job import Job, Provenance
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.price import estimate
from studio.domain.prompt import compose_prompt
from studio.domain.recipe import SEED_LIMIT, Guide, Recipe
from studio.domain.request import Request
from studio.domain.style import Style
from studio.workflows.arguments import resolve_arguments, takes_seed
from studio.workflows.lora_use import lora_use, with_triggers
from studio.workflows.references import LoadedReference
from studio.workflows.seeds import SeedLine

_CHANCE = SystemRandom()
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Plan:
    """The Jobs of one key press, priced."""

    jobs: tuple[Job, ...]
    notes: tuple[str, ...] = ()

    @property
    def estimate(self) -> Decimal:
        """USD of all Jobs whose price is known."""
        return money.total(job.estimate for job in self.jobs)[0]

    @property
    def unknown(self) -> int:
        """How many Jobs have no known price."""
        return money.total(job.estimate for job in self.jobs)[1]


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What a plan needs besides the artist's choices."""

    session: str
    sandbox: bool
    styles: Mapping[str, Style]
    now: Callable[[], float] = time.time
    new_seed: Callable[[], int] = field(default=lambda: _CHANCE.randrange(SEED_LIMIT))
    new_id: Callable[[], str] = field(default=lambda: new_job_id())
    last_seed: Callable[[], int | None] = field(default=lambda: None)
    """The seed that was used last; only asked under the policy `next`."""
    weights: Callable[[str], str] = field(default=lambda path: path)
    """What is sent for LoRA weights of the project: `lora_files.stand_in`; for a price alone the path will do."""


def new_job_id() -> str:
    """A job id: the time and chance, 16 characters that sort by time and can be said aloud."""
    number = (int(time.time() * 1000) << 35) | _CHANCE.getrandbits(35)
    digits = []
    for _ in range(16):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


def style_text(character: Character, styles: Mapping[str, Style]) -> str:
    """The style sentence: the preset's words when the character names one, else what the character says itself."""
    preset = styles.get(character.style.strip())
    return preset.text if preset else character.style


def make_plan(
    character: Character,
    poses: Sequence[Pose],
    model: Model,
    recipe: Recipe,
    context: PlanContext,
    references: Sequence[LoadedReference] = (),
    notes: Sequence[str] = (),
) -> Plan:
    """One Request per picture, each with its own seed and its price, poses in the order given.

    Raises UsageError when there is nothing to do, a value is out of range, or the template is broken.
    """
    if not poses:
        raise UsageError("There is no pose to draw.", "Tick one in the pose list, or add one.")
    seeds = SeedLine(recipe, context.new_seed, context.last_seed)
    jobs = [
        plan_job(
            *(character, pose, model, recipe, context),
            seed=seeds.seed(pose, number) if takes_seed(model) else None,
            references=references,
            notes=notes,
        )
        for pose in poses
        for number in range(recipe.takes)
    ]
    # What is unsure hangs on the settings, and those are the same in every Job of one plan.
    unsure = estimate(model, jobs[0].request.arguments).unsure if jobs else ()
    return Plan(tuple(jobs), (*notes, *unsure))


def plan_job(
    character: Character,
    pose: Pose,
    model: Model,
    recipe: Recipe,
    context: PlanContext,
    *,
    seed: int | None,
    references: Sequence[LoadedReference] = (),
    notes: Sequence[str] = (),
    cell: str = "",
) -> Job:
    """The Job of one picture, priced. Raises UsageError as `make_plan` does."""
    try:
        prompt = compose_prompt(character, pose, style_text(character, context.styles))
    except ValueError as error:
        raise UsageError(f"{error}.", "Mend `template` in character.toml.") from error
    use = lora_use(character, model, recipe, context.weights)
    prompt, chosen = with_triggers(prompt, use.triggers), use.recipe
    if recipe.guide is not Guide.WORDS:
        from studio.workflows.pose_guide import guided  # most plans have no guide, and a start waits for none

        told = guided(character, pose, model, chosen, prompt, references)
        prompt, references, chosen = told.prompt, told.references, told.recipe
    provenance = Provenance(
        character=character.name,
        pose=pose.name,
        pose_text=pose.text,
        template=prompt.template,
        style=character.style,
        draft=recipe.draft,
        references=tuple((reference.path, reference.sha256) for reference in references),
        notes=tuple(notes),
        cell=cell,
        loras=use.sent,
    )
    arguments = resolve_arguments(model, chosen, prompt, seed, references)
    pixels = [reference.width * reference.height for reference in references]
    return priced_job(model, Request.make(model.id, arguments, seed), provenance, context, pixels)


def priced_job(
    model: Model, request: Request, provenance: Provenance, context: PlanContext, reference_pixels: Sequence[int] = ()
) -> Job:
    """A new Job of a Request that is complete, with its price. `reference_pixels` count its input pictures."""
    price = estimate(model, request.arguments, reference_pixels)
    return Job(
        id=context.new_id(),
        request=request,
        provenance=provenance,
        created=context.now(),
        moved=context.now(),
        session=context.session,
        sandbox=context.sandbox,
        estimate=price.amount,
        unit_price=price.unit_price,
    )
