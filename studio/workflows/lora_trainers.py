"""The trainers: each endpoint with its own form and its own way from an artist's wishes to its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from studio.config.catalogue import Catalogue
from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.request import Json
from studio.workflows.arguments import checked

FAST = "fal-ai/flux-lora-fast-training"
PORTRAIT = "fal-ai/flux-lora-portrait-trainer"
FLUX2 = "fal-ai/flux-2-trainer"
FLUX2_V2 = "fal-ai/flux-2-trainer-v2"


@dataclass(frozen=True, slots=True)
class TrainingWish:
    """What an artist wants of a trainer."""

    trainer: Model
    trigger: str
    steps: int
    values: Mapping[str, Json] = field(default_factory=dict)
    """Other fields of the trainer's form, by the endpoint's own names; those left out keep the endpoint's default."""


@dataclass(frozen=True, slots=True)
class Trainer:
    """One endpoint: what its form offers, and how its arguments come about."""

    endpoint: str
    family: str
    """Of the models that load what it makes."""
    steps: int
    """With which a character comes out well; the endpoint's own default where it has one."""
    form: tuple[str, ...]
    """Fields beside the steps, by the endpoint's own names, in the order of the form."""
    arguments: Callable[[TrainingWish, str], dict[str, Json]]
    """From a wish and the archive's address to the arguments."""
    best_for: str


def _fast(wish: TrainingWish, archive: str) -> dict[str, Json]:
    # A character, never a style: `is_style` would switch captions and masks off.
    return {
        "images_data_url": archive,
        "trigger_word": wish.trigger,
        "steps": wish.steps,
        "is_style": False,
        **_only(wish, "create_masks"),
    }


def _portrait(wish: TrainingWish, archive: str) -> dict[str, Json]:
    return {
        "images_data_url": archive,
        "trigger_phrase": wish.trigger,
        "steps": wish.steps,
        **_only(wish, "subject_crop", "multiresolution_training", "create_masks", "learning_rate"),
    }


def _flux2(wish: TrainingWish, archive: str) -> dict[str, Json]:
    # One archive, so the name is singular; the trigger word is learnt from the captions alone.
    return {
        "image_data_url": archive,
        "steps": wish.steps,
        "output_lora_format": "fal",
        **_only(wish, "default_caption", "learning_rate"),
    }


def _flux2_v2(wish: TrainingWish, archive: str) -> dict[str, Json]:
    return {
        "image_data_url": archive,
        "steps": wish.steps,
        "output_lora_format": "fal",
        **_only(wish, "default_caption", "learning_rate"),
    }


TRAINERS = {
    trainer.endpoint: trainer
    for trainer in (
        Trainer(FAST, "flux1", 1000, ("create_masks",), _fast, "a character or a figure, cheap and quick"),
        Trainer(
            *(PORTRAIT, "flux1", 2500),
            ("subject_crop", "multiresolution_training", "create_masks", "learning_rate"),
            _portrait,
            "a photographed face",
        ),
        Trainer(FLUX2, "flux2", 1000, ("default_caption", "learning_rate"), _flux2, "a character on FLUX.2"),
        Trainer(
            *(FLUX2_V2, "flux2", 1000),
            ("default_caption", "learning_rate"),
            _flux2_v2,
            "a character on FLUX.2, by the newer trainer",
        ),
    )
}
"""By endpoint, in the order they are offered."""


def trainer_of(model: Model) -> Trainer:
    """What is known of a trainer. Raises UsageError for any other model."""
    known = TRAINERS.get(model.id)
    if known is None:
        raise UsageError(f"{model.title} trains no LoRA the studio knows.", f"There are {', '.join(TRAINERS)}.")
    return known


def trainers(catalogue: Catalogue) -> list[Model]:
    """The trainers there are, in the order they are offered."""
    found = [catalogue.model(endpoint) for endpoint in TRAINERS]
    return [model for model in found if model is not None and not model.deprecated]


def form_params(model: Model) -> list[Param]:
    """The fields of a trainer's form beside its steps, those its schema still has."""
    return [param for name in trainer_of(model).form if (param := model.param(name)) is not None]


def training_arguments(wish: TrainingWish, archive: str) -> dict[str, Json]:
    """The exact arguments of a training, each checked against the endpoint's schema. Raises UsageError."""
    model, trainer = wish.trainer, trainer_of(wish.trainer)
    strangers = set(wish.values) - set(trainer.form)
    if strangers:
        raise UsageError(f"{model.title} has no {sorted(strangers)[0]}.", f"It has {', '.join(trainer.form)}.")
    given = trainer.arguments(wish, archive)
    arguments: dict[str, Json] = {}
    for name, value in given.items():
        param = model.param(name)
        if param is None:
            raise UsageError(f"{model.title} no longer takes {name}.", "Read its settings anew: studio models refresh.")
        arguments[name] = checked(model, param, value)
    missing = [param.name for param in model.params if param.required and param.name not in arguments]
    if missing:
        raise UsageError(f"{model.title} wants {missing[0]}, too.", "Read its settings anew: studio models refresh.")
    return arguments


def _only(wish: TrainingWish, *names: str) -> dict[str, Json]:
    """The values an artist changed, of those an endpoint takes."""
    return {name: wish.values[name] for name in names if wish.values.get(name) not in (None, "")}
