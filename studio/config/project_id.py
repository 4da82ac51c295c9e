"""The id of a project, under which its journal lies: a name in `.studio/id`, made when the project is first opened."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from studio.config.paths import state_dir
from studio.domain.text import slug

FOLDER = ".studio"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}-[0-9a-f]{12}")


def project_id(folder: Path) -> str:
    """The project's id. A copied project gets one of its own, a moved one keeps it; in a folder that cannot be
    written to it follows from the path.
    """
    place = folder / FOLDER / "id"
    known = _read(place)
    if known is None or _is_copy(known, folder):
        import secrets

        try:
            known = _make(place, f"{_stem(folder)}-{secrets.token_hex(6)}", over=known is not None)
        except OSError:
            import hashlib

            digest = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
            return f"{_stem(folder)}-{digest[:12]}"
    _claim(known, folder)
    return known


def _make(place: Path, made: str, *, over: bool) -> str:
    place.parent.mkdir(exist_ok=True)
    fresh = place.with_name(f"id.{made[-12:]}")
    fresh.write_text(f"{made}\n", encoding="utf-8")
    try:
        if not over:
            # A link, unlike a rename, fails when another studio has opened the project a moment earlier.
            with contextlib.suppress(FileExistsError, PermissionError):
                os.link(fresh, place)
            if there := _read(place):
                return there
        fresh.replace(place)
        return made
    finally:
        fresh.unlink(missing_ok=True)


def _read(place: Path) -> str | None:
    try:
        text = place.read_text(encoding="utf-8", errors="replace")[:200].strip()
    except OSError:
        return None
    return text if _ID.fullmatch(text) else None


def _stem(folder: Path) -> str:
    plain = re.sub(r"[^a-z0-9-]+", "", slug(folder.resolve().name))[:40].strip("-")
    return plain or "project"


def _note(known: str) -> Path:
    """The file beside the journal that says which folder it belongs to."""
    return state_dir() / known / "folder"


def _is_copy(known: str, folder: Path) -> bool:
    try:
        owner = Path(_note(known).read_text(encoding="utf-8").strip())
        return _read(owner / FOLDER / "id") == known and not owner.samefile(folder)
    except OSError:
        return False


def _claim(known: str, folder: Path) -> None:
    note, path = _note(known), str(folder.resolve())
    # Only the notice of copies rests on it, so a state folder that cannot be written to is told by the journal.
    with contextlib.suppress(OSError, UnicodeError):
        if not note.is_file() or note.read_text(encoding="utf-8").strip() != path:
            note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            note.write_text(f"{path}\n", encoding="utf-8")
