"""Tables for a person at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from studio.domain.text import plain

if TYPE_CHECKING:
    from rich.console import Console


def console() -> Console:
    """A console on stdout that takes no text for markup and honours NO_COLOR when it is not empty."""
    from rich.console import Console

    return Console(
        file=sys.stdout, markup=False, highlight=False, emoji=False, no_color=bool(os.environ.get("NO_COLOR"))
    )


def wrapped(text: str, first: str = "", indent: str = "") -> list[str]:
    """Text in lines that fit the terminal: `first` before the first one, `indent` before the others."""
    from textwrap import wrap

    width = max(40, console().width)
    return wrap(plain(text), width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False) or [first]


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[str] = (), whole: Sequence[str] = ()
) -> None:
    """A table on stdout. Cells are foreign text and shown harmlessly; columns named in `right` stand to the right,
    those in `whole` are never broken, so that they can be copied.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(
            Text(name), justify="right" if name in right else "left", overflow="fold", no_wrap=name in whole
        )
    for row in rows:
        table.add_row(*(Text(plain("" if cell is None else cell)) for cell in row))
    console().print(table)
