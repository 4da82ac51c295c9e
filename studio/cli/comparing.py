"""The table of `studio estimate --compare`: the same plan on every model that can draw it."""

from __future__ import annotations

import argparse

from studio.cli import json_lines
from studio.cli.planning import Bench, wanted_poses, wanted_recipe, wanted_references
from studio.cli.tables import console, print_table, wrapped
from studio.cli.terminal_text import write_line
from studio.domain import money
from studio.domain.price import picture_size
from studio.workflows.choices import choose_model
from studio.workflows.coach.advice import Advice, Severity
from studio.workflows.plan import Plan
from studio.workflows.side_by_side import Compared, SamePlan, side_by_side

WIDE = 110
"""Columns from which a table is easier to read."""

MARKS = {Severity.HINT: "hint", Severity.WARNING: "mind", Severity.WASTE: "waste"}


def compare(bench: Bench, flags: argparse.Namespace, plan: Plan) -> list[Compared]:
    """The rows for the plan that the flags ask for. Raises UsageError."""
    model = choose_model(bench.catalogue, flags.model or bench.settings.model)
    recipe, _ = wanted_recipe(bench.settings.recipe(model.id), model, flags)
    references, _ = wanted_references(bench, model, flags.reference)
    same = SamePlan(
        character=bench.character,
        poses=wanted_poses(bench.poses, flags.pose),
        recipe=recipe,
        references=references,
        styles=bench.presets.styles,
        pixels=picture_size(model, plan.jobs[0].request.arguments),
    )
    remembered = {name: bench.settings.recipe(name) for name in bench.settings.values}
    return side_by_side(same, bench.catalogue.models, remembered)


def tell_models(rows: list[Compared], chosen: str, *, as_json: bool) -> None:
    """A line for each model, the cheapest first."""
    if as_json:
        for row in rows:
            json_lines.emit("model", **_fields(row, chosen))
        return
    if console().width < WIDE:
        for row in rows:
            _tell_row(row, chosen)
        return
    print_table(
        ("", "model", "each", "total", "speed", "coach", "remark"),
        [_row(row, chosen) for row in rows],
        right=("each", "total", "speed"),
    )


def _tell_row(row: Compared, chosen: str) -> None:
    """A line of figures and the remark below it, where a table would have no room for words."""
    here, title, each, total, speed, mark, _ = (str(cell) for cell in _row(row, chosen))
    figures = "cannot draw it" if row.trouble else f"{each:>8} each {total:>9} in all  {speed:>7}  {mark}"
    write_line(f"{here or ' '} {title[:34]:<34} {figures}".rstrip())
    for line in wrapped(row.remark, " " * 6, " " * 6):
        write_line(line, lines=True)


def _row(row: Compared, chosen: str) -> tuple[object, ...]:
    model = row.model
    speed = f"{model.speed_s:g} s" if model.speed_s is not None else "unknown"
    each, total = ("", "") if row.trouble else (money.shown(row.each), money.shown(row.total))
    mark = MARKS.get(row.severity, "") if row.severity is not None else ""
    return "*" if model.id == chosen else "", model.title, each, total, speed, mark, row.remark


def _fields(row: Compared, chosen: str) -> dict[str, object]:
    return {
        "model": row.model.id,
        "title": row.model.title,
        "kind": row.model.kind,
        "chosen": row.model.id == chosen,
        "pictures": row.pictures,
        "each": row.each,
        "estimate": row.total,
        "speed_s": row.model.speed_s,
        "severity": row.severity.name.lower() if row.severity is not None else None,
        "advice": [_advice_fields(entry) for entry in row.advice],
        "notes": list(row.notes),
        "trouble": row.trouble or None,
    }


def _advice_fields(entry: Advice) -> dict[str, object]:
    return {
        "rule": entry.rule,
        "severity": entry.severity.name.lower(),
        "sentence": entry.sentence,
        "source": entry.source,
    }
