"""What keys and pointer mean on a row of the form. Pure; knows no screen."""

from __future__ import annotations

from decimal import Decimal

from studio.domain.request import Json
from studio.ui.panes.setting_fields import Kind, SettingRow
from studio.ui.widgets.setting_line import Layout

TYPED = {Kind.NUMBER: "0123456789.,-", Kind.SIZE: "0123456789x×*", Kind.SEED: "0123456789, "}
"""Characters that can be typed, by the kind of the row."""

GO_ON_ONLY = frozenset(", x×*")
"""Those among them that only go on with what was begun."""


def alphabet(row: SettingRow | None) -> str:
    """The characters that can be typed into a row."""
    return TYPED.get(row.kind, "") if row is not None else ""


def opens_typing(row: SettingRow | None, character: str) -> bool:
    """Whether a character begins to type a new value."""
    return len(character) == 1 and character not in GO_ON_ONLY and character in alphabet(row)


def stepped(row: SettingRow, by: int, *, big: bool = False) -> Json:
    """The number some steps further; from nothing to the recommended one. None where it has to be typed."""
    now = row.value if isinstance(row.value, int | float) and not isinstance(row.value, bool) else None
    scale = row.scale
    if scale is not None:
        start = scale.best if scale.best is not None else scale.low
        return json_number(start if now is None else scale.moved(Decimal(str(now)), by, big=big))
    if row.param is not None and row.param.type == "integer":
        low, high = row.param.min, row.param.max
        wanted = Decimal(now or 0) + by * (10 if big else 1) * (row.param.multiple_of or 1)
        wanted = wanted if low is None else max(low, wanted)
        return json_number(wanted if high is None else min(high, wanted))
    return None


def slid(row: SettingRow, layout: Layout, x: int) -> Json:
    """The value that a cell of the row's track stands for."""
    if row.scale is None:
        return row.value
    return json_number(row.scale.at((x - layout.start) / max(1, layout.track - 1)))


def json_number(number: Decimal) -> Json:
    """A number as it is sent: whole ones without a fraction."""
    return int(number) if number == number.to_integral_value() else float(number)


def scrolled_to(total: int, height: int, top: int, y: int) -> bool:
    """Whether the scroll bar's thumb covers a line; there is none where everything is in view."""
    if total <= height or not height:
        return False
    start, length = top * height // total, max(1, height * height // total)
    return start <= y < start + length
