"""The form of `character.toml`: a Table read into a Character."""

from __future__ import annotations

import re
from decimal import Decimal

from studio.config.toml_table import Table
from studio.domain.character import Character, Lora, PaletteColour, Reference
from studio.domain.prompt import FIELDS, unknown_fields
from studio.domain.skeleton import BUILDS, MAX_HEADS, MIN_HEADS, Proportions

NAME = "character.toml"
KEYS = (
    *("name", "description", "palette", "heads", "build", "style", "setting", "negative", "template"),
    *("reference", "lora"),
)

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def read_character(table: Table) -> Character:
    """The Character of a table. Raises ProjectError with the line of whatever is not as expected."""
    return Character(
        name=table.text("name", filled=True),
        description=table.text("description", filled=True, lines=True),
        palette=tuple(_colour(entry) for entry in table.tables("palette")),
        proportions=_proportions(table),
        style=table.text("style", "", lines=True),
        setting=table.text("setting", "", lines=True),
        negative=table.text("negative", "", lines=True),
        template=_template(table),
        references=tuple(_reference(entry) for entry in table.tables("reference")),
        loras=tuple(_lora(entry) for entry in table.tables("lora")),
    )


def _proportions(table: Table) -> Proportions:
    average = Proportions()
    low, high = Decimal(str(MIN_HEADS)), Decimal(str(MAX_HEADS))
    return Proportions(
        heads=float(table.number("heads", low=low, high=high)) if "heads" in table else average.heads,
        build=table.choice("build", BUILDS, average.build),
    )


def _template(table: Table) -> str:
    template = table.text("template", "", lines=True)
    if strangers := unknown_fields(template):
        raise table.error("template", f"there is no field {{{strangers[0]}}}; expected some of {', '.join(FIELDS)}")
    return template


def _colour(table: Table) -> PaletteColour:
    table.only(("name", "hex", "on"))
    value = table.text("hex")
    if not _HEX.fullmatch(value):
        raise table.error("hex", f"expected a colour such as #FF1493, found {value!r}")
    return PaletteColour(table.text("name", ""), value, table.text("on", ""))


def _reference(table: Table) -> Reference:
    table.only(("path", "role"))
    return Reference(_inside(table, "references/front.png"), table.text("role", ""))


def _lora(table: Table) -> Lora:
    table.only(("path", "trigger", "scale", "family", "trainer", "steps", "dataset", "trained", "price"))
    path = table.text("path", filled=True)
    return Lora(
        path=path if path.startswith(("https://", "http://")) else _inside(table, "loras/word-001.safetensors"),
        trigger=table.text("trigger", ""),
        scale=float(table.number("scale", 1, -4, 4)),
        family=table.text("family", ""),
        trainer=table.text("trainer", ""),
        steps=table.integer("steps", low=1) if "steps" in table else None,
        dataset=table.text("dataset", ""),
        trained=table.text("trained", ""),
        price=table.number("price", low=0) if "price" in table else None,
    )


def _inside(table: Table, example: str) -> str:
    """A path that stays in the project: what it names is sent to fal, and a project may come from anybody."""
    path = table.text("path", filled=True)
    if path.startswith(("/", "~")) or ".." in path.split("/") or "://" in path or "\0" in path:
        raise table.error("path", f"expected a path inside the project, such as {example}")
    return path
