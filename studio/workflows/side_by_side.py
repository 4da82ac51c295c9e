"""The same plan on the others: what the same poses and takes cost with every model that can draw them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from studio.domain.character import Character
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.price import picture_size
from studio.domain.recipe import Recipe
from studio.domain.style import Style
from studio.workflows.coach.advice import Advice, Severity
from studio.workflows.coach.coach import advise
from studio.workflows.coach.view import view_of
from studio.workflows.plan import PlanContext, make_plan
from studio.workflows.references import LoadedReference
from studio.workflows.size_fit import with_size
from studio.workflows.studio import Studio

KINDS = frozenset({"text-to-image", "edit"})
PICTURES = frozenset({"images", "image"})
FILLED = frozenset({"prompt", "image", "images"})
"""Roles of required arguments that the studio fills in."""
ABOUT_ALL = frozenset({"seed-while-comparing"})
"""Rules whose advice is about the comparison and not about one of the models."""
UNREAD = "Its settings were never read from fal; they are read before the first picture."


@dataclass(frozen=True, slots=True)
class SamePlan:
    """What is to be drawn, whoever draws it."""

    character: Character
    poses: Sequence[Pose]
    recipe: Recipe
    """The chosen model's; its takes and its draft hold for all."""
    references: Sequence[LoadedReference]
    styles: Mapping[str, Style]
    pixels: tuple[int, int] | None = None
    """The picture size the chosen model would draw, None where that is not known."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One model's row. Money in USD, None where unknown."""

    model: Model
    pictures: int
    each: Decimal | None
    advice: tuple[Advice, ...] = ()
    """What the coach says about this model for this plan, weightiest first."""
    own: tuple[Advice, ...] = ()
    """The part of it that is not said of most models."""
    notes: tuple[str, ...] = ()
    """What could not be the same, such as a size."""
    trouble: str = ""
    """Why this model cannot draw the plan with its remembered values; empty when it can."""

    @property
    def total(self) -> Decimal | None:
        """The price of all pictures."""
        return None if self.each is None else self.each * self.pictures

    @property
    def severity(self) -> Severity | None:
        """How much the weightiest advice of its own matters; None when the coach is content."""
        return self.own[0].severity if self.own else None

    @property
    def remark(self) -> str:
        """The weightiest thing to know about it for this plan, in one sentence."""
        said = [self.trouble, *(entry.sentence for entry in self.own), *self.notes, self.model.caution]
        return next((sentence for sentence in said if sentence), self.model.best_for)


def side_by_side(same: SamePlan, models: Iterable[Model], remembered: Mapping[str, Recipe]) -> list[Compared]:
    """Every model that can draw the plan, the cheapest first, then the quickest; unknown prices come after known ones.

    `remembered` holds the values the artist set, by model id; a model without an entry takes its defaults.
    """
    rows = [_compared(same, model, remembered.get(model.id)) for model in models if can_draw(model, same.references)]
    fired = Counter(entry.rule for row in rows for entry in row.advice)
    common = ABOUT_ALL | {rule for rule, times in fired.items() if times * 3 > len(rows) > 2}
    told = [(row, [entry for entry in row.advice if entry.severity >= Severity.HINT]) for row in rows]
    own = [replace(row, own=tuple(entry for entry in said if entry.rule not in common)) for row, said in told]
    return sorted(own, key=_order)


def about_all(rows: Sequence[Compared]) -> Advice | None:
    """The weightiest advice about the comparison itself, not about one of the models."""
    found = [entry for row in rows for entry in row.advice if entry.rule in ABOUT_ALL]
    return max(found, key=lambda entry: entry.severity, default=None)


def the_others(
    studio: Studio, poses: Sequence[Pose], recipe: Recipe, references: Sequence[LoadedReference] = ()
) -> list[Compared]:
    """`side_by_side` for an open studio: its catalogue, and the values remembered in its project.

    A few milliseconds for a catalogue of a hundred. Raises UsageError when the chosen model cannot draw the plan.
    """
    model, settings = studio.model(recipe.model), studio.project.settings
    first = studio.plan(poses[:1], replace(recipe, takes=1), references).jobs[0]
    same = SamePlan(
        character=studio.project.character,
        poses=poses,
        recipe=recipe,
        references=references,
        styles=studio.presets.styles,
        pixels=picture_size(model, first.request.arguments),
    )
    return side_by_side(same, studio.catalogue.models, {name: settings.recipe(name) for name in settings.values})


def can_draw(model: Model, references: Sequence[LoadedReference] = ()) -> bool:
    """Whether a model draws poses from words, with these references, and nothing else has to be given."""
    if model.deprecated or model.kind not in KINDS or model.output_kind not in PICTURES:
        return False
    if model.role("prompt") is None or any(
        param.required and param.default is None and param.role not in FILLED for param in model.params
    ):
        return False
    single, several = model.role("image"), model.role("images")
    required = sum(param.required and param.role in {"image", "images"} for param in model.params)
    if not references:
        return not required
    if required > 1 or (several is None and single is None):
        return False
    most = 1 if several is None else model.reference_max or several.max_items
    return most is None or len(references) <= most


def _compared(same: SamePlan, model: Model, remembered: Recipe | None) -> Compared:
    pictures = len(same.poses) * same.recipe.takes
    chosen = same.recipe if model.id == same.recipe.model else replace(remembered or Recipe(model.id), model=model.id)
    recipe, note = with_size(replace(chosen, draft=same.recipe.draft, takes=1), model, same.pixels)
    context = PlanContext("", sandbox=False, styles=same.styles, new_seed=lambda: 0, new_id=lambda: "")
    try:
        plan = make_plan(same.character, same.poses[:1], model, recipe, context, same.references)
    except UsageError as error:
        return Compared(model, pictures, None, trouble=error.happened)
    view = view_of(
        *(same.character, same.poses, model, recipe, same.styles), references=len(same.references), comparing=True
    )
    advice = tuple(advise(view))
    notes = tuple(said for said in (UNREAD if model.unread else "", note, *plan.notes) if said)
    return Compared(model, pictures, plan.jobs[0].estimate, advice, notes=notes)


def _order(row: Compared) -> tuple[bool, bool, Decimal, float, str]:
    speed = row.model.speed_s if row.model.speed_s is not None else float("inf")
    return bool(row.trouble), row.each is None, row.each or Decimal(0), speed, row.model.title
