"""`pack/`: the picked views of a character with a manifest and a labelled turnaround sheet, ready to be references."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from studio.config.project import Project
from studio.domain import money
from studio.domain.character import Character, Reference
from studio.domain.errors import ProjectError, UsageError
from studio.domain.pack import FOLDER, PackView, view_of_pose
from studio.domain.request import Json
from studio.domain.take import Take, Verdict
from studio.domain.text import plain
from studio.domain.version import VERSION
from studio.workflows.durable import remove, write_bytes, write_with
from studio.workflows.takes import TakeTable

if TYPE_CHECKING:
    from PIL import Image

MANIFEST = "manifest.json"
SHEET = "turnaround.png"
SCHEMA = 1
_PICTURE = re.compile(r"[^/\\\0.][^/\\\0]*\.(png|jpe?g|webp)")
# What a manifest may name: a picture beside it, and nothing else is ever removed.
LONGEST = 1_000_000
"""Bytes of a manifest that is read."""


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One view and the take that shows it."""

    view: PackView
    take: Take

    @property
    def path(self) -> str:
        """Its file, relative to the project."""
        return f"{FOLDER}/{self.view.stem}{Path(self.take.path).suffix}"

    @property
    def price(self) -> str | None:
        """USD as text: billed where fal said so, else expected."""
        return money.text(self.take.billed if self.take.billed is not None else self.take.estimate)


@dataclass(frozen=True, slots=True)
class PackState:
    """How far a pack is: what is picked, and which views still wait for a decision."""

    entries: tuple[PackEntry, ...]
    waiting: tuple[PackView, ...]
    """Views with takes of which none is picked."""
    empty: tuple[PackView, ...]
    """Views that have no take at all."""


def pack_state(project: Project, takes: TakeTable) -> PackState:
    """The pack as the verdicts have it now. Of several picks of a view the one with most stars counts, then the
    newest.
    """
    entries: list[PackEntry] = []
    waiting: list[PackView] = []
    empty: list[PackView] = []
    for pose in project.poses:
        view = view_of_pose(pose)
        if view is None:
            continue
        had = takes.of_pose(pose.name)
        picked = [take for take in had if take.verdict is Verdict.PICKED and not take.flagged]
        if picked:
            entries.append(PackEntry(view, max(picked, key=lambda take: (take.stars, take.created))))
        else:
            (waiting if had else empty).append(view)
    return PackState(tuple(entries), tuple(waiting), tuple(empty))


def write_pack(folder: Path, character: Character, entries: Sequence[PackEntry]) -> Path:
    """Write pictures, sheet and manifest into `pack/` and give the sheet's path. What an earlier pack left there is
    replaced; files of other hands are not touched. Blocks.

    Raises UsageError when nothing is picked, ProjectError when a file cannot be read or written.
    """
    if not entries:
        raise UsageError("No view of the pack is picked yet.", "Pick one take of each view, then write the pack.")
    before = _listed(folder / FOLDER / MANIFEST)
    rows: list[Json] = []
    for entry in entries:
        data = _read(folder / entry.take.path)
        write_bytes(folder / entry.path, data)
        rows.append(_row(entry, sha256(data).hexdigest()))
    sheet = folder / FOLDER / SHEET
    write_with(sheet, lambda file: drawn(folder, character, entries).save(file, format="PNG"))
    manifest = {
        "schema": SCHEMA,
        "app": "Pose Studio",
        "version": VERSION,
        "character": character.name,
        "sheet": SHEET,
        "views": rows,
    }
    # Last: a manifest never names a file that is not there.
    write_bytes(folder / FOLDER / MANIFEST, (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())
    for name in before - {Path(entry.path).name for entry in entries}:
        remove(folder / FOLDER / name)
    return sheet


def with_references(character: Character, entries: Sequence[PackEntry]) -> Character:
    """The character with the pack among its references, each by its role; those of an earlier pack make room."""
    wanted = [Reference(entry.path, entry.view.role) for entry in entries]
    others = [reference for reference in character.references if not reference.path.startswith(f"{FOLDER}/")]
    return replace(character, references=(*others, *wanted))


def drawn(folder: Path, character: Character, entries: Sequence[PackEntry]) -> Image.Image:
    """The turnaround sheet as a picture."""
    from PIL import Image as pictures

    from studio.imaging.turnaround import SheetHead, SheetView, turnaround_sheet

    views = []
    for entry in entries:
        try:
            with pictures.open(folder / entry.path) as opened:
                picture = opened.convert("RGBA")
        except (OSError, SyntaxError, ValueError, pictures.DecompressionBombError) as error:
            raise ProjectError(f"{entry.path} cannot be drawn: {error}.", "Pick another take of it.") from error
        body = not entry.view.face and entry.view.role not in {"outfit", "pose"}
        views.append(SheetView(picture, plain(entry.view.name, limit=40), _badge(entry), body))
    models = sorted({entry.take.endpoint for entry in entries})
    return turnaround_sheet(
        SheetHead(
            title=plain(character.name, limit=80),
            subtitle=plain(" · ".join((f"{len(entries)} views", *models)), limit=200),
            colours=tuple((colour.hex, plain(colour.on or colour.name, limit=30)) for colour in character.palette),
            mark="SANDBOX: nothing was charged" if all(entry.take.sandbox for entry in entries) else "",
        ),
        views,
    )


def _badge(entry: PackEntry) -> str:
    return plain(entry.take.id, limit=60)


def _row(entry: PackEntry, digest: str) -> dict[str, Json]:
    take = entry.take
    return {
        "view": entry.view.name,
        "role": entry.view.role,
        "file": Path(entry.path).name,
        "sha256": digest,
        "take": take.id,
        "model": take.endpoint,
        "seed": take.seed,
        "size": [take.width, take.height],
        "request_id": take.request_id,
        "price": entry.price,
        "sandbox": take.sandbox,
    }


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(
            f"{plain(path.name)} cannot be read: {error.strerror or error}.", "Pick another take."
        ) from error


def _listed(manifest: Path) -> set[str]:
    """The picture files an earlier manifest names."""
    try:
        with manifest.open("rb") as file:
            views = json.loads(file.read(LONGEST))["views"]
        return {view["file"] for view in views if _PICTURE.fullmatch(view["file"])} - {SHEET}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
