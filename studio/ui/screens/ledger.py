"""The ledger: what was spent, by pose, session, day and take, and what each picked take cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from studio.ui.screens.dialog import Dialog, words
from studio.ui.state.ledger_rows import LedgerView, heading, remark, row, row_count, standing
from studio.ui.widgets.long_table import LongTable
from studio.workflows.ledger import Ledger
from studio.workflows.ledger_words import total_sentences

EMPTY = "Nothing has been sent yet: ctrl+g makes the ticked poses."


class LedgerScreen(Dialog[None]):
    """Totals in sentences above a table of one of four views. `export` is called when the artist asks for a file.

    `today` is the local day, `session` the id of the running session: both are summed in the first line.
    """

    title_text = "Ledger"
    hint = "1 poses · 2 sessions · 3 days · 4 takes · e writes a CSV file · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "view('pose')", "By pose", id="ledger.poses"),
        Binding("2", "view('session')", "By session", id="ledger.sessions"),
        Binding("3", "view('day')", "By day", id="ledger.days"),
        Binding("4", "view('take')", "By take", id="ledger.takes"),
        Binding("e", "export", "Write a CSV file", id="ledger.export"),
        Binding("dollar_sign", "leave", "Close", show=False, id="ledger.leave"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    LedgerScreen {
        & > .dialog-panel { width: 112; height: 90%; padding: 0 1; }
        LongTable { height: 1fr; min-height: 3; margin-top: 1; }
        #ledger-remark { height: 2; color: $text-muted; }
        .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, ledger: Ledger, today: str, session: str, export: Callable[[], None]) -> None:
        super().__init__()
        self._ledger = ledger
        self._today = today
        self._session = session
        self._export = export
        self.view = LedgerView.POSES
        """How the table is laid out now."""

    def body(self) -> Iterable[Widget]:
        """Sums, table, and a line about the row under the cursor."""
        if self._ledger.entries:
            yield words(standing(self._ledger, self._today, self._session), name="ledger-standing")
        yield words("\n".join(total_sentences(self._ledger.total)), muted=True, name="ledger-total")
        yield LongTable(id="ledger-table")
        yield Static("", id="ledger-remark", markup=False)

    def on_mount(self) -> None:
        """By pose."""
        self.action_view(LedgerView.POSES)
        self.query_one(LongTable).focus()

    def action_view(self, view: str) -> None:
        """Lay the table out in another way."""
        self.view, ledger = LedgerView(view), self._ledger
        shown = self.view
        self.query_one(LongTable).use(
            lambda width: heading(shown, width),
            lambda number, width: row(ledger, shown, number, width),
            row_count(ledger, shown),
            EMPTY,
        )

    def action_export(self) -> None:
        """Hand the ledger to a file."""
        self._export()

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Say more about the row."""
        self.query_one("#ledger-remark", Static).update(remark(self._ledger, self.view, event.number))
