"""The real `studio` command line with its ports wrapped: `python -m tests.faults.dying_studio ORDERS WORD…`.

ORDERS is a JSON object of `dying_ports.Orders`; the words are those of any command.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from studio import compose
from studio.__main__ import main
from studio.library.shelf import FolderShelf
from studio.providers.fal import provider as provider_module
from studio.providers.fal.provider import FalProvider
from tests.faults.dying_ports import DyingDisk, DyingJournal, DyingProvider, Fuse, Orders, WrongClock


def wrap(fuse: Fuse) -> None:
    """Let the composition root take wrapped parts instead of the plain ones."""

    def journal(path: Path) -> DyingJournal:
        return DyingJournal(path, fuse)

    def provider(**settings: Any) -> DyingProvider:
        return DyingProvider(FalProvider(**settings), fuse)

    parts = {
        "SqliteJournal": journal,
        "FolderShelf": partial(FolderShelf, disk=DyingDisk(fuse)),
        "SystemClock": partial(WrongClock, fuse.orders),
    }
    for name, part in parts.items():
        if not hasattr(compose, name):
            raise AttributeError(f"compose joins no {name} any more: this program must follow")
        setattr(compose, name, part)
    # compose imports the provider when it is first needed, so it is replaced where it lives.
    vars(provider_module)["FalProvider"] = provider


def orders_from(text: str) -> Orders:
    """The orders of a JSON object."""
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(text).items()
    }
    return Orders(**given)


if __name__ == "__main__":
    wrap(Fuse(orders_from(sys.argv[1])))
    sys.exit(main(sys.argv[2:]))
