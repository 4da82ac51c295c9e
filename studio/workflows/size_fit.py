"""A picture size that was chosen for one model, as another model takes it."""

from __future__ import annotations

from studio.domain.errors import UsageError
from studio.domain.model import IMAGE_SIZES, Model
from studio.domain.recipe import Recipe
from studio.workflows.arguments import parse_size


def with_size(recipe: Recipe, model: Model, pixels: tuple[int, int] | None) -> tuple[Recipe, str]:
    """The recipe of a model with a size of `pixels` (width, height), and a sentence when it could not be just that.

    A size the artist chose for this very model is left as it is, and so is everything where no pixels are known.
    """
    param = model.role("size")
    if pixels is None or (param is not None and param.name in recipe.values):
        return recipe, ""
    wanted = f"{pixels[0]}x{pixels[1]}"
    if param is None:
        return recipe, f"{model.title} chooses the size itself, so {wanted} is left out."
    named = next((name for name, size in IMAGE_SIZES.items() if size == pixels and name in param.enum), wanted)
    try:
        values, note = parse_size(model, named)
    except UsageError as error:
        return recipe, f"{model.title} keeps its own size: {error.happened}"
    for name, value in values.items():
        recipe = recipe.with_value(name, value)
    return recipe, note
