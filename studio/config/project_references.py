"""The folder `references/` of a project: pictures come in, never over one another, and go to its trash, never away."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from studio.config.atomic import write_bytes
from studio.domain.errors import ProjectError, UsageError
from studio.domain.text import plain, slug

FOLDER = "references"
TRASH = "references/.trash"
ENDINGS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp"}
"""Endings of pictures, and what they become."""


def take_in(folder: Path, source: Path, name: str = "") -> str:
    """Copy a picture file into `references/` of a project and give its path there, relative to the project.

    `name` (else the file's own) becomes the file's stem, a number behind it where it is taken. One with the same
    content that is there already is given instead; so is one that lies in the folder. Raises UsageError when the
    source cannot be read, ProjectError when the folder cannot be written. Blocks.
    """
    ending = ENDINGS.get(source.suffix.lower().lstrip("."))
    if ending is None:
        raise UsageError(f"{plain(source.name)} is no PNG, JPEG or WebP file.", "Save it as one of those.")
    inside = inside_path(folder, source)
    if inside and inside.startswith(f"{FOLDER}/") and not inside.startswith(f"{TRASH}/"):
        return inside
    try:
        data = source.read_bytes()
    except OSError as error:
        raise UsageError(f"{plain(source.name)} cannot be read: {error.strerror}.", "Name a picture file.") from error
    home = folder / FOLDER
    _make(home)
    if known := _same(home, data):
        return f"{FOLDER}/{known}"
    target = _free(home, slug(name or source.stem) or "picture", ending)
    write_bytes(target, data)
    return f"{FOLDER}/{target.name}"


def put_away(folder: Path, path: str) -> str:
    """Move a picture of `references/` to the folder's trash and give its path there; empty for one that lies
    elsewhere, or is gone: such a file stays as it is. Raises ProjectError. Blocks.
    """
    source = folder / path
    if not path.startswith(f"{FOLDER}/") or path.startswith(f"{TRASH}/") or not source.is_file():
        return ""
    home = folder / TRASH
    _make(home)
    target = _free(home, source.stem, source.suffix.lstrip("."))
    try:
        source.rename(target)
    except OSError as error:
        raise ProjectError(f"{plain(path)} cannot be moved ({error.strerror}).", "Look at its permissions.") from error
    return f"{TRASH}/{target.name}"


def bring_back(folder: Path, path: str, trashed: str) -> None:
    """Move a picture from the trash to where it was, when nothing took its place. Blocks."""
    source, target = folder / trashed, folder / path
    if source.is_file() and not target.exists():
        try:
            source.rename(target)
        except OSError as error:
            raise ProjectError(f"{plain(path)} cannot come back ({error.strerror}).", "Move it yourself.") from error


def loose_files(folder: Path, listed: frozenset[str]) -> list[str]:
    """Pictures that lie in `references/` and are not listed, by name. Blocks."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder / FOLDER) if entry.is_file())
    except OSError:
        return []
    found = [f"{FOLDER}/{name}" for name in names if PurePosixPath(name).suffix.lower().lstrip(".") in ENDINGS]
    return [path for path in found if path not in listed]


def inside_path(folder: Path, path: Path) -> str:
    """A path relative to the project; empty for one outside it."""
    relative = os.path.relpath(path.resolve(), folder.resolve())
    return "" if relative.startswith(os.pardir) or Path(relative).is_absolute() else Path(relative).as_posix()


def _same(home: Path, data: bytes) -> str:
    for entry in sorted(home.iterdir()):
        if entry.is_file() and entry.stat().st_size == len(data) and entry.read_bytes() == data:
            return entry.name
    return ""


def _free(home: Path, stem: str, ending: str) -> Path:
    number = 1
    while True:
        target = home / f"{stem}{'' if number == 1 else f'-{number}'}.{ending}"
        if not target.exists() and not target.is_symlink():
            return target
        number += 1


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(
            f"{plain(home.name)} cannot be made ({error.strerror}).", "Make the project's folder writable."
        ) from error
