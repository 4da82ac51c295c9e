"""Every way to the same character in one list: how far each has come, what it costs, where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.long_table import LongTable
from studio.ui.widgets.run_line import Run, clipped, justified
from studio.workflows.identity import Route


class IdentityScreen(Dialog[str]):
    """Gives the word of the route that was entered."""

    title_text = "The same character every time"
    hint = "↑ ↓ · enter opens it · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "open", "Open it", id="identity.open")]
    DEFAULT_CSS: ClassVar[str] = """
    IdentityScreen {
        & > .dialog-panel { width: 110; height: auto; max-height: 94%; padding: 0 1; }
        LongTable { height: 12; margin-top: 1; }
        #identity-about { height: 5; color: $text-muted; margin-top: 1; overflow: hidden; }
        .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        super().__init__()
        self._routes = routes

    def body(self) -> Iterable[Widget]:
        """What it is about, the routes, the one under the cursor in full."""
        yield words("Text alone gives a cousin, not the same person. From the cheapest way to the surest:", muted=True)
        yield LongTable(id="identity-routes")
        yield Static("", id="identity-about", markup=False)

    def on_mount(self) -> None:
        """The first way."""
        table = self.query_one(LongTable)
        table.styles.height = len(self._routes) + 1
        table.use(_heading, self._row, len(self._routes))
        table.focus()
        self._show()

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Another way."""
        event.stop()
        self._show()

    def action_open(self) -> None:
        """Go there."""
        if self._routes:
            self.dismiss(self._route.word)

    @property
    def _route(self) -> Route:
        return self._routes[min(self.query_one(LongTable).cursor, len(self._routes) - 1)]

    def _row(self, number: int, width: int) -> list[Run]:
        route = self._routes[number]
        mark = Run("● " if route.ready else "○ ", "good" if route.ready else "muted")
        price = f" {route.cost}"
        room = max(6, width - 26 - len(price))
        return justified(
            [mark, Run(f"{clipped(route.title, 22):<23}", "strong"), Run(clipped(route.state, room), "")],
            [Run(price, "muted")],
            width,
        )

    def _show(self) -> None:
        if self._routes:
            said = f"{self._route.state}\n{self._route.holds} {self._route.limits}"
            self.query_one("#identity-about", Static).update(plain(said, lines=True, limit=600), layout=False)


def _heading(width: int) -> list[Run]:
    return justified([Run("  way                    how far it has come", "muted")], [Run("cost", "muted")], width)
