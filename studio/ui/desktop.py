"""Opening files with the programs of the desktop, where there is one."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Find = Callable[[str], str | None]

FAR = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
"""Variables that say: the screen is somewhere else. A window here would be seen by nobody, or by somebody else."""


def why_not(environ: Mapping[str, str], platform: str = sys.platform, find: Find = shutil.which) -> str:
    """Why nothing can be opened here, as half a sentence; empty when it can."""
    if any(environ.get(name) for name in FAR):
        return "over SSH nothing is opened"
    return "" if _opener(environ, platform, find) else "there is no desktop here"


def command(
    path: Path,
    environ: Mapping[str, str],
    platform: str = sys.platform,
    find: Find = shutil.which,
    *,
    reveal: bool = False,
) -> list[str]:
    """What opens a file in its viewer, or with `reveal` its folder; empty where nothing can be opened."""
    if why_not(environ, platform, find):
        return []
    opener = _opener(environ, platform, find)
    if reveal and platform == "darwin":
        return [opener, "-R", str(path)]
    return [opener, str(path.parent if reveal else path)]


async def open_outside(path: Path, *, reveal: bool = False) -> str:
    """Open a file, or with `reveal` its folder; empty when a program was started, else why not."""
    parts = command(path, os.environ, reveal=reveal)
    if not parts:
        return why_not(os.environ)
    nowhere = asyncio.subprocess.DEVNULL
    try:
        await asyncio.create_subprocess_exec(
            *parts, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
    except OSError as error:
        return f"{parts[0]} could not be started ({error.strerror})"
    return ""


def _opener(environ: Mapping[str, str], platform: str, find: Find) -> str:
    if platform == "darwin":
        return "open"
    if environ.get("WSL_DISTRO_NAME") and (found := find("wslview")):
        return found
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return find("xdg-open") or ""
    return ""
