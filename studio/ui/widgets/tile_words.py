"""The words under a picture that stands beside others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.look_deeds import MARKS
from studio.ui.widgets.run_line import Run, RunLine, clipped

SPARE = 34
"""Cells from which a verdict is a word, and under which it is a sign."""


class TileWords(RunLine):
    """A number, the take and its verdict in the first row, remarks in the others."""

    DEFAULT_CSS = """
    TileWords { height: 3; padding: 0 1; background: $surface; color: $text; }
    TileWords.-active { background: $panel; }
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._said: tuple[str, Take | None, bool, bool, tuple[str, ...]] = ("", None, False, False, ())

    def use(self, number: str, take: Take, *, active: bool, marked: bool = False, remarks: Sequence[str] = ()) -> None:
        """Another take, another verdict, other remarks."""
        said = (number, take, active, marked, tuple(remarks))
        if said != self._said:
            self._said = said
            self.set_class(active, "-active")
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """Remarks are broken between two of them; the last row that there is room for is cut."""
        number, take, active, marked, remarks = self._said
        if take is None:
            return []
        mark, look = MARKS[take.verdict]
        head = [
            Run(f" {number} ", "chosen" if active else "muted"),
            Run(" " + shortened(take.id, width - 12), "strong"),
            Run(" ◆" if marked else "", "accent"),
            Run("" if look == "muted" else f"  {mark if width >= SPARE else mark[0]}", look),
            Run(f" {'★' * take.stars}" if take.stars else "", "warn"),
            Run(" draft" if take.draft else "", "muted"),
            Run(" blacked out" if take.flagged else "", "warn"),
        ]
        room = self.content_size.height - 1
        return [head, *([Run(clipped(line, width), "muted")] for line in broken(remarks, width, room))]


def shortened(take_id: str, width: int) -> str:
    """A take's id; where it is too long its beginning goes, because its number is at the end."""
    take_id = plain(take_id)
    return take_id if len(take_id) <= width else "…" + take_id[-max(4, width - 1) :]


def broken(remarks: Sequence[str], width: int, rows: int) -> list[str]:
    """Remarks in rows, joined by dots; what is too much for the last row is joined to it all the same."""
    lines: list[str] = []
    for remark in remarks:
        remark = plain(remark)
        if lines and (len(lines) >= rows or len(lines[-1]) + len(remark) + 3 <= width):
            lines[-1] += f" · {remark}"
        else:
            lines.append(remark)
    return lines[: max(0, rows)]
