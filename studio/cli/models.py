"""`studio models`: the catalogue, everything about one model, and what fal says about them now."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.model_fields import model_fields
from studio.cli.terminal_text import say
from studio.domain.errors import UsageError
from studio.workflows.choices import find_model

if TYPE_CHECKING:
    from studio.config.catalogue import Catalogue

ABOUT = """List every model with its price. `studio models show ID` tells everything about one, `refresh [ID]` asks fal
for today's prices and settings, `search WORDS` looks through all of fal's models, `add ID` makes any of them usable,
your own apps too."""

VERBS = ("show ID", "refresh [ID]", "search WORDS", "add ID")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing, or a verb and what it is about."""
    parser.add_argument("words", nargs="*", metavar="VERB", help=", ".join(VERBS))


def run(flags: argparse.Namespace) -> int:
    """A line per model, or what the verb asks for."""
    match flags.words:
        case []:
            return _list(_catalogue(flags), json_lines.wanted(flags))
        case ["show", model_id]:
            return _show(_catalogue(flags), model_id, json_lines.wanted(flags))
        case ["refresh", *ids]:
            from studio.cli.models_refresh import refresh_models

            return refresh_models(flags, ids)
        case ["search", *words] if words:
            from studio.cli.models_search import search_models

            return search_models(flags, " ".join(words))
        case ["add", *ids] if ids:
            from studio.cli.models_add import add_models

            return add_models(flags, ids)
        case _:
            raise _misunderstood(flags.words)


def _list(catalogue: Catalogue, as_json: bool) -> int:
    models = catalogue.models
    if as_json:
        for model in models:
            json_lines.emit("model", **model_fields(model))
    else:
        from studio.cli.models_list import print_models

        print_models(models, datetime.now(UTC).date())
    return _told(catalogue)


def _show(catalogue: Catalogue, model_id: str, as_json: bool) -> int:
    model = find_model(catalogue, model_id)
    if as_json:
        json_lines.emit("model", **model_fields(model))
    else:
        from studio.cli.models_show import print_model

        print_model(model, catalogue, datetime.now(UTC).date())
    return _told(catalogue)


def _catalogue(flags: argparse.Namespace) -> Catalogue:
    """The catalogue with what fal said, or the sandbox where it is meant."""
    from studio.compose import SERVER
    from studio.config.catalogue import load_catalogue
    from studio.config.servers import FAL, SANDBOX

    sandbox = flags.sandbox is True or flags.faults is not None
    return load_catalogue(SANDBOX if sandbox else os.environ.get(SERVER) or FAL)


def _told(catalogue: Catalogue) -> int:
    for problem in catalogue.problems:
        say(problem)
    return Exit.OK


def _misunderstood(words: Sequence[str]) -> UsageError:
    verb = words[0]
    for form in VERBS:
        name, _, what = form.partition(" ")
        if verb == name:
            return UsageError(f"studio models {name} needs {what}.", "studio models lists them.")
    return UsageError(
        f"studio models does not know what to do with {' '.join(words)!r}.", f"It takes: {', '.join(VERBS)}."
    )
