"""The drift of a project's takes: which picture is the anchor, and what each take measures against it."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.config.notes import keep_notes, read_notes
from studio.domain.character import Character
from studio.domain.drift import Drift
from studio.domain.errors import ProjectError, UsageError
from studio.domain.request import canonical
from studio.domain.take import Take, Verdict
from studio.domain.text import plain

if TYPE_CHECKING:
    from PIL import Image

    from studio.imaging.drift import Anchor

PLACE = ".studio/drift.json"
"""Where measured figures are kept in the project; they can be measured again at any time."""

VERSION = 1
"""Changes with the meter: figures of another version are measured again."""

ROLES = ("anchor", "front")
"""Roles of a reference that make it the anchor, the better one first."""


@dataclass(frozen=True, slots=True)
class AnchorChoice:
    """The picture that takes are measured against, and why it is this one."""

    path: str
    """Relative to the project where it lies inside."""
    why: str


def choose_anchor(character: Character, takes: Iterable[Take]) -> AnchorChoice | None:
    """The reference with the role `anchor`, else `front`, else the first, else the oldest pick; None without any."""
    for role in ROLES:
        for reference in character.references:
            if reference.role == role:
                return AnchorChoice(reference.path, f"the reference with the role {role}")
    if character.references:
        return AnchorChoice(character.references[0].path, "the first reference")
    picks = [take for take in takes if take.verdict is Verdict.PICKED]
    oldest = min(picks, key=lambda take: (take.created, take.id), default=None)
    return None if oldest is None else AnchorChoice(oldest.path, f"the first pick, {oldest.id}")


class DriftMeter:
    """Measures takes of one project against one anchor; a take is measured once. Methods that measure block: use a
    thread. Raises UsageError without an anchor, ProjectError when a picture cannot be read.
    """

    def __init__(self, folder: Path, character: Character, anchor: AnchorChoice) -> None:
        self.choice = anchor
        self._folder = folder
        self._palette = character.palette
        self._anchor: Anchor | None = None
        self._known: dict[str, Drift] = {}
        self._stamps: dict[str, str] = {}
        self._mark = self._marked(self._folder / anchor.path)
        self._load()

    def known(self, take_id: str) -> Drift | None:
        """What a take measured, if it was measured already. Quick."""
        return self._known.get(take_id)

    def score(self, take: Take) -> float:
        """For sorting: the score, and more than any where the take was not measured."""
        found = self._known.get(take.id)
        return found.score if found else 1000.0

    def measure(self, take: Take) -> Drift:
        """What a take measures now; read from the notes when its file is still the one that was measured."""
        stamp = _stamp(self._folder / take.path)
        if (found := self._known.get(take.id)) is not None and self._stamps.get(take.id) == stamp:
            return found
        from studio.imaging.drift import drift, likeness

        with _opened(self._folder / take.path, take.path) as picture:
            found = drift(self._read_anchor(), likeness(picture))
        self._known[take.id], self._stamps[take.id] = found, stamp
        return found

    def keep(self) -> None:
        """Write the figures down, whole or not at all; a folder that cannot be written to keeps none."""
        takes = {take: {"stamp": self._stamps[take], **asdict(found)} for take, found in list(self._known.items())}
        keep_notes(self._folder / PLACE, {"version": VERSION, "anchor": self._mark, "takes": takes})

    def _read_anchor(self) -> Anchor:
        if self._anchor is None:
            from studio.imaging.drift import anchor_of

            with _opened(self._folder / self.choice.path, self.choice.path) as picture:
                self._anchor = anchor_of(picture, self._palette)
        return self._anchor

    def _marked(self, anchor: Path) -> str:
        """Another text for another anchor or another palette: figures of one say nothing about the other."""
        colours = [[colour.name, colour.hex, colour.on] for colour in self._palette]
        return canonical([self.choice.path, _stamp(anchor), colours])

    def _load(self) -> None:
        raw = read_notes(self._folder / PLACE)
        if (raw.get("version"), raw.get("anchor")) != (VERSION, self._mark):
            return  # never measured, or not to be read: measured again
        takes = raw.get("takes")
        for take, row in (takes if isinstance(takes, dict) else {}).items():
            if (found := _believed(row)) is not None:
                self._known[take], self._stamps[take] = found, str(row.get("stamp"))


def drift_meter(folder: Path, character: Character, takes: Sequence[Take], anchor: str = "") -> DriftMeter:
    """A meter for a project. `anchor` names a picture instead of the project's own choice. Raises UsageError when there
    is none to measure against.
    """
    choice = AnchorChoice(anchor, "the picture that was named") if anchor else choose_anchor(character, takes)
    if choice is None:
        raise UsageError(
            "There is no anchor picture to measure against.",
            "Pick a take that is right, or take a picture in as a reference.",
        )
    return DriftMeter(folder, character, choice)


@contextlib.contextmanager
def _opened(path: Path, shown: str) -> Iterator[Image.Image]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            picture.load()
            yield picture
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ProjectError(
            f"The picture {shown} cannot be read.", "Put it back, or choose another picture to measure."
        ) from error


def _stamp(path: Path) -> str:
    try:
        stat = path.stat()
    except OSError:
        return "missing"
    return f"{stat.st_size}:{stat.st_mtime_ns}"


def _believed(row: Mapping[str, Any]) -> Drift | None:
    """A row of the notes as a value; None for one that was tampered with."""
    try:
        proportions = row["proportions"]
        return Drift(
            score=_figure(row["score"]),
            palette=_figure(row["palette"]),
            proportions=None if proportions is None else _figure(proportions),
            likeness=int(_figure(row["likeness"])),
            remarks=tuple(plain(str(remark), limit=200) for remark in row["remarks"]),
            unmeasured=tuple(plain(str(reason), limit=200) for reason in row["unmeasured"]),
        )
    except (TypeError, KeyError, ValueError):
        return None


def _figure(value: Any) -> float:
    figure = float(value)
    if not math.isfinite(figure):
        raise ValueError("no figure")
    return figure
