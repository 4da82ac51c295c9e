"""The exit codes of every command; scripts rely on them."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum

from studio.domain.errors import KeyRefused, MissingKey, ProjectError, SpendRefused, StudioError, UsageError


class Exit(IntEnum):
    """What a command's end means."""

    OK = 0
    FAILED = 1
    USAGE = 2
    """A wrong command line, or a project file that cannot be used."""
    PARTLY = 3
    """Some pictures are stored, others failed or are unknown."""
    KEY = 4
    """The key is missing or fal refuses it."""
    SPEND = 5
    """The spend gate or a budget said no; nothing was sent."""
    INTERRUPTED = 130


KEY_KINDS = frozenset({MissingKey.kind, KeyRefused.kind})


def exit_of_error(error: StudioError) -> Exit:
    """The code for a command that an error ended."""
    match error:
        case UsageError() | ProjectError():
            return Exit.USAGE
        case MissingKey() | KeyRefused():
            return Exit.KEY
        case SpendRefused():
            return Exit.SPEND
        case _:
            return Exit.FAILED


def exit_of_jobs(stored: int, failed: int, unknown: int, kinds: Collection[str] = ()) -> Exit:
    """The code for a run of jobs: how many ended how, and the kinds of the failures."""
    if not failed and not unknown:
        return Exit.OK
    if stored:
        return Exit.PARTLY
    return Exit.KEY if KEY_KINDS & set(kinds) else Exit.FAILED
