"""The user's `added.toml`: endpoints that were read from fal because the artist named them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from studio.config.atomic import write_text
from studio.config.catalogue_entry import read_model
from studio.config.paths import homely, user_share
from studio.config.toml_file import Source, parse, read_source
from studio.config.toml_table import Table
from studio.config.toml_text import key, value
from studio.domain.errors import ProjectError

NAME = "added.toml"

_HEAD = """\
# Endpoints added with `studio models add`. This file is yours: change a title, a role, a price.
# `studio models add` with the same id reads that endpoint anew and leaves the others as they are.
"""
_PIECE = re.compile(r"^(?=\[\[model\]\][ \t]*$)", re.MULTILINE)


def added_file() -> Path:
    """Where it lies; it need not exist."""
    return user_share("presets/models") / NAME


def add_entry(entry: Mapping[str, object]) -> Table:
    """Put an entry into the file in the place of an older one of the same id, other entries staying as they are.

    Gives the entry as the catalogue reads it. Raises ProjectError when it is no model, when the file is broken, or
    when it cannot be written; the file is as it was then.
    """
    path = added_file()
    text = entry_text(entry)
    fresh = Table(Source(homely(path), text), parse(Source(homely(path), text))).tables("model")[0]
    read_model(fresh)
    before = read_source(path, homely(path)).text if path.exists() else _HEAD
    head, *pieces = _PIECE.split(before)
    kept = [piece for piece in pieces if _id(piece, path) != entry["id"]]
    parts = [head.rstrip("\n"), *(piece.rstrip("\n") for piece in kept), text.rstrip("\n")]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"{homely(path.parent)} cannot be made: {error.strerror or error}.") from error
    write_text(path, "\n\n".join(part for part in parts if part) + "\n")
    return fresh


def entry_text(entry: Mapping[str, object]) -> str:
    """An entry as the TOML of the catalogue's own files."""
    tables = {name: entry.get(name) for name in ("price", "param")}
    lines = ["[[model]]", *(_line(name, thing) for name, thing in entry.items() if name not in tables)]
    if isinstance(price := tables["price"], Mapping):
        lines += ["", "[model.price]", *(_line(name, thing) for name, thing in price.items())]
    if isinstance(params := tables["param"], list):
        for param in params:
            lines += ["", "[[model.param]]", *(_line(name, thing) for name, thing in param.items())]
    return "\n".join(lines) + "\n"


def _line(name: str, thing: object) -> str:
    return f"{key(name)} = {value(thing)}"


def _id(piece: str, path: Path) -> str:
    source = Source(homely(path), piece)
    return Table(source, parse(source)).tables("model")[0].text("id", "")
