"""What stands for LoRA weights of the project in the arguments of a plan, until they have an address at fal."""

from __future__ import annotations

import json
import os
from pathlib import Path
from stat import S_ISREG

from studio.domain.errors import UsageError
from studio.domain.text import plain
from studio.workflows.local_files import LocalFile, keep, place

CONTENT_TYPE = "application/octet-stream"

LONGEST_RECORD = 1_000_000
"""Bytes of a record that is read."""

_KNOWN: dict[Path, tuple[int, int, LocalFile]] = {}
# By file, with its time and size: weights of gigabytes are not read for every price that is shown.


def stand_in(folder: Path, path: str) -> str:
    """The placeholder of weights of the project; an address is given back as it is.

    Quick for weights that have a record or were asked for before. Raises UsageError when the file is not there.
    """
    if "://" in path or not path:
        return path
    return local_weights(folder / path).placeholder


def local_weights(file: Path) -> LocalFile:
    """The weights of a file as they are now. Raises UsageError when they cannot be read."""
    try:
        stat = file.stat()
        _refuse_others(file, stat)
    except OSError as error:
        raise UsageError(
            f"The LoRA {plain(file.name)} is not in the project any more.",
            "Put it back, or take its [[lora]] out of character.toml.",
        ) from error
    known = _KNOWN.get(file)
    if known is not None and known[:2] == (stat.st_mtime_ns, stat.st_size):
        return keep(known[2])
    digest = _recorded(file, stat.st_size)
    if digest:
        found = keep(LocalFile(file.absolute(), digest, stat.st_size, CONTENT_TYPE))
    else:
        found = place(file, CONTENT_TYPE)
    _KNOWN[file] = (stat.st_mtime_ns, stat.st_size, found)
    return found


def _refuse_others(file: Path, stat: os.stat_result) -> None:
    """Only weights leave as a LoRA: what a project of somebody else's links to under that name stays here."""
    length, begin = stat.st_size + 1, b""
    if S_ISREG(stat.st_mode):
        with file.open("rb") as opened:
            length, begin = int.from_bytes(opened.read(8), "little"), opened.read(1)
    if begin != b"{" or length > stat.st_size - 8:
        raise UsageError(f"{plain(file.name)} holds no LoRA weights.", "A LoRA is a .safetensors file.")


def _recorded(file: Path, size: int) -> str:
    """The SHA-256 that the record beside the weights tells; whoever sends them compares it with the file."""
    try:
        with file.with_suffix(".json").open("rb") as record:
            kept = json.loads(record.read(LONGEST_RECORD))
        digest = kept["sha256"] if kept["size"] == size else ""
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return digest if isinstance(digest, str) and len(digest) == 64 and digest.isalnum() else ""
