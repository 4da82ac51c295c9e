"""`studio models` for a person: what each model is for, what it costs and how old that price is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from studio.cli.tables import console, wrapped
from studio.cli.terminal_text import write_line
from studio.domain.model import Model
from studio.domain.price_words import age_words, price_words
from studio.domain.text import plain

WIDE = 110
"""Columns from which a table is easier to read than two lines a model."""

KINDS = {
    "text-to-image": "Pictures from words",
    "edit": "Pictures from pictures",
    "realtime": "Live pictures",
    "utility": "Cut-outs, enlargers, skeletons",
    "video": "Clips",
    "train": "Trainers",
}
"""Headings, in the order they are shown."""


def print_models(models: Sequence[Model], today: date) -> None:
    """The living models by kind; how many deprecated ones are left out is said at the end."""
    shown = [model for model in models if not model.deprecated]
    groups = {heading: [model for model in shown if model.kind == kind] for kind, heading in KINDS.items()}
    for number, (heading, chosen) in enumerate((heading, chosen) for heading, chosen in groups.items() if chosen):
        if number:
            write_line()
        write_line(heading)
        _table(chosen, today) if console().width >= WIDE else _lines(chosen, today)
    gone = len(models) - len(shown)
    write_line(f"{gone} deprecated models are left out; studio models --json has them." if gone else "")


def speed_words(model: Model) -> str:
    """Typical seconds, or minutes for a trainer; empty when nobody said."""
    if not model.speed_s:
        return ""
    return f"{model.speed_s / 60:.0f} min" if model.speed_s >= 120 else f"{model.speed_s:g} s"


def _lines(models: Sequence[Model], today: date) -> None:
    for model in models:
        facts = (price_words(model.price), speed_words(model), age_words(model.price, today))
        write_line(f"  {model.title}  {model.id}")
        for text in (model.best_for, " · ".join(fact for fact in facts if fact)):
            for line in wrapped(text, " " * 6, " " * 6):
                write_line(line, lines=True)


def _table(models: Sequence[Model], today: date) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("model", no_wrap=True)
    for heading in ("for what", "price", "speed", "price read"):
        widest = {"price": 26, "price read": 16}.get(heading)
        table.add_column(heading, ratio=1 if heading == "for what" else None, max_width=widest)
    for model in models:
        # The id is what other commands take, so it is never broken.
        name = Text(plain(model.title)).append(f"\n{plain(model.id)}", style="dim")
        cells = (model.best_for, price_words(model.price), speed_words(model), age_words(model.price, today))
        table.add_row(name, *(Text(plain(cell)) for cell in cells))
    console().print(table)
