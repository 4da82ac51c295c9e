"""Takes whose files lie in the project and that its journal does not know: those of a copied project, or of a journal
that was lost. They are known again from their recipes. No money is counted: what they cost stands in the other journal.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from studio.domain import money
from studio.domain.request import Json, canonical
from studio.domain.take import Take, Verdict
from studio.domain.text import plain, slug
from studio.library import take_rows
from studio.library.database import Database, Value, text_for_sqlite
from studio.library.disk import Disk
from studio.library.job_rows import seed_text
from studio.library.metadata import claimed_size, own_recipe
from studio.library.picks import FOLDER as PICKS
from studio.library.png import BrokenFile
from studio.library.take_rows import ENDINGS

MOST = 5_000
"""Files that are looked into at one time; what is beyond waits for the next."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is looked into."""

LONGEST_PROMPT = 40_000
"""Characters of a prompt that are kept."""

_NAME = re.compile(r"(?P<slug>.+)-(?P<number>\d{1,6})")


@dataclass(frozen=True, slots=True)
class _Stray:
    path: str
    """In the project."""
    recipe: dict[str, Json]
    width: int
    height: int
    made: float
    pick: str


class Strays:
    """Looks for them in one project. Nothing on the disk is touched."""

    def __init__(self, project: Path, database: Database, disk: Disk) -> None:
        self._project = project
        self._database = database
        self._disk = disk

    def take_in(self) -> list[Take]:
        """Make them known, oldest file first, each with the verdict that `picks/` shows. Raises ProjectError."""
        unknown = self._unknown()
        if not unknown:
            return []
        picks = self._picks()
        found = [stray for path in unknown if (stray := self._read(path, picks)) is not None]
        taken: list[Take] = []
        for stray in sorted(found, key=lambda stray: stray.made):
            take = _take_id(stray.path)
            if self._insert(stray, take) and (kept := take_rows.one(self._database, take)) is not None:
                taken.append(kept)
        return taken

    def _unknown(self) -> list[Path]:
        known = {row["path"] for row in self._database.rows("SELECT path FROM take")}
        return list(islice(self._pictures("takes", known), MOST))

    def _pictures(self, folder: str, known: Container[str]) -> Iterator[Path]:
        """Files that may be pictures, those of the `known` paths in the project left out before anything is asked."""
        start = len(str(self._project)) + 1
        for place, names, files in os.walk(self._project / folder):
            names[:] = sorted(name for name in names if not name.startswith("."))
            prefix = place[start:].replace(os.sep, "/")
            for name in sorted(files):
                if f"{prefix}/{name}" in known or name.startswith(".") or plain(name) != name:
                    continue
                path = Path(place) / name
                if path.suffix.removeprefix(".") in ENDINGS and not path.is_symlink():
                    yield path

    def _picks(self) -> dict[int, list[Path]]:
        """The files in `picks/` that belong to no take, by their size: only equal ones need be compared."""
        claimed = {row["pick"] for row in self._database.rows("SELECT pick FROM take WHERE pick <> ''")}
        sizes: dict[int, list[Path]] = {}
        for path in self._pictures(PICKS, claimed):
            with suppress(OSError):
                sizes.setdefault(path.stat().st_size, []).append(path)
        return sizes

    def _read(self, path: Path, picks: dict[int, list[Path]]) -> _Stray | None:
        """What a file tells; None when it is no picture with a recipe of the studio's."""
        try:
            status = path.stat()
            data = self._disk.read(path, LARGEST) if 0 < status.st_size < LARGEST else b""
            width, height = claimed_size(data)
        except (OSError, BrokenFile):
            return None
        recipe = own_recipe(data)
        if recipe is None or not all(isinstance(recipe.get(name), str) for name in ("job", "pose", "endpoint")):
            return None
        twins = picks.get(status.st_size, [])
        pick = next((twin for twin in twins if self._disk.same_content(path, twin)), None)
        if pick is not None:
            twins.remove(pick)
        where, picked = (one.relative_to(self._project).as_posix() if one else "" for one in (path, pick))
        return _Stray(where, recipe, width, height, status.st_mtime, picked)

    def _insert(self, stray: _Stray, take: str) -> bool:
        with self._database.transaction() as connection:
            if _is_known(connection, stray, take):
                return False
            columns = {**_columns(stray), "id": take, "number": _number(connection, stray)}
            connection.execute(
                f"INSERT INTO take ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                tuple(columns.values()),
            )
        return True


def _is_known(connection: sqlite3.Connection, stray: _Stray, take: str) -> bool:
    """A job of this journal is rescue's business, and one picture is one take however often it was copied."""
    job = text_for_sqlite(str(stray.recipe["job"]))
    asked = "SELECT 1 FROM take WHERE id = ? OR job = ? OR path = ? UNION ALL SELECT 1 FROM job WHERE id = ?"
    return connection.execute(asked, (take, job, stray.path, job)).fetchone() is not None


def _columns(stray: _Stray) -> dict[str, Value]:
    recipe = stray.recipe
    seed, said = recipe.get("seed"), recipe.get("arguments")
    arguments = canonical(said if isinstance(said, dict) else {})
    columns: dict[str, Value] = {
        "job": str(recipe["job"]),
        "placed": 1,
        "pose": plain(recipe["pose"], limit=200),
        "slug": slug(str(recipe["pose"])),
        "path": stray.path,
        "width": stray.width,
        "height": stray.height,
        "created": stray.made,
        "endpoint": plain(recipe["endpoint"], limit=200),
        "seed": seed_text(seed if isinstance(seed, int) else None),
        "request_id": plain(recipe.get("request_id") or "", limit=200),
        "prompt": plain(recipe.get("prompt") or "", lines=True, limit=LONGEST_PROMPT),
        "arguments": arguments if len(arguments) <= take_rows.LONGEST_ARGUMENTS else "{}",
        "estimate": _usd(recipe.get("estimate")),
        "billed": _usd(recipe.get("billed")),
        "sandbox": int(recipe.get("sandbox") is True),
        "draft": int(recipe.get("draft") is True),
        "flagged": int(recipe.get("flagged") is True),
        "parent": plain(recipe.get("parent") or "", limit=200),
        "verdict": (Verdict.PICKED if stray.pick else Verdict.UNDECIDED).value,
        "pick": stray.pick,
    }
    return {name: text_for_sqlite(value) if isinstance(value, str) else value for name, value in columns.items()}


def _take_id(path: str) -> str:
    return Path(path).stem


def _number(connection: sqlite3.Connection, stray: _Stray) -> int:
    """The number its name has, or the next one where another take has that."""
    stem = slug(str(stray.recipe["pose"]))
    named = _NAME.fullmatch(_take_id(stray.path))
    number = int(named["number"]) if named and named["slug"] == stem else 0
    taken = {row["number"] for row in connection.execute("SELECT number FROM take WHERE slug = ?", (stem,))}
    return number if number and number not in taken else max(taken, default=0) + 1


def _usd(value: Json) -> str | None:
    try:
        return money.text(money.usd(value)) if isinstance(value, str) else None
    except ValueError:
        return None
