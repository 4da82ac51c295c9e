"""Rules about the guide: the picture that tells a model the pose."""

from __future__ import annotations

from functools import lru_cache

from studio.config.presets import Presets
from studio.domain.pose import Pose
from studio.domain.pose_words import guess_skeleton
from studio.domain.recipe import Guide
from studio.domain.skeleton import Skeleton
from studio.domain.skeleton_words import stance
from studio.workflows.coach.advice import Finding, Rule, SetGuide, Severity, View
from studio.workflows.edit_slots import Power, power
from studio.workflows.pose_guide import guides, strength

SURE = 0.55
"""Certainty from which words are taken to name a pose of the whole body."""

WEAK, STRONG = 0.6, 1.3
"""Parts of a model's usual strength between which a guide does its work."""

BY_WORDS = SetGuide(Guide.WORDS, None)


def not_taken(view: View) -> Finding | None:
    """A guide that the chosen model cannot be given."""
    guide, model = view.recipe.guide, view.model
    if guide in guides(model):
        return None
    keeps = power(model) is Power.EDITS and model.kind == "edit"
    why = ": it edits its picture and keeps the pose that picture has" if keeps else ""
    return Finding(f"{model.title} takes no {guide} as a guide{why}.", BY_WORDS, "tell it by words")


def words_differ(view: View) -> Finding | None:
    """Words and figure of a pose that tell two poses: the model must follow one and spoils the other."""
    if view.recipe.guide is Guide.WORDS:
        return None
    pose = next((pose for pose in view.poses if _differ(pose)), None)
    if pose is None or pose.skeleton is None:
        return None
    told, shown = stance(guess_skeleton(_words(pose)).skeleton), stance(pose.skeleton)
    return Finding(
        f"The words of {pose.name} sound like {told}, and its {view.recipe.guide} is {shown}: the model gets both. "
        "e changes the words, S the figure."
    )


def strength_off(view: View) -> Finding | None:
    """A strength at which a guide does next to nothing, or leaves the model no freedom to draw."""
    chosen, known, guide = view.recipe.guide_strength, strength(view.model), view.recipe.guide
    if guide is Guide.WORDS or chosen is None or known is None:
        return None
    low, usual, high = known
    least, most = max(low, usual * WEAK), min(high, usual * STRONG)
    if least <= chosen <= most:
        return None
    what = "leaves the pose to the words" if chosen < least else "draws the figure stiffly and little else"
    return Finding(
        f"A guide strength of {chosen:g} {what}; {least:.2g} to {most:.2g} hold the pose.",
        SetGuide(guide, None),
        f"set {usual:g}",
    )


def none_chosen(view: View) -> Finding | None:
    """A model made for pose pictures that is given none."""
    model = view.model
    if view.recipe.guide is not Guide.WORDS or model.pose is None or Guide.SKELETON not in guides(model):
        return None
    needed = "preprocess" in model.pose.fields
    if (needed and view.references) or any(view.recipe.values.get(name) for name in model.pose.fields if not needed):
        return None
    what = "needs a picture of the pose" if needed else "is dear for words alone; it is made for pose pictures"
    return Finding(f"{model.title} {what}.", SetGuide(Guide.SKELETON, None), "send the skeleton")


def _differ(pose: Pose) -> bool:
    if pose.skeleton is None or " ".join(pose.text.split()) in _preset_texts():
        return False
    guess = guess_skeleton(_words(pose))
    return guess.certainty >= SURE and _height(guess.skeleton) != _height(pose.skeleton)


def _height(skeleton: Skeleton) -> str:
    """Upright, low or lying: finer differences are a matter of words."""
    words = stance(skeleton)
    if words.startswith("lying"):
        return "lying"
    return "low" if words in ("sitting", "kneeling", "crouching low") else "upright"


def _words(pose: Pose) -> str:
    return f"{pose.name}. {pose.text}"


@lru_cache(maxsize=1)
def _preset_texts() -> frozenset[str]:
    """The sentences that come with the studio, whose figures were made for them."""
    return frozenset(" ".join(pose.text.split()) for pose in Presets().poses.values())


RULES = (
    Rule("guide-not-taken", Severity.WARNING, "the endpoint's schema", not_taken),
    Rule("guide-and-words-differ", Severity.WARNING, "the studio: a guess from the words", words_differ),
    Rule("guide-strength", Severity.HINT, "the endpoint's own default and range", strength_off),
    Rule("guide-missing", Severity.HINT, "the endpoint's schema, and its price", none_chosen),
)
