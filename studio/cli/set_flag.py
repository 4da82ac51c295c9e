"""`--set NAME=VALUE`: any setting of the model, read and checked against its schema."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.recipe import Recipe
from studio.workflows.arguments import reference_param
from studio.workflows.setting_text import parse_value


def with_settings(recipe: Recipe, model: Model, words: Sequence[str]) -> Recipe:
    """The recipe with every `NAME=VALUE`; `NAME=default` takes a value out. Raises UsageError naming the range."""
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"--set takes NAME=VALUE, not {word!r}.", "For instance: --set guidance_scale=4")
        param = _param(model, name.strip())
        _check_free(model, param)
        recipe = recipe.with_value(param.name, parse_value(model, param, text))
    return recipe


def _param(model: Model, name: str) -> Param:
    """The parameter of that name, hyphens forgiven, or the one with that role."""
    wanted = name.replace("-", "_").lower()
    param = model.param(name) or model.param(wanted) or model.role(wanted.replace("_", "-"))
    if param is not None:
        return param
    names = [known.name for known in model.params]
    close = difflib.get_close_matches(wanted, names, 3, 0.5)
    raise UsageError(
        f"{model.title} has no setting {name!r}.",
        f"Did you mean {' or '.join(close)}?" if close else f"It has {', '.join(names)}.",
    )


def _check_free(model: Model, param: Param) -> None:
    """Refuse what the studio fills in by other ways."""
    ways = (
        (model.role("prompt"), "It is made of character, pose and style: change those."),
        (model.role("seed"), "Use --seed."),
        (model.role("count"), "Use --takes: each picture is a request of its own."),
        (reference_param(model), "Use --reference FILE."),
    )
    for taken, remedy in ways:
        if taken is not None and taken.name == param.name:
            raise UsageError(f"--set cannot set {param.name}.", remedy)
