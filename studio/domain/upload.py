"""A file that was given to a file host, and the stand-in for one that will be."""

from __future__ import annotations

from dataclasses import dataclass

PLACEHOLDER = "upload:"
"""Begins the stand-in for a file's address in the arguments of a plan; the SHA-256 of its content follows."""

DAY = 24 * 3600

LIFETIMES: dict[str, int | None] = {
    "1h": 3600,
    "1d": DAY,
    "7d": 7 * DAY,
    "30d": 30 * DAY,
    "1y": 365 * DAY,
    "never": None,
}
"""How long a file host keeps an upload, in seconds, by the words of the settings (fal_client's own, `expires_in`).
`never` leaves it to the account's setting, which keeps files for ever unless it was changed.
"""

LIFETIME = "7d"
"""Long enough for every job that refers to it; an address nobody needs any more should not stay public."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One file at a file host. Times are seconds since the epoch."""

    sha256: str
    url: str
    """Public: whoever has it can read the file."""
    server: str
    """Whose file host it is: `fal`, `sandbox`, or the address of another server."""
    at: float
    until: float | None
    """When the host may delete it; None when nobody said."""
    path: str
    """Where the file lay when it was uploaded, absolute."""
    content_type: str
    size: int
    """Bytes."""


def placeholder(sha256: str) -> str:
    """The stand-in for the address of a file with this content."""
    return PLACEHOLDER + sha256


def placed(text: str) -> str:
    """The SHA-256 of a stand-in, or an empty text for anything else."""
    digest = text.removeprefix(PLACEHOLDER)
    return digest if digest != text and len(digest) == 64 and digest.isalnum() else ""
