"""Reading the settings of a model before its first use: without them nobody knows what to send."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from studio.cli.terminal_text import say
from studio.workflows.choices import ON_PURPOSE

if TYPE_CHECKING:
    from studio.compose import Reached
    from studio.workflows.studio import Studio


def learn_first(studio: Studio, flags: argparse.Namespace) -> None:
    """Read the settings of the model the flags mean, when they never were. Raises UsageError when fal lists no such
    endpoint, ProviderError when it cannot be asked.
    """
    named = getattr(flags, "model", None) or studio.project.settings.model
    model = studio.catalogue.model(named.removesuffix(ON_PURPOSE))
    if model is None or not model.unread or (model.deprecated and not named.endswith(ON_PURPOSE)):
        return
    from studio import compose

    say(f"Reading the settings of {model.title}, which were never read before.")
    wanted = compose.Options(sandbox=True if studio.sandbox else None, faults=flags.faults, key_file=flags.key_file)
    reached = compose.open_provider(studio.project.folder, wanted)
    asyncio.run(_learn(reached, studio, model.id))


async def _learn(reached: Reached, studio: Studio, endpoint: str) -> None:
    from datetime import UTC, datetime

    from studio.workflows.refresh import learn

    try:
        await learn(reached.provider, studio.catalogue, endpoint, datetime.now(UTC).date().isoformat())
    finally:
        await reached.provider.close()
