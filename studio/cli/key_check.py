"""`studio doctor` on the key: where it was found, never what it is."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, field

from studio.cli.checks import Finding, Verdict
from studio.domain.errors import StudioError


@dataclass(frozen=True, slots=True)
class FoundKey:
    """What was found out, and the key itself for the one question asked with it."""

    finding: Finding
    value: str | None = field(default=None, repr=False)


def check_key(flags: argparse.Namespace) -> FoundKey:
    """Look where `render` would look."""
    from studio.config.key import find_key
    from studio.config.project import is_project

    try:
        key = find_key(flags.dir if is_project(flags.dir) else None, flags.key_file)
    except StudioError as error:
        return FoundKey(Finding("key", Verdict.BAD, error.happened, error.remedy, error.kind))
    if key is None:
        return FoundKey(_no_key())
    if key.warning:
        return FoundKey(Finding("key", Verdict.WARNING, f"Found in {key.source}.", key.warning), key.value)
    return FoundKey(Finding("key", Verdict.OK, f"Found in {key.source}."), key.value)


def _no_key() -> Finding:
    if os.environ.get("STUDIO_FAL_URL"):
        told = "None is set, but STUDIO_FAL_URL is: nothing can be drawn there without one."
        return Finding("key", Verdict.WARNING, told, "Put FAL_KEY into the environment.")
    told = "None is set, so the sandbox draws and nothing is charged."
    return Finding("key", Verdict.WARNING, told, "To draw with fal, put FAL_KEY into the environment or into .env.")
