"""Finding what was named: a model of the catalogue, a pose of the project."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from studio.config.catalogue import Catalogue
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.text import same_name

ON_PURPOSE = "!"
"""Behind the id of a deprecated model: it is meant."""

MANY = 12
"""Poses that are still named one by one in a sentence."""


def find_model(catalogue: Catalogue, model_id: str) -> Model:
    """A model by its id. Raises UsageError with the nearest id when there is none."""
    model = catalogue.model(model_id)
    if model is None:
        hint = catalogue.did_you_mean(model_id)
        raise UsageError(
            f"There is no model {model_id!r} in the catalogue.",
            f"Did you mean {hint}?" if hint else "studio models lists them.",
        )
    return model


def choose_model(catalogue: Catalogue, named: str) -> Model:
    """The model to draw with. One that fal has given up is never meant by accident: its id needs a `!` behind it.

    Raises UsageError that names what follows it, or the nearest id when there is none of that name.
    """
    model = find_model(catalogue, named.removesuffix(ON_PURPOSE))
    if model.deprecated and not named.endswith(ON_PURPOSE):
        follows = f" {model.newer} follows it." if model.newer else ""
        use = f"Use --model {model.newer}, or --model" if model.newer else "--model"
        raise UsageError(
            f"{model.title} ({model.id}) is deprecated.{follows}",
            f"{use} {model.id}{ON_PURPOSE} if you mean the old one.",
        )
    return model


def find_pose(poses: Sequence[Pose], name: str) -> Pose:
    """A pose by its name, case and spaces forgiven. Raises UsageError with near names when there is none."""
    for pose in poses:
        if same_name(pose.name, name):
            return pose
    known = [pose.name for pose in poses]
    close = difflib.get_close_matches(name.lower(), known, 3, 0.5)
    near = f"Did you mean {' or '.join(close)}?" if close else ""
    if not near and known:
        near = f"There are: {', '.join(known)}." if len(known) <= MANY else "studio poses DIR lists them."
    raise UsageError(f"There is no pose {name!r} in poses.toml.", near or "poses.toml holds none yet.")
