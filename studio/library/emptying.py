"""Emptying the trash: the pictures go for good, their rows stay, so that no number is given twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.domain.errors import ProjectError, UsageError
from studio.domain.text import plain
from studio.library import take_rows
from studio.library.database import Database, text_for_sqlite
from studio.library.disk import Disk, trouble


def empty_trash(project: Path, database: Database, disk: Disk, take_ids: Sequence[str]) -> None:
    """Delete the pictures of takes that are in the trash, and every memory of decisions about them.

    Raises UsageError when one of them is not in the trash, and then nothing has gone; ProjectError when the disk
    refuses, and then those before it have gone.
    """
    takes = [take_rows.one(database, take_id) for take_id in take_ids]
    for take_id, take in zip(take_ids, takes, strict=True):
        if take is None or not take.trashed:
            raise UsageError(f"{plain(take_id)} is not in the trash.", "studio trash DIR lists what is.")
    gone: list[str] = []
    try:
        for take in takes:
            if take is not None:
                disk.unlink(project / take.path)
                gone.append(take.id)
    except OSError as error:
        raise _refused(error, project) from error
    finally:
        # The files first: a stop in between leaves a take in the trash that can be emptied again.
        with database.transaction() as connection:
            for take_id in gone:
                row = (text_for_sqlite(take_id),)
                connection.execute(f"UPDATE take SET trashed = {take_rows.GONE} WHERE id = ?", row)
                connection.execute("DELETE FROM decision WHERE take = ?", row)


def _refused(error: OSError, project: Path) -> ProjectError:
    return trouble(error, "the trash could not be emptied", project)
