"""The flags of `studio dataset` and `studio train`: which trainer, which word, how long, and the doctor's words."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.tables import print_table
from studio.cli.terminal_text import say
from studio.domain.errors import UsageError
from studio.domain.request import Json

if TYPE_CHECKING:
    from studio.workflows.dataset_desk import Examined
    from studio.workflows.lora_trainers import TrainingWish
    from studio.workflows.studio import Studio

SIGNS = {"broken": "✗", "weak": "!", "good": "✓"}


def add_training(parser: argparse.ArgumentParser) -> None:
    """Trainer, trigger, steps and the trainer's other settings."""
    group = parser.add_argument_group("what to train")
    group.add_argument("--trainer", metavar="ID", help="flux-lora-fast-training, flux-2-trainer and the like")
    group.add_argument(
        "--trigger", metavar="WORD", help="the word that stands for the character: letters, no real word"
    )
    group.add_argument("--steps", type=flag_sets.whole(1), metavar="N", help="how long to train")
    group.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="another setting of the trainer, as fal has it"
    )


def wanted_training(studio: Studio, flags: argparse.Namespace) -> TrainingWish:
    """What the flags ask for. Raises UsageError."""
    from studio.workflows.dataset_desk import trigger_word
    from studio.workflows.lora_trainers import TRAINERS, TrainingWish, trainer_of, trainers

    offered = trainers(studio.catalogue)
    named = flags.trainer or offered[0].id
    model = next((one for one in offered if named in {one.id, one.id.removeprefix("fal-ai/")}), None)
    if model is None:
        raise UsageError(f"There is no trainer {named!r}.", f"There are {', '.join(TRAINERS)}.")
    trigger = trigger_word(studio.project, studio.project.folder, flags.trigger or "")
    steps = flags.steps or trainer_of(model).steps
    return TrainingWish(model, trigger, steps, dict(_setting(text) for text in flags.set))


def tell_examined(examined: Examined, wish: TrainingWish, flags: argparse.Namespace) -> None:
    """Every picture and everything the doctor says."""
    if json_lines.wanted(flags):
        for item in examined.items:
            json_lines.emit(
                "picture",
                stem=item.stem,
                file=item.file or None,
                caption=item.caption,
                source=item.source or None,
                edited=item.edited,
                left_out=item.left_out,
            )
        for remark in examined.diagnosis.remarks:
            json_lines.emit(
                "doctor", health=remark.health.value, rule=remark.rule, message=remark.text, pictures=remark.stems
            )
        json_lines.emit(
            "dataset",
            pictures=len(examined.used),
            trigger=wish.trigger,
            trainer=wish.trainer.id,
            broken=len(examined.diagnosis.broken),
            weak=len(examined.diagnosis.weak),
        )
        return
    rows = [
        (item.stem, "left out" if item.left_out else "yours" if item.edited else "", item.caption or "no caption")
        for item in examined.items
    ]
    print_table(("picture", "", "caption"), rows, whole=("picture",))
    tell_remarks(examined)
    say(f"{len(examined.used)} pictures for {wish.trainer.title}, trigger word {wish.trigger}.")


def tell_remarks(examined: Examined, *, good: bool = True) -> None:
    """The doctor's words on stderr; without `good` only what speaks against the set."""
    for remark in examined.diagnosis.remarks:
        if remark.health.value == "good" and not good:
            continue
        say(f"{SIGNS[remark.health.value]} {remark.text}")


def _setting(text: str) -> tuple[str, Json]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(f"--set {text!r} is no setting.", "Write --set NAME=VALUE.")
    try:
        read: Json = json.loads(value)
    except ValueError:
        read = value
    return name.strip(), read
