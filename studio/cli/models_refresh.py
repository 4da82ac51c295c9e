"""`studio models refresh`: today's prices and settings, and what is another now."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.flags import options
from studio.cli.terminal_text import say, write_line
from studio.domain import money
from studio.domain.errors import ProviderError
from studio.domain.model_changes import Change, What

if TYPE_CHECKING:
    from studio.compose import Reached
    from studio.config.catalogue import Catalogue
    from studio.workflows.refresh import Refreshed


def refresh_models(flags: argparse.Namespace, ids: Sequence[str]) -> int:
    """Ask about every model, or about those named, and tell what changed. Without an answer the exit code is 1."""
    from studio import compose
    from studio.config.catalogue import load_catalogue
    from studio.workflows.choices import find_model

    reached = compose.open_provider(Path(), options(flags, needs_key=False))
    catalogue = load_catalogue(reached.server)
    wanted = [find_model(catalogue, name).id for name in ids] or list(catalogue.ids)
    if reached.warning:
        say(reached.warning)
    try:
        refreshed = asyncio.run(_ask(reached, catalogue, wanted))
    except ProviderError as error:
        say(f"{error.happened} {bundled_sentence(catalogue)}")
        return Exit.FAILED
    _tell(refreshed, reached.server, as_json=json_lines.wanted(flags))
    for note in (*refreshed.notes, *catalogue.problems):
        say(note)
    return Exit.OK


def bundled_sentence(catalogue: Catalogue) -> str:
    """What counts as long as fal does not answer."""
    dates = [model.price.as_of for model in catalogue.models if model.price.as_of]
    return f"The prices known so far count, the newest read {max(dates, default='at an unknown time')}."


async def _ask(reached: Reached, catalogue: Catalogue, wanted: Sequence[str]) -> Refreshed:
    from studio.workflows.refresh import refresh

    try:
        return await refresh(reached.provider, catalogue, wanted, datetime.now(UTC).date().isoformat())
    finally:
        await reached.provider.close()


def _tell(refreshed: Refreshed, server: str, *, as_json: bool) -> None:
    if as_json:
        for change in refreshed.changes:
            json_lines.emit("changed", **_fields(change))
        for endpoint in refreshed.missing:
            json_lines.emit("missing", id=endpoint)
        json_lines.emit(
            "refreshed",
            server=server,
            schemas=refreshed.schemas,
            prices=refreshed.prices,
            changes=len(refreshed.changes),
            missing=len(refreshed.missing),
        )
        return
    for endpoint in dict.fromkeys(change.endpoint for change in refreshed.changes):
        write_line(endpoint)
        for change in refreshed.changes:
            if change.endpoint == endpoint:
                write_line(f"  {change_words(change)}")
    if refreshed.missing:
        write_line(f"Not listed there: {', '.join(refreshed.missing)}.")
    changed = f"{len(refreshed.changes)} changes" if refreshed.changes else "nothing changed"
    write_line(f"Read {refreshed.schemas} schemas and {refreshed.prices} prices; {changed}.")


def change_words(change: Change) -> str:
    """One change for a person: `price: $0.05 → $0.06`, `num_inference_steps: max 50 → 60`."""
    match change.what:
        case What.PRICE:
            what = f"price ({change.name})" if change.name else "price"
            return f"{what}: {_shown(change.before, price=True)} → {_shown(change.after, price=True)}"
        case What.ADDED:
            return f"{change.name}: new, {change.after}"
        case What.REMOVED:
            return f"{change.name}: gone"
        case What.DEPRECATED:
            return f"deprecated{f'; {change.after} follows it' if change.after else ''}"
        case What.READ:
            return f"read for the first time: {change.after} arguments"
        case What.CHANGED:
            return f"{change.name}: {change.aspect} {_shown(change.before)} → {_shown(change.after)}"


def _fields(change: Change) -> dict[str, object]:
    return {
        "id": change.endpoint,
        "what": change.what.value,
        "name": change.name,
        "aspect": change.aspect,
        "before": change.before,
        "after": change.after,
    }


def _shown(value: object, *, price: bool = False) -> str:
    match value:
        case None:
            return "unknown" if price else "none"
        case Decimal():
            return money.shown(value)
        case bool():
            return "on" if value else "off"
        case list():
            return ", ".join(str(item) for item in value)
        case _:
            return str(value)
