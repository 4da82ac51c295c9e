"""`studio models`: the catalogue, and everything about one model."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.price_words import price_fields, price_words
from studio.cli.tables import print_table
from studio.cli.terminal_text import say, write_line
from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.workflows.choices import find_model

if TYPE_CHECKING:
    from studio.config.catalogue import Catalogue

ABOUT = "List every model with its price; `studio models show ID` tells everything about one."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing, or `show ID`."""
    parser.add_argument("words", nargs="*", metavar="show ID", help="everything about one model")


def run(flags: argparse.Namespace) -> int:
    """A line per model, or one model."""
    from studio.config.catalogue import load_catalogue

    catalogue = load_catalogue()
    for problem in catalogue.problems:
        say(problem)
    match flags.words:
        case []:
            return _list(catalogue, json_lines.wanted(flags))
        case ["show", model_id]:
            return _show(find_model(catalogue, model_id), json_lines.wanted(flags))
        case ["show"]:
            raise UsageError("studio models show needs the ID of a model.", "studio models lists them.")
        case _:
            raise UsageError(
                f"studio models does not know what to do with {' '.join(flags.words)!r}.", "studio models show ID"
            )


def _list(catalogue: Catalogue, as_json: bool) -> int:
    models = [model for model in catalogue.models if not model.deprecated or as_json]
    if as_json:
        for model in models:
            json_lines.emit("model", **_summary(model))
        return Exit.OK
    rows = [(model.id, model.kind, price_words(model.price), model.best_for) for model in models]
    print_table(("model", "kind", "price", "best for"), rows, whole=("model",))
    return Exit.OK


def _show(model: Model, as_json: bool) -> int:
    if as_json:
        json_lines.emit(
            "model", **_summary(model), params=[_param_fields(param) for param in model.params], **_advice(model)
        )
        return Exit.OK
    write_line(f"{model.title}  ({model.id}, {model.vendor})")
    for name, text in (
        ("kind", model.kind),
        ("price", price_words(model.price)),
        ("best for", model.best_for),
        ("beware", model.caution),
        ("steps", model.steps_note),
        ("guidance", _sweet_words(model)),
        ("newer", model.newer),
    ):
        if text:
            write_line(f"{name:<10}{text}")
    print_table(
        ("argument", "type", "default", "range or choices"),
        [_param_row(param) for param in model.params],
        whole=("argument",),
    )
    return Exit.OK


def _summary(model: Model) -> dict[str, object]:
    return {
        "id": model.id,
        "title": model.title,
        "kind": model.kind,
        "family": model.family,
        "vendor": model.vendor,
        "best_for": model.best_for,
        "deprecated": model.deprecated,
        "price": price_fields(model.price),
    }


def _advice(model: Model) -> dict[str, object]:
    sweet = model.sweet
    return {
        "caution": model.caution,
        "steps_note": model.steps_note,
        "sweet": None
        if sweet is None
        else {"low": number(sweet.low), "high": number(sweet.high), "best": number(sweet.best)},
    }


def _param_fields(param: Param) -> dict[str, object]:
    """What `--json` says of one argument: only what the schema has."""
    fields: dict[str, object] = {"name": param.name, "type": param.type, "required": param.required}
    if param.default is not None:
        fields["default"] = number(param.default)
    if param.min is not None:
        fields["min"] = number(param.min)
    if param.max is not None:
        fields["max"] = number(param.max)
    if param.enum:
        fields["enum"] = list(param.enum)
    if param.role:
        fields["role"] = param.role
    return fields


def number(value: object) -> object:
    """A bound or a default as a JSON number; only money is a string."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _param_row(param: Param) -> Sequence[object]:
    bounds = f"{param.min} to {param.max}" if param.min is not None and param.max is not None else ""
    if not bounds and param.min is not None:
        bounds = f"at least {param.min}"
    kind = f"{param.type}, required" if param.required else param.type
    return param.name, kind, param.default, bounds or ", ".join(param.enum)


def _sweet_words(model: Model) -> str:
    sweet = model.sweet
    return "" if sweet is None else f"best from {sweet.low} to {sweet.high}, {sweet.best} to begin with"
