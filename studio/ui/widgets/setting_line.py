"""One row of the form as runs of text: mark, name, then a track, choices or words. Pure; knows no screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.cells import cell_len

from studio.domain.text import plain
from studio.ui.panes.setting_fields import Kind, SettingRow
from studio.ui.widgets.run_line import Run, clipped, width_of
from studio.ui.widgets.slider_track import Scale
from studio.workflows.setting_text import value_text

EDGE = 3
"""Cells of the cursor's bar, the mark of a changed setting, and a gap."""

LONGEST_TRACK = 44
NUMBER_ROOM = 9
"""Cells for the digits behind a track."""

WIDEST_NAME = 22


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of every row stand, in cells."""

    width: int
    name: int
    """Cells for the name."""
    utf8: bool = True

    @property
    def start(self) -> int:
        """The first cell behind the name."""
        return EDGE + self.name + 1

    @property
    def room(self) -> int:
        """Cells from there to the end."""
        return max(4, self.width - self.start - 1)

    @property
    def track(self) -> int:
        """Cells of a slider's track."""
        return max(4, min(LONGEST_TRACK, self.room - NUMBER_ROOM))


def layout_of(rows: Sequence[SettingRow], width: int, *, utf8: bool = True) -> Layout:
    """Names get as much as the longest needs, within reason."""
    longest = max((cell_len(row.label) for row in rows if row.kind not in {Kind.HEADING, Kind.OFFER}), default=8)
    return Layout(width, min(longest, WIDEST_NAME), utf8)


def setting_runs(row: SettingRow, layout: Layout, *, cursor: bool, typed: str | None = None) -> list[Run]:
    """The whole row."""
    bar = Run("▌" if layout.utf8 else ">", "accent") if cursor else Run(" ")
    if row.kind is Kind.HEADING:
        title = clipped(row.label, layout.width - 6)
        return [Run(f" {title} ", "muted"), Run("─" * max(0, layout.width - cell_len(title) - 3), "faint")]
    if row.kind is Kind.OFFER:
        return [bar, Run(f"  {clipped(row.label, layout.width - 4)}", "strong" if cursor else "good")]
    mark = Run("● " if layout.utf8 else "* ", "accent") if row.changed else Run("  ")
    name = clipped(plain(row.label), layout.name)
    label = Run(name + " " * (layout.name - cell_len(name) + 1), "strong" if cursor else "")
    return [bar, mark, label, *_control(row, layout, cursor=cursor, typed=typed)]


def thumb_at(scale: Scale, value: Decimal, cells: int) -> int:
    """The cell of the track a value lies in."""
    return round(scale.place(value) * (cells - 1))


def _control(row: SettingRow, layout: Layout, *, cursor: bool, typed: str | None) -> list[Run]:
    look = "strong" if cursor or row.changed else ""
    if typed is not None:
        room = layout.room - 2
        return [Run(typed[-room:], "accent"), Run(" ", "chosen")]
    match row.kind:
        case Kind.NUMBER:
            track = [*_track(row, row.scale, layout), Run(" ")] if row.scale is not None else []
            return [*track, Run(_number(row) if track else _number(row).strip(), look)]
        case Kind.CHOICE | Kind.SEED:
            return _choices(row, layout, look, cursor=cursor)
        case Kind.SIZE:
            return _size(row, layout, look, cursor=cursor)
        case _:
            faint = row.kind is Kind.GIVEN or (row.shown in {"none", "empty"} and not cursor)
            return [Run(clipped(plain(row.shown), layout.room), "faint" if faint else look)]


def _track(row: SettingRow, scale: Scale, layout: Layout) -> Iterator[Run]:
    cells = layout.track
    value = _decimal(row.value)
    thumb = -1 if value is None else thumb_at(scale, value, cells)
    ends = [thumb_at(scale, end, cells) for end in scale.sweet] if scale.sweet else []
    text, look = "", ""
    for cell in range(cells):
        sweet = bool(ends) and ends[0] <= cell <= ends[1]
        now = "strong" if cell == thumb else "good" if sweet else "accent" if cell < thumb else "faint"
        glyph = ("█" if cell == thumb else "━" if sweet else "─") if layout.utf8 else "O=-"[_kind(cell, thumb, sweet)]
        if now != look and text:
            yield Run(text, look, "track")
            text = ""
        text, look = text + glyph, now
    yield Run(text, look, "track")


def _kind(cell: int, thumb: int, sweet: bool) -> int:
    return 0 if cell == thumb else 1 if sweet else 2


def _number(row: SettingRow) -> str:
    value = _decimal(row.value)
    if value is None:
        return "not set".rjust(NUMBER_ROOM - 1)
    text = row.scale.text(value) if row.scale is not None else value_text(row.value)
    return text.rjust(NUMBER_ROOM - 1)


def _choices(row: SettingRow, layout: Layout, look: str, *, cursor: bool) -> list[Run]:
    """All of them side by side where there is room, else the chosen one between arrows."""
    runs: list[Run] = []
    for at, (value, words) in enumerate(row.options):
        chosen = value == row.value and type(value) is type(row.value)
        style = "strong" if chosen else "muted"
        edges = _edges(layout) if chosen and cursor else (" ", " ") if layout.utf8 or not chosen else ("[", "]")
        runs.append(Run(f"{edges[0]}{plain(words)}{edges[1]}", style, f"option-{at}"))
    if width_of(runs) <= layout.room:
        if not any(value == row.value for value, _ in row.options):
            return [*runs, Run(" not set" if width_of(runs) + 8 <= layout.room else "", "faint")]
        return runs
    words = next((words for value, words in row.options if value == row.value), value_text(row.value) or "not set")
    shown = _between(clipped(plain(words), layout.room - 14), look, layout, cursor=cursor)
    return [*shown, Run(f"  one of {len(row.options)}", "faint")]


def _size(row: SettingRow, layout: Layout, look: str, *, cursor: bool) -> list[Run]:
    words = next((words for value, words in row.options if value == row.value), "the model's own")
    runs = _between(clipped(plain(words), layout.room - 20), look, layout, cursor=cursor)
    return [*runs, Run(f"  {row.shown}", "muted")] if row.shown else runs


def _between(words: str, look: str, layout: Layout, *, cursor: bool) -> list[Run]:
    before, after = _edges(layout) if cursor else (" ", " ")
    return [Run(before, look, "before"), Run(words, look, "after"), Run(after, look, "after")]


def _edges(layout: Layout) -> tuple[str, str]:
    return ("‹", "›") if layout.utf8 else ("<", ">")


def _decimal(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
