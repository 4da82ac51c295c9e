"""Finding what was named: a model of the catalogue, a pose of the project."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from studio.config.catalogue import Catalogue
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.text import same_name

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
