"""The sandbox beside the studio: a child process, so that drawing never takes the interface's core."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import studio
from studio.domain.errors import StudioError

START_SECONDS = 20.0
"""Longest wait for the child's first line; it needs half a second on a free machine."""

STOP_SECONDS = 2.0
"""How long the child may take to end by itself before it is killed."""

LOG_NAME = "sandbox.log"


@dataclass(slots=True)
class EmbeddedSandbox:
    """A running sandbox of our own."""

    url: str
    """Its address, what `STUDIO_FAL_URL` would be."""
    _process: asyncio.subprocess.Process

    async def close(self) -> None:
        """End the child, by force when it does not end by itself. Safe to call twice."""
        await _end(self._process)


async def start_embedded(state: Path, faults: Path | None = None, pace: float = 1.0) -> EmbeddedSandbox:
    """Start a sandbox as a child process that dies with this one, and wait until it serves.

    Its record lies in `state`, with what it says in `sandbox.log` there. Raises StudioError when it does not start.
    """
    state.mkdir(parents=True, exist_ok=True)
    log = state / LOG_NAME
    arguments = ["--port", "0", "--follow-parent", "--state", str(state), "--pace", str(pace)]
    if faults is not None:
        arguments += ["--faults", str(faults)]
    with log.open("wb") as errors:
        # -P keeps a folder named studio in the artist's working directory from being taken for ours.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "studio.sandbox",
            *arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(),
            # Out of the terminal's group, or ctrl+c would end it before the studio has asked its last question.
            start_new_session=True,
        )
    try:
        url = await asyncio.wait_for(_address(process), START_SECONDS)
    except BaseException:
        await _end(process)
        raise
    if not url:
        await _end(process)
        said = log.read_text(encoding="utf-8", errors="replace").strip()
        last = said.splitlines()[-1] if said else "it ended without a word"
        raise StudioError(f"The sandbox did not start: {last}", f"Its log is {log}.")
    return EmbeddedSandbox(url, process)


async def _address(process: asyncio.subprocess.Process) -> str:
    if process.stdout is None:
        return ""
    line = (await process.stdout.readline()).decode("utf-8", "replace").strip()
    word, _, url = line.partition(" ")
    return url if word == "ready" else ""


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    ours = str(Path(studio.__file__).resolve().parents[1])
    inherited = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([ours, inherited] if inherited else [ours])}
