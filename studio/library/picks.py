"""The files behind a verdict: the picked names in `picks/`, and the trash under `takes/`."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from studio.library.disk import NO_LINKS, Disk, folders, move_new, write_new
from studio.library.take_rows import ENDINGS, TRASH, trash_path

FOLDER = "picks"


class PickFolder:
    """Brings the files of a take into agreement with its row. Doing it again changes nothing.

    Raises OSError as the system gives it. Nothing that the studio did not make is replaced or taken away.
    """

    def __init__(self, project: Path, disk: Disk) -> None:
        self._project = project
        self._disk = disk

    def lying(self, row: sqlite3.Row) -> Path:
        """Where a take's file belongs now."""
        return self._project / (trash_path(row["path"]) if row["trashed"] else row["path"])

    def free_name(self, connection: sqlite3.Connection, row: sqlite3.Row, wish: str = "") -> str:
        """A path in `picks/` for a take: the wished one if it can be had, else `<pose>.<ext>`, `<pose>-2.<ext>`, …"""
        others = connection.execute("SELECT pick FROM take WHERE pick <> '' AND id <> ?", (row["id"],))
        claimed = {Path(pick).stem for (pick,) in others}
        if wish and self._can_have(row, wish, claimed):
            return wish
        ending, number = Path(row["path"]).suffix, 1
        while True:
            stem = row["slug"] if number == 1 else f"{row['slug']}-{number}"
            if self._can_have(row, f"{FOLDER}/{stem}{ending}", claimed):
                return f"{FOLDER}/{stem}{ending}"
            number += 1

    def move(self, row: sqlite3.Row) -> None:
        """Put the take's file where it belongs: into the trash or back. Raises FileNotFoundError when a file that
        must be there is gone; a take whose file is gone may still be thrown away.
        """
        here = self.lying(row)
        there = self._project / (row["path"] if row["trashed"] else trash_path(row["path"]))
        if not self._disk.exists(there):
            if not self._disk.exists(here) and not row["trashed"]:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(here))
            return
        if self._disk.same_file(here, there):  # the move stopped between its two steps
            self._disk.unlink(there)
            return
        folders(self._disk, self._project, *(TRASH.split("/") if row["trashed"] else ("takes", row["slug"])))
        move_new(self._disk, there, here)

    def unpick(self, row: sqlite3.Row, pick: str) -> None:
        """Take a name in `picks/` away, if it still holds this take's picture; an edited file stays."""
        path = self._project / pick
        if self._is_ours(row, path):
            self._disk.unlink(path)
            self._disk.fsync_folder(path.parent)

    def pick(self, row: sqlite3.Row) -> bool:
        """Give the take's file its name in `picks/`: a hard link, else a copy. False when somebody took the name."""
        source, target = self.lying(row), self._project / row["pick"]
        folders(self._disk, self._project, FOLDER)
        try:
            self._disk.link(source, target)
        except FileExistsError:
            return self._is_ours(row, target)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            return self._copy(row, source, target)
        self._disk.fsync_folder(target.parent)
        return True

    def _copy(self, row: sqlite3.Row, source: Path, target: Path) -> bool:
        if self._disk.exists(target):
            return self._is_ours(row, target)
        part = target.with_name(f".{target.name}.part")
        self._disk.unlink(part)
        write_new(self._disk, part, self._disk.read(source))
        try:
            move_new(self._disk, part, target)
        except FileExistsError:
            self._disk.unlink(part)
            return self._is_ours(row, target)
        return True

    def _can_have(self, row: sqlite3.Row, pick: str, claimed: set[str]) -> bool:
        path = self._project / pick
        if path.stem in claimed:
            return False
        rivals = [path.with_suffix(f".{ending}") for ending in ENDINGS]
        return all(not self._disk.exists(rival) or (rival == path and self._is_ours(row, path)) for rival in rivals)

    def _is_ours(self, row: sqlite3.Row, path: Path) -> bool:
        lying = self.lying(row)
        return self._disk.same_file(path, lying) or self._disk.same_content(path, lying)
