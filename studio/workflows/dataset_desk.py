"""The dataset of an open project, as front ends ask for it: the word, the set, what the doctor says of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.config.project import Project
from studio.domain.dataset import DatasetItem
from studio.domain.trigger import suggested_trigger
from studio.workflows.dataset import build_dataset, read_dataset, read_record
from studio.workflows.dataset_sources import dataset_sources
from studio.workflows.doctor import Diagnosis
from studio.workflows.lora_trainers import TrainingWish
from studio.workflows.takes import TakeTable
from studio.workflows.training import diagnosis_of


@dataclass(frozen=True, slots=True)
class Examined:
    """A set and what the doctor says of it."""

    items: tuple[DatasetItem, ...]
    diagnosis: Diagnosis

    @property
    def used(self) -> tuple[DatasetItem, ...]:
        """The pictures that are trained on."""
        return tuple(item for item in self.items if not item.left_out)


def trigger_word(project: Project, folder: Path, wanted: str = "") -> str:
    """The trigger word: the wanted one, else that of the set, else that of the character's LoRA, else one made of
    the name. Blocks.
    """
    trained = next((lora.trigger for lora in project.character.loras if lora.trigger), "")
    return wanted or read_record(folder).trigger or trained or suggested_trigger(project.character.name)


def built_and_examined(project: Project, takes: TakeTable, wish: TrainingWish) -> Examined:
    """The set brought up to date with picks, pack and references, and examined. Blocks.

    Raises ProjectError when a file cannot be read or written.
    """
    sources = dataset_sources(project, takes, wish.trigger)
    return examined(project.folder, wish, build_dataset(project.folder, sources, wish.trigger))


def examined(folder: Path, wish: TrainingWish, items: list[DatasetItem] | None = None) -> Examined:
    """The set as it lies there, examined. Blocks. Raises ProjectError."""
    found = read_dataset(folder) if items is None else items
    return Examined(tuple(found), diagnosis_of(folder, found, wish))


def ready_for(project: Project, takes: TakeTable, wish: TrainingWish) -> Examined:
    """The set to train on: as it lies there, made first where there is none, and with its captions brought to another
    trigger word where the wish has another one. Blocks. Raises ProjectError.
    """
    record = read_record(project.folder)
    if record.trigger != wish.trigger or not read_dataset(project.folder):
        return built_and_examined(project, takes, wish)
    return examined(project.folder, wish)
