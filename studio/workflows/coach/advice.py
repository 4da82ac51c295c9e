"""What the coach looks at, what it says, and what one key can change about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

from studio.domain.character import Character
from studio.domain.model import Model, Param
from studio.domain.pose import Pose
from studio.domain.prompt import Prompt
from studio.domain.recipe import Guide, Recipe, SeedPolicy
from studio.domain.request import Json

NOTES = "artists’ notes: one person's experience"
"""Source of rules that come from one person's notes; they say so wherever they are shown."""


class Severity(IntEnum):
    """How much it matters. Only `WASTE` may hold a plan back: money would surely be thrown away."""

    ASIDE = 0
    """True of a character as it is meant to be: said when everything is asked for, never by itself."""
    HINT = 1
    WARNING = 2
    WASTE = 3


@dataclass(frozen=True, slots=True)
class View:
    """Everything a rule may look at: the choices, and the prompt they lead to."""

    model: Model
    recipe: Recipe
    character: Character
    poses: tuple[Pose, ...]
    prompt: Prompt
    references: int = 0
    comparing: bool = False
    """True when the same plan is run on several models."""

    def value(self, role: str) -> Json:
        """The value that would be sent for a role: the artist's, else the model's default."""
        param = self.model.role(role)
        return self.recipe.values.get(param.name, param.default) if param else None

    def number(self, role: str) -> float | None:
        """The same as a number, None when there is none."""
        value = self.value(role)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def changed(self, role: str) -> tuple[Param, Json] | None:
        """The parameter of a role and its value, when the artist set one."""
        param = self.model.role(role)
        return (param, self.recipe.values[param.name]) if param and param.name in self.recipe.values else None


@dataclass(frozen=True, slots=True)
class SetValue:
    """Set one argument of the recipe; None takes it out."""

    name: str
    value: Json


@dataclass(frozen=True, slots=True)
class UseModel:
    """Choose another model, with its own remembered values."""

    model: str


@dataclass(frozen=True, slots=True)
class SetDraft:
    """Switch between draft and final."""

    draft: bool


@dataclass(frozen=True, slots=True)
class SetSeed:
    """Keep one seed, or take new ones."""

    policy: SeedPolicy


@dataclass(frozen=True, slots=True)
class SetText:
    """Replace one text of the character: description, setting, style, negative or template."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class SetPose:
    """Replace the sentence of a pose; its figure is read from the new words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SetLora:
    """Another scale for one of the character's LoRAs, counted from 0."""

    number: int
    scale: float


@dataclass(frozen=True, slots=True)
class SetGuide:
    """Another way of telling the pose; a strength of None leaves it to the model."""

    guide: Guide
    strength: float | None


Fix = SetValue | UseModel | SetDraft | SetSeed | SetText | SetPose | SetLora | SetGuide


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: its sentence, and the change that mends it when one key can."""

    sentence: str
    fix: Fix | None = None
    fix_words: str = ""
    """What the key does, such as "use FLUX.2 [flex]"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the coach's table."""

    id: str
    severity: Severity
    source: str
    check: Callable[[View], Finding | None]


@dataclass(frozen=True, slots=True)
class Advice:
    """A finding with the rule it comes from."""

    rule: str
    severity: Severity
    source: str
    sentence: str
    fix: Fix | None
    fix_words: str

    @property
    def wasteful(self) -> bool:
        """Whether money would surely be thrown away."""
        return self.severity is Severity.WASTE

    @property
    def said(self) -> str:
        """The sentence, with a word before it where it is one person's experience."""
        return f"Notes: {self.sentence}" if self.source == NOTES else self.sentence


def apply_fix(fix: Fix, recipe: Recipe, character: Character) -> tuple[Recipe, Character]:
    """Recipe and character with the change made. A chosen model starts from its defaults here; the sentence of a pose
    is changed by `apply_to_poses`.
    """
    return _on_recipe(fix, recipe), _on_character(fix, character)


def apply_to_poses(fix: Fix, poses: tuple[Pose, ...]) -> tuple[Pose, ...]:
    """The poses with the change made. A figure that was made for other words goes with them."""
    if not isinstance(fix, SetPose):
        return poses
    return tuple(replace(pose, text=fix.text, skeleton=None) if pose.name == fix.name else pose for pose in poses)


def _on_recipe(fix: Fix, recipe: Recipe) -> Recipe:
    match fix:
        case SetValue(name, value):
            return recipe.with_value(name, value)
        case UseModel(model):
            return Recipe(model=model, takes=recipe.takes, draft=recipe.draft, seed_policy=recipe.seed_policy)
        case SetDraft(draft):
            return replace(recipe, draft=draft)
        case SetSeed(policy):
            return replace(recipe, seed_policy=policy)
        case SetGuide(guide, strength):
            return replace(recipe, guide=guide, guide_strength=strength)
        case _:
            return recipe


def _on_character(fix: Fix, character: Character) -> Character:
    match fix:
        case SetText(field, text):
            return _with_text(character, field, text)
        case SetLora(number, scale):
            loras = [replace(lora, scale=scale) if at == number else lora for at, lora in enumerate(character.loras)]
            return replace(character, loras=tuple(loras))
        case _:
            return character


def _with_text(character: Character, field: str, text: str) -> Character:
    match field:
        case "description":
            return replace(character, description=text)
        case "setting":
            return replace(character, setting=text)
        case "style":
            return replace(character, style=text)
        case "negative":
            return replace(character, negative=text)
        case "template":
            return replace(character, template=text)
        case _:
            raise ValueError(f"the character has no text {field!r}")
