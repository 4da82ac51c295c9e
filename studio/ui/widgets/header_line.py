"""The first row: whose project it is, whether anything is charged, what runs, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from textual import events
from textual.message import Message

from studio.domain import money
from studio.ui.state.budget_left import BudgetLeft
from studio.ui.widgets.run_line import Run, RunLine, clipped, width_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What the header says. Money in USD."""

    project: str = ""
    sandbox: bool = True
    running: int = 0
    queued: int = 0
    paused: int = 0
    holding: bool = False
    """The queue was told to send nothing."""
    today: Decimal = money.ZERO
    would_cost: Decimal = money.ZERO
    session: Decimal = money.ZERO
    """Of today's money, what this sitting paid; in the sandbox, what its pictures would have cost."""
    left: BudgetLeft | None = None
    """What the budget leaves; None where none is set or nothing is charged."""


class HeaderLine(RunLine):
    """`Pose Studio · Glitch   SANDBOX: nothing is charged   2 running · 3 queued · $0.00 today`.

    Posts `QueueWanted` when the counts are clicked.
    """

    DEFAULT_CSS = """
    HeaderLine { dock: top; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    class QueueWanted(Message):
        """Somebody wants to see the queue."""

    def __init__(self, standing: Standing, **options: Any) -> None:
        super().__init__(**options)
        self._standing = standing

    def use(self, standing: Standing) -> None:
        """Other figures."""
        if standing != self._standing:
            self._standing = standing
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """One row; the notice of the sandbox is the last thing to go."""
        now = self._standing
        short = width < 96
        notice = self._notice(short=short)
        name = clipped(self._standing.project, 24)
        right = self._counts(width - len(notice) - len(name) - 20, short=short)
        room = width - width_of(right) - len(notice) - 4
        name = clipped(now.project, max(4, room))
        title = [Run("Pose Studio", "strong"), Run(" · ", "muted"), Run(name, "accent")]
        if width_of(title) > room:
            title = [Run(name, "accent")]
        free = max(2, width - width_of(title) - len(notice) - width_of(right))
        before = max(2, min(free - 2, (width - len(notice)) // 2 - width_of(title)))
        return [[*title, Run(" " * before), Run(notice, "warn"), Run(" " * (free - before)), *right]]

    def clicked(self, target: str, event: events.Click) -> None:
        """The counts open the queue."""
        self.post_message(self.QueueWanted())

    def _notice(self, *, short: bool) -> str:
        if not self._standing.sandbox:
            return ""
        return "SANDBOX" if short else "SANDBOX: nothing is charged"

    def _counts(self, room: int, *, short: bool) -> list[Run]:
        """What runs, and as much of the money as there is room for; what the budget leaves is the last to go."""
        now = self._standing
        parts: list[Run] = []
        if now.holding:
            parts.append(Run("holding", "warn", "queue"))
        if now.running or now.queued:
            parts.append(Run(f"{now.running} running", "accent" if now.running else "muted", "queue"))
            parts.append(Run(f"{now.queued} queued", "", "queue"))
        if now.paused:
            parts.append(Run(f"{now.paused} paused", "warn", "queue"))
        if not parts and not short:
            parts.append(Run("idle", "muted", "queue"))
        room -= sum(len(part.text) + 3 for part in parts)
        paid = next((text for text in self._money() if len(text) <= room), self._money()[-1])
        parts.append(Run(paid, "muted" if now.sandbox else "warn" if now.left and not now.left.amount else ""))
        runs: list[Run] = []
        for part in parts:
            runs += [Run(" · ", "muted"), part] if runs else [part]
        return runs

    def _money(self) -> list[str]:
        """What it came to, in fewer and fewer words."""
        now = self._standing
        today = f"{money.shown(now.today)} today"
        if now.sandbox:
            would = f"would cost {money.shown(now.would_cost)}"
            mine = f"{today} ({would}, {money.shown(now.session)} of it this session)"
            earlier = bool(now.session) and now.session != now.would_cost
            return [*([mine] if earlier else []), *([f"{today} ({would})"] if now.would_cost else []), today]
        mine = f"{money.shown(now.session)} this session · {today}"
        if now.left is None:
            return [mine, today]
        left = f"{money.shown(now.left.amount)} left"
        return [f"{mine} · {left} of the {now.left.name}", f"{mine} · {left}", f"{today} · {left}", left]
