"""What is kept of files that came from fal and cannot be used: the bytes, and where they came from."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

from studio.domain.errors import ProjectError
from studio.domain.job import Job, result_file
from studio.domain.request import Json
from studio.domain.text import plain
from studio.library.disk import Disk, folders, move_new, named_trouble, write_new

FOLDER = (".studio", "broken")
"""Where it lies in the project."""

MOST = 1000
"""Different broken files of one job that are kept."""


def note_address(disk: Disk, project: Path, job: Job, why: str) -> str:
    """Write down where a job's file lies and why it is not fetched any more; the path of the note in the project.

    Raises ProjectError when the folder cannot be written to.
    """
    with named_trouble("the address of a file that cannot be used could not be noted", project):
        note = folders(disk, project, *FOLDER) / f"{file_stem(job)}.json"
        disk.unlink(note)
        write_new(disk, note, _note(job, json.loads(job.result or "null"), why), 0o600)
        return note.relative_to(project).as_posix()


def keep_aside(disk: Disk, project: Path, job: Job, result: Json, path: Path, why: str) -> str:
    """Move a downloaded file that is no whole picture out of the way, with a note beside it; its path in the project.

    The same bytes are kept once. Raises OSError, and ProjectError when there is no end of them.
    """
    folder, size = folders(disk, project, *FOLDER), path.stat().st_size
    for number in range(1, MOST):
        name = f"{file_stem(job)}-{number}"
        aside = folder / f"{name}.broken"
        try:
            move_new(disk, path, aside)
        except FileExistsError:
            if not disk.same_content(path, aside):
                continue
            disk.unlink(path)
        if not disk.exists(folder / f"{name}.json"):
            write_new(disk, folder / f"{name}.json", _note(job, result, why, size), 0o600)
        return aside.relative_to(project).as_posix()
    raise ProjectError(
        f"{plain(str(folder))} is full of broken pictures of one job.", "Empty that folder and try again."
    )


def file_stem(job: Job) -> str:
    """A file name of the job's own, safe on any file system."""
    return job.id if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", job.id) else sha256(job.id.encode()).hexdigest()


def _note(job: Job, result: Json, why: str, size: int | None = None) -> bytes:
    note: dict[str, Json] = {
        "url": _address(result),
        "job": job.id,
        "pose": job.pose,
        "endpoint": job.request.endpoint,
        "request_id": job.request_id,
        "why": why,
    }
    return json.dumps(note if size is None else {**note, "bytes": size}, indent=2).encode()


def _address(result: Json) -> str:
    try:
        return result_file(result).url
    except ValueError:
        return ""
