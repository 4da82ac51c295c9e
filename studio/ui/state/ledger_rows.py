"""The rows of the ledger screen: by pose, session, day or take, each in as many cells as there are. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from rich.cells import set_cell_size

from studio.domain import money
from studio.domain.text import plain
from studio.ui.widgets.run_line import Run, clipped
from studio.workflows.ledger import Entry, Group, Ledger, Mark, Sum
from studio.workflows.ledger_words import paid_words, per_picked_words, spent_words, when_words

GROUP_CELLS = (6, 8, 26, 20)
"""Cells of jobs, picked, cost and price per picked take; the name has the rest."""
TAKE_CELLS = (17, 10, 26)
"""Cells of pose, state and cost; the take has the rest."""

LOOKS = {Mark.MAYBE: "warn", Mark.UNPRICED: "warn", Mark.SANDBOX: "muted", Mark.NOTHING: "muted"}


class LedgerView(StrEnum):
    """How the ledger is laid out."""

    POSES = "pose"
    SESSIONS = "session"
    DAYS = "day"
    TAKES = "take"


def row_count(ledger: Ledger, view: LedgerView) -> int:
    """How many rows a view has."""
    return len(ledger.entries) if view is LedgerView.TAKES else len(_groups(ledger, view))


def heading(view: LedgerView, width: int) -> list[Run]:
    """The names of the columns."""
    if view is LedgerView.TAKES:
        return _columns([("take", ""), ("pose", ""), ("state", ""), ("cost", "")], TAKE_CELLS, width, "muted")
    names = [(str(view), ""), ("jobs", ""), ("picked", ""), ("cost", ""), ("per picked take", "")]
    return _columns(names, GROUP_CELLS, width, "muted")


def row(ledger: Ledger, view: LedgerView, number: int, width: int) -> list[Run]:
    """One row; the newest session, day or take is the first, poses stand in the order they were first drawn."""
    if view is LedgerView.TAKES:
        entry = _entry(ledger, number)
        line = entry.row
        picked = "✓ " if line.picked else ""
        cells = [
            (picked + (line.take or "no take"), "good" if picked else "" if line.take else "muted"),
            (line.pose, ""),
            (line.state.value, "muted"),
            (paid_words(entry), LOOKS.get(entry.mark, "")),
        ]
        return _columns(cells, TAKE_CELLS, width)
    group = _groups(ledger, view)[number]
    total = group.sum
    cells = [
        (_name(group, view), ""),
        (str(total.jobs + total.sandbox_jobs), "muted"),
        (str(total.picked + total.sandbox_picked or ""), "good"),
        (spent_words(total), "warn" if total.unknown or total.unpriced else "" if total.jobs else "muted"),
        (per_picked_words(total), "" if total.per_picked is not None else "muted"),
    ]
    return _columns(cells, GROUP_CELLS, width)


def remark(ledger: Ledger, view: LedgerView, number: int) -> str:
    """Everything about one row, in a sentence, for the line below the table."""
    if number >= row_count(ledger, view):
        return ""
    if view is not LedgerView.TAKES:
        group = _groups(ledger, view)[number]
        return plain(f"{_name(group, view)}: {spent_words(group.sum)}. Sent {when_words(group)}.")
    entry = _entry(ledger, number)
    line = entry.row
    parts = [line.take or f"job {line.job}", line.endpoint, paid_words(entry)]
    if line.units is not None and line.unit_price is not None:
        parts.append(f"{line.units.normalize():f} units at {money.shown(line.unit_price)}")
    parts.append(entry.day)
    if line.charged and line.charged not in parts:
        parts.append(line.charged)
    return plain(" · ".join(parts))


def standing(ledger: Ledger, today: str, session: str) -> str:
    """What was spent today and in this session, for the first line of the screen."""
    day = next((group.sum for group in ledger.days if group.name == today), Sum())
    now = next((group.sum for group in ledger.sessions if group.name == session), Sum())
    return f"Today {_short(day)} · this session {_short(now)}"


def _short(total: Sum) -> str:
    return f"{money.shown(total.spent)}{'' if total.jobs or not total.sandbox_jobs else ' (sandbox)'}"


def _groups(ledger: Ledger, view: LedgerView) -> Sequence[Group]:
    match view:
        case LedgerView.SESSIONS:
            return ledger.sessions[::-1]
        case LedgerView.DAYS:
            return ledger.days[::-1]
        case _:
            return ledger.poses


def _entry(ledger: Ledger, number: int) -> Entry:
    return ledger.entries[-1 - number]


def _name(group: Group, view: LedgerView) -> str:
    return when_words(group) if view is LedgerView.SESSIONS else group.name


def _columns(cells: Sequence[tuple[str, str]], widths: Sequence[int], width: int, look: str | None = None) -> list[Run]:
    """The cells side by side: the first takes what the others leave, each ends with one blank."""
    first = max(8, width - sum(widths))
    return [
        Run(set_cell_size(clipped(plain(text), size - 1), size), look if look is not None else own)
        for (text, own), size in zip(cells, (first, *widths), strict=True)
    ]
