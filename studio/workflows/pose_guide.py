"""The pose as a picture: which models take one and where it goes, and a stand-in for it until a plan is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.character import Character
from studio.domain.errors import ProjectError, UsageError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.pose_words import guess_skeleton
from studio.domain.price import picture_size
from studio.domain.prompt import Prompt
from studio.domain.recipe import Guide, Recipe
from studio.domain.request import Json, canonical
from studio.domain.skeleton import Proportions, Skeleton, keypoints
from studio.workflows.arguments import checked
from studio.workflows.edit_slots import POSING
from studio.workflows.references import LoadedReference

if TYPE_CHECKING:
    from PIL import Image

STAND_IN = "draw:"
"""Begins the stand-in for a guide picture in the arguments of a plan; the SHA-256 of what is to be drawn follows."""

USUAL = (768, 1024)
"""Pixels of a guide for a model that chooses the size itself."""
LONGEST = 1024
"""Pixels of a guide's longer side: no model looks closer at a pose."""

EASYCONTROL = "pose"
"""The easycontrol of flux-general that reads a skeleton picture (fal model page, easycontrols)."""

SENTENCES = {
    Guide.SKELETON: "Image {n} is a pose skeleton: take the pose from it and nothing else; do not draw its lines.",
    Guide.MANNEQUIN: "Image {n} is a grey mannequin: take the pose from it and nothing else; do not draw its clay.",
}
WHO = " The person is the one of image 1."


@dataclass(frozen=True, slots=True)
class Wish:
    """A guide picture that is to be drawn."""

    kind: Guide
    skeleton: Skeleton
    proportions: Proportions
    size: tuple[int, int]
    name: str
    """The pose's."""

    @property
    def digest(self) -> str:
        """Names this picture and no other."""
        import hashlib  # OpenSSL, which the first frame need not wait for

        build = [self.proportions.heads, self.proportions.build]
        what = [self.kind.value, self.skeleton.to_mapping(), build, list(self.size)]
        return hashlib.sha256(canonical(what).encode()).hexdigest()

    def words(self) -> str:
        """What it is, for a person."""
        return f"the {self.kind} of {self.name}, {self.size[0]}×{self.size[1]}, drawn when it is sent"


_WISHES: dict[str, Wish] = {}
# By content, like files that are to be uploaded: the same entry is right for every plan of this process.


@dataclass(frozen=True, slots=True)
class Guided:
    """What the guide changes in one call."""

    recipe: Recipe
    prompt: Prompt
    references: tuple[LoadedReference, ...]


def guides(model: Model) -> tuple[Guide, ...]:
    """The ways a model can be told a pose; `words` is always one. `mannequin` needs a model that looks at pictures."""
    fields = model.pose.fields if model.pose else ()
    if "preprocess" in fields:
        return (Guide.WORDS, Guide.SKELETON, Guide.MANNEQUIN)
    if "easycontrols" in fields:
        return (Guide.WORDS, Guide.SKELETON)
    if model.pose is None and model.role("images") is not None and model.family in POSING and model.role("prompt"):
        return (Guide.WORDS, Guide.SKELETON, Guide.MANNEQUIN)
    return (Guide.WORDS,)


def strength(model: Model) -> tuple[float, float, float] | None:
    """Lowest, usual and highest strength of a guide; None for a model that has none."""
    fields = model.pose.fields if model.pose else ()
    if (param := model.param("control_scale")) is not None and "control_scale" in fields:
        low, high = float(param.min or 0), float(param.max or 1)
        return low, float(param.default) if isinstance(param.default, int | float) else high, high
    return (0.0, 1.0, 2.0) if "easycontrols" in fields else None


def guided(
    character: Character, pose: Pose, model: Model, recipe: Recipe, prompt: Prompt, given: Sequence[LoadedReference]
) -> Guided:
    """Recipe, prompt and references with the pose's guide in its place. Raises UsageError for a model that takes none,
    or a strength out of its range.
    """
    if recipe.guide is Guide.WORDS:
        return Guided(recipe, prompt, tuple(given))
    if recipe.guide not in guides(model):
        raise UsageError(
            f"{model.title} takes no {recipe.guide} as a guide.",
            "Set the guide to words, or choose a model with pose control or several references.",
        )
    _check_strength(model, recipe)
    picture = _stand_in(character, pose, model, recipe)
    fields = model.pose.fields if model.pose else ()
    if "preprocess" in fields:
        how = "none" if recipe.guide is Guide.SKELETON else "pose"
        recipe = recipe.with_value("preprocess", how)
        if recipe.guide_strength is not None:
            recipe = recipe.with_value("control_scale", recipe.guide_strength)
        # Its one picture is the pose; who is drawn comes from the words alone.
        return Guided(recipe, prompt, (picture,))
    if "easycontrols" in fields:
        control: dict[str, Json] = {"control_method_url": EASYCONTROL, "image_url": picture.uri}
        control |= {"image_control_type": "spatial", "scale": recipe.guide_strength or 1.0}
        return Guided(recipe.with_value("easycontrols", [control]), prompt, tuple(given))
    sentence = SENTENCES[recipe.guide].format(n=len(given) + 1) + (WHO if given else "")
    return Guided(recipe, replace(prompt, text=f"{prompt.text} {sentence}"), (*given, picture))


def guide_wish(character: Character, pose: Pose, model: Model, recipe: Recipe) -> Wish:
    """The picture that guides a pose with these settings."""
    size = _size(model, recipe.values)
    return Wish(recipe.guide, skeleton_of(pose), character.proportions, size, pose.name)


def draw_guide(wish: Wish, folder: Path) -> Path:
    """The guide as a PNG file in the project, drawn unless it is there. Raises ProjectError. Blocks for a while."""
    place = folder / ".studio" / "guides" / f"{wish.digest}.png"
    if place.exists():
        return place
    if wish.kind is Guide.SKELETON:
        from studio.imaging.openpose import draw_openpose

        picture = draw_openpose(keypoints(wish.skeleton, wish.proportions), wish.size)
    else:
        picture = _clay(wish.skeleton, wish.proportions, wish.size)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(".tmp")
        picture.save(fresh, "PNG")
        fresh.replace(place)
    except OSError as error:
        raise ProjectError(
            f"The guide picture of {wish.name} could not be written: {error.strerror}.", "Make room, and try again."
        ) from error
    return place


def draw_clay(skeleton: Skeleton, proportions: Proportions, size: tuple[int, int], place: Path) -> None:
    """A quick look at the mannequin of a skeleton, as a PNG file. Raises OSError. Blocks for a tenth of a second."""
    _clay(skeleton, proportions, size, 0.6).save(place, "PNG", compress_level=1)


def _clay(skeleton: Skeleton, proportions: Proportions, size: tuple[int, int], fidelity: float = 1.0) -> Image.Image:
    from studio.imaging.look import Look
    from studio.imaging.mannequin import draw_mannequin

    look = Look(heads=proportions.heads, build=proportions.build)
    return draw_mannequin(skeleton, look, size, fidelity=fidelity, strictness=1.0)


def wish_of(text: str) -> Wish | None:
    """What a stand-in stands for, or None for any other text."""
    return _WISHES.get(text.removeprefix(STAND_IN)) if text.startswith(STAND_IN) else None


def skeleton_of(pose: Pose) -> Skeleton:
    """The pose's own skeleton, or the one its words suggest."""
    return pose.skeleton or guess_skeleton(f"{pose.name}. {pose.text}").skeleton


def _stand_in(character: Character, pose: Pose, model: Model, recipe: Recipe) -> LoadedReference:
    wish = guide_wish(character, pose, model, recipe)
    digest = wish.digest
    _WISHES[digest] = wish
    return LoadedReference(f".studio/guides/{digest}.png", digest, STAND_IN + digest, *wish.size)


def _size(model: Model, values: Mapping[str, Json]) -> tuple[int, int]:
    width, height = picture_size(model, values) or USUAL
    scale = min(1.0, LONGEST / max(width, height))
    return max(64, round(width * scale)), max(64, round(height * scale))


def _check_strength(model: Model, recipe: Recipe) -> None:
    wanted, known = recipe.guide_strength, strength(model)
    if wanted is None:
        return
    if known is None:
        raise UsageError(f"{model.title} has no strength for a guide.", "Leave it out.")
    if (param := model.param("control_scale")) is not None:
        checked(model, param, wanted)
    elif not known[0] <= wanted <= known[2]:
        raise UsageError(f"The strength of a guide goes from {known[0]:g} to {known[2]:g}, not {wanted:g}.")
