"""What the coach says about words that are being written, and making the change it offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.character import Character
from studio.domain.pose import Pose
from studio.ui.session import Session

if TYPE_CHECKING:
    from studio.workflows.coach.advice import Advice


def advice_on_words(
    session: Session, character: Character | None = None, poses: Sequence[Pose] | None = None, *, asides: bool = False
) -> list[Advice]:
    """The coach on the words of a character and of the first of some poses, as they would be sent now; weightiest
    first. Without them, those of the project. `asides` are left out unless they are asked for.
    """
    from studio.workflows.coach.coach import advise_words
    from studio.workflows.coach.view import view_of

    model = session.model
    if model is None:
        return []
    view = view_of(
        character or session.project.character,
        session.offered_poses() if poses is None else poses,
        model,
        session.recipe,
        session.studio.presets.styles,
        references=len(session.sent_references()),
    )
    return [entry for entry in advise_words(view) if entry.severity or asides]


def advice_on_pose(session: Session, pose: Pose) -> list[Advice]:
    """The same for the sentence of a pose alone: what is said without it as well is left out, and so are changes
    that would be made elsewhere.
    """
    from studio.workflows.coach.advice import SetPose

    elsewhere = {entry.rule for entry in advice_on_words(session, poses=(Pose(pose.name, ""),))}
    own = [entry for entry in advice_on_words(session, poses=(pose,)) if entry.rule not in elsewhere]
    return [entry if isinstance(entry.fix, SetPose) else replace(entry, fix=None, fix_words="") for entry in own]


def mend(session: Session, advice: Advice) -> None:
    """Make the change an advice offers; it is kept like any other edit, that of a pose can be undone."""
    from studio.workflows.coach.advice import UseModel, apply_fix, apply_to_poses

    if advice.fix is None:
        return
    if isinstance(advice.fix, UseModel):
        session.choose_model(advice.fix.model)
        return
    recipe, character = apply_fix(advice.fix, session.recipe, session.project.character)
    session.edit_character(character)
    session.edit_poses(apply_to_poses(advice.fix, session.project.poses), "mended a pose")
    if recipe != session.recipe:
        session.edit_recipe(recipe)
