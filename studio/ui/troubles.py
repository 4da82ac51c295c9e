"""What happens to failures: foreseen ones are told calmly, unforeseen ones are written down and told too."""

from __future__ import annotations

from studio.config.log_file import log_crash
from studio.config.paths import homely
from studio.config.secrets import redacted
from studio.domain.errors import StudioError
from studio.domain.text import plain


def sentence(error: StudioError) -> str:
    """What happened and what to do, harmless to a terminal."""
    return plain(f"{error.happened} {error.remedy}".strip(), lines=True)


def unforeseen(error: BaseException) -> tuple[str, str]:
    """Write down a failure that nobody foresaw; gives what happened and what to know, two texts without any key."""
    place = log_crash(error, "the screen")
    where = f"The details stand in {homely(place)}." if place else "The log file could not be written."
    happened = redacted(f"Something unforeseen happened: {type(error).__name__}: {error}")
    return happened, f"Your jobs and takes are safe. {where}"
