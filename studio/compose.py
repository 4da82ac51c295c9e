"""The composition root: the only place that joins providers, library, sandbox and engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from studio.workflows.studio import Studio


@dataclass(frozen=True, slots=True)
class Options:
    """The flags that every command takes."""

    sandbox: bool | None = None
    """True: the sandbox though a key is set; False: never the sandbox; None: the sandbox when no key is set."""
    faults: Path | None = None
    key_file: Path | None = None


def open_studio(folder: Path, options: Options) -> Studio:
    """Open a project: read its files and its journal (milliseconds), join the parts, load the takes.

    Nothing is sent and no server is started before the first request needs it. Raises ProjectError for files that
    cannot be used, MissingKey when the sandbox is ruled out and no key is set.
    """
    raise NotImplementedError
