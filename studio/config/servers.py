"""Who answers questions about models, and where its answers are kept."""

from __future__ import annotations

from pathlib import Path

from studio.config.paths import cache_dir
from studio.domain.text import slug

FAL = "fal"
SANDBOX = "sandbox"


def live_root() -> Path:
    """The folder of all answers; absent until a server was asked."""
    return cache_dir() / "models"


def live_folder(server: str = FAL) -> Path:
    """The folder of a server: fal, the sandbox, or whatever answers at an address."""
    return live_root() / (server if server in {FAL, SANDBOX} else slug(server))
