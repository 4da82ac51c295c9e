"""`studio models add ID`: any endpoint of fal's, an artist's own app among them, made usable at once."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.flags import options
from studio.cli.model_fields import model_fields
from studio.cli.terminal_text import say, write_line
from studio.domain.price_words import price_words

if TYPE_CHECKING:
    from studio.compose import Reached
    from studio.config.catalogue import Catalogue
    from studio.domain.model import Model


def add_models(flags: argparse.Namespace, ids: Sequence[str]) -> int:
    """Read each and keep it. Raises UsageError, NotFound, Broken or another ProviderError at the first that fails."""
    from studio import compose
    from studio.config.catalogue import load_catalogue
    from studio.workflows.adding import endpoint_id

    wanted = [endpoint_id(text) for text in ids]
    reached = compose.open_provider(Path(), options(flags, needs_key=False))
    catalogue = load_catalogue(reached.server)
    asyncio.run(_add(reached, catalogue, wanted, as_json=json_lines.wanted(flags)))
    for problem in catalogue.problems:
        say(problem)
    return Exit.OK


async def _add(reached: Reached, catalogue: Catalogue, wanted: Sequence[str], *, as_json: bool) -> None:
    from studio.workflows.adding import add_model

    today = datetime.now(UTC).date().isoformat()
    try:
        for endpoint in wanted:
            model = await add_model(reached.provider, catalogue, endpoint, today)
            if as_json:
                json_lines.emit("model", **model_fields(model))
            else:
                _tell(model, catalogue)
    finally:
        await reached.provider.close()


def _tell(model: Model, catalogue: Catalogue) -> None:
    from studio.config.catalogue_added import added_file
    from studio.config.paths import homely

    where = "came with the studio" if catalogue.shipped(model.id) else f"stands in {homely(added_file())}"
    write_line(f"{model.title} ({model.id}) {where}: {len(model.params)} arguments, {price_words(model.price)}.")
    write_line(f"studio models show {model.id} tells everything; --model {model.id} draws with it.")
