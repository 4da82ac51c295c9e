"""What the coach is shown of an open project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.domain.character import Character
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.prompt import Prompt, compose_prompt
from studio.domain.recipe import Recipe
from studio.domain.style import Style
from studio.workflows.coach.advice import View
from studio.workflows.lora_use import lora_use, with_triggers
from studio.workflows.plan import style_text


def view_of(
    character: Character,
    poses: Sequence[Pose],
    model: Model,
    recipe: Recipe,
    styles: Mapping[str, Style],
    *,
    references: int = 0,
    comparing: bool = False,
) -> View:
    """The View of these choices; its prompt is that of the first pose. A broken template gives an empty prompt: the
    form says what is wrong with it.
    """
    pose = poses[0] if poses else Pose("", "")
    try:
        prompt = compose_prompt(character, pose, style_text(character, styles))
    except ValueError:
        prompt = Prompt("", character.negative, character.template)
    triggers = lora_use(character, model, recipe, lambda path: path).triggers
    return View(model, recipe, character, tuple(poses), with_triggers(prompt, triggers), references, comparing)
