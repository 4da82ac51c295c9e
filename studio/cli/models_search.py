"""`studio models search WORDS`: fal's whole list, not only what the catalogue knows."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.flags import options
from studio.cli.tables import wrapped
from studio.cli.terminal_text import write_line

if TYPE_CHECKING:
    from studio.compose import Reached
    from studio.engine.ports import Listing


def search_models(flags: argparse.Namespace, words: str) -> int:
    """A line per endpoint found. Nothing found is no failure. Raises ProviderError when the list cannot be read."""
    from studio import compose
    from studio.config.catalogue import load_catalogue

    reached = compose.open_provider(Path(), options(flags, needs_key=False))
    known = set(load_catalogue(reached.server).ids)
    found = asyncio.run(_ask(reached, words))
    if json_lines.wanted(flags):
        for one in found:
            json_lines.emit(
                "found",
                id=one.endpoint,
                title=one.title,
                category=one.category,
                about=one.about,
                deprecated=one.deprecated,
                known=one.endpoint in known,
            )
        return Exit.OK
    for one in found:
        marks = (one.category, "deprecated" if one.deprecated else "", "" if one.endpoint in known else "not added yet")
        write_line(f"{one.endpoint}  ({', '.join(mark for mark in marks if mark)})")
        about = " · ".join(text for text in (one.title, one.about) if text)
        if about:
            for line in wrapped(about, " " * 4, " " * 4):
                write_line(line, lines=True)
    if not found:
        write_line(f"Nothing is listed for {words!r}.")
    elif any(one.endpoint not in known for one in found):
        write_line("studio models add ID makes one of them usable.")
    return Exit.OK


async def _ask(reached: Reached, words: str) -> Sequence[Listing]:
    try:
        return await reached.provider.search(words)
    finally:
        await reached.provider.close()
