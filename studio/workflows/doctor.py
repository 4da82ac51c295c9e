"""The doctor: what is wrong with a set of pictures before anybody pays for a training on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studio.domain.dataset import FOLDER, DatasetItem, PictureFacts
from studio.domain.model import Model


class Health(StrEnum):
    """How much a finding weighs."""

    BROKEN = "broken"
    """The training would fail, or its money be wasted: refused."""
    WEAK = "weak"
    """It will train, and come out worse than it could."""
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing the doctor says."""

    health: Health
    rule: str
    """A short name, for people who read JSON: count, duplicates, size, …"""
    text: str
    """A whole sentence."""
    stems: tuple[str, ...] = ()
    """The pictures it is about."""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined: the set, what its pixels say, the trainer and the words."""

    items: tuple[DatasetItem, ...]
    """Those that will be trained on."""
    facts: Mapping[str, PictureFacts]
    """By stem; a picture that cannot be read has none."""
    trainer: Model
    trigger: str
    default_caption: str = ""


Rule = Callable[[Patient], Sequence[Remark]]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything the doctor says, the worst first."""

    remarks: tuple[Remark, ...]

    @property
    def broken(self) -> tuple[Remark, ...]:
        """The reasons to refuse; empty when it may be trained."""
        return tuple(remark for remark in self.remarks if remark.health is Health.BROKEN)

    @property
    def weak(self) -> tuple[Remark, ...]:
        """What could be better."""
        return tuple(remark for remark in self.remarks if remark.health is Health.WEAK)


def examine(patient: Patient) -> Diagnosis:
    """Every rule's remarks, the worst first. Pure: the pixels were looked at before."""
    from studio.workflows.doctor_rules import RULES

    found = [remark for rule in RULES for remark in rule(patient)]
    order = list(Health)
    return Diagnosis(tuple(sorted(found, key=lambda remark: order.index(remark.health))))


def look_at(folder: Path, items: Sequence[DatasetItem]) -> dict[str, PictureFacts]:
    """What the pixels of the set say, by stem; what cannot be read is left out. About a tenth of a second each.
    Blocks.
    """
    from studio.imaging.dataset_look import look

    facts = {}
    for item in items:
        path = folder / FOLDER / item.file
        try:
            stat = path.stat()
            key = (path, stat.st_mtime_ns, stat.st_size)
            if key not in _LOOKED:
                _LOOKED[key] = look(path)
            facts[item.stem] = _LOOKED[key]
        except OSError:  # the rule about broken files says so
            continue
    return facts


_LOOKED: dict[tuple[Path, int, int], PictureFacts] = {}
# Pictures are looked at once in a sitting: a caption that changes must not cost two seconds.
