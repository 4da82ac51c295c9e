"""The book of uploads: which file has which public address, one JSON object a line, beside the journal."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from studio.domain.upload import Upload
from studio.library.disk import trouble

LONGEST = 16 * 1024 * 1024
"""Bytes of the book that are read, from its end: some fifty thousand uploads."""


class FileUploadBook:
    """The uploads of one project, on the disk when `add` returns. Blocks; any thread may call it.

    Lines are only ever added, each in one write, so that two studios can share the book. A line that a crash cut
    short is passed over: what it would have said costs an upload and nothing else.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()

    def entries(self) -> list[Upload]:
        """Every upload, oldest first. Raises ProjectError when the book cannot be read."""
        return [upload for row in self._rows() if (upload := _upload(row)) is not None]

    def add(self, upload: Upload) -> None:
        """Write an upload down. Raises ProjectError when the disk does not take it."""
        self._write(asdict(upload))

    def warned(self) -> bool:
        """Whether this project's artist was told that uploads are public."""
        return any(row.get("warned") is True for row in self._rows())

    def warn(self) -> None:
        """Remember that they were told."""
        self._write({"warned": True})

    def _rows(self) -> list[dict[str, Any]]:
        try:
            with self._path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - LONGEST))
                lines = file.read().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise trouble(error, "the list of uploads could not be read", self._path) from error
        return [row for line in lines if isinstance(row := _read(line), dict)]

    def _write(self, row: dict[str, Any]) -> None:
        line = json.dumps(row, separators=(",", ":")).encode() + b"\n"
        with self._turn:
            try:
                self._append(line)
            except OSError as error:
                raise trouble(error, "the list of uploads could not be written", self._path) from error

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            os.write(descriptor, b"\n" + line if torn else line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _read(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _upload(row: dict[str, Any]) -> Upload | None:
    match row:
        case {
            "sha256": str(sha256),
            "url": str(url),
            "server": str(server),
            "at": int() | float() as at,
            "until": int() | float() | None as until,
            "path": str(path),
            "content_type": str(content_type),
            "size": int(size),
        } if url.startswith(("https://", "http://")):
            return Upload(sha256, url, server, at, until, path, content_type, size)
        case _:
            return None
