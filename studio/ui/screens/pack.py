"""The character pack: which views are drawn, with what and for how much, what is picked of each, and its sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.screens.dialog import Dialog
from studio.ui.state.pack_rows import ViewRow, heading, view_line
from studio.ui.widgets.long_table import LongTable

LOOK_AGAIN = 0.5
"""Seconds between two looks at what came in."""


class PackDesk(Protocol):
    """What the screen asks for and does."""

    def rows(self) -> Sequence[ViewRow]:
        """Every view, in order."""

    def about(self) -> tuple[str, str, bool]:
        """What the next press costs, how far the pack is, and whether the first is a trouble."""

    def source(self, row: ViewRow) -> PictureSource | None:
        """The picture of a view."""

    def tick(self, row: ViewRow) -> None:
        """Draw it with the next press, or do not."""

    def add(self, text: str) -> str:
        """One more view, by name or `NAME=WORDS`; gives what is wrong with the words, or an empty text."""

    def draw(self) -> None:
        """Send what is ticked."""

    def choose_model(self) -> None:
        """Choose another model."""

    def go_to(self, row: ViewRow) -> None:
        """Show its takes on the main screen."""

    def write(self) -> None:
        """Make `pack/` of what is picked."""

    def sheet(self) -> None:
        """Show the turnaround sheet."""


class PackScreen(Dialog[None]):
    """Follows what comes in; escape leaves, and nothing stops by that."""

    title_text = "Character pack"
    hint = "space tick · a add a view · m model · ctrl+s draw · ⏎ its takes · w write pack/ · s sheet · esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "draw", "Draw what is ticked", id="pack.draw", priority=True),
        Binding("space", "tick", "Tick", id="pack.tick"),
        Binding("enter", "go_to", "Its takes", id="pack.takes"),
        Binding("a", "ask", "Add a view", id="pack.add"),
        Binding("m", "model", "Another model", id="pack.model"),
        Binding("w", "write", "Write pack/", id="pack.write"),
        Binding("s", "sheet", "Turnaround sheet", id="pack.sheet"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    PackScreen {
        & > .dialog-panel { width: 100%; max-width: 150; height: 94%; padding: 0 1; }
        #pack-price { height: auto; min-height: 2; max-height: 4; }
        #pack-price.-broken { color: $text-error; }
        #pack-body { height: 1fr; }
        #pack-views { width: 3fr; }
        #pack-picture { width: 2fr; margin-left: 1; }
        #pack-standing { height: 2; color: $text-muted; overflow: hidden; }
        #pack-view { border: none; height: 1; padding: 0 1; background: $panel; display: none; }
        #pack-view.-asked { display: block; }
        .dialog-hint { margin-top: 0; }
    }
    PackScreen.-narrow #pack-picture { display: none; }
    """

    def __init__(self, desk: PackDesk, darkroom: Darkroom) -> None:
        super().__init__()
        self._desk = desk
        self._darkroom = darkroom
        self._rows: Sequence[ViewRow] = ()

    def body(self) -> Iterable[Widget]:
        """What it costs, the views beside the picture of one, how far it is, a line to type a view into."""
        yield Static("", markup=False, id="pack-price")
        with Horizontal(id="pack-body"):
            yield LongTable(id="pack-views")
            yield PictureView(self._darkroom, empty="Nothing is drawn of this view yet.", id="pack-picture")
        yield Static("", markup=False, id="pack-standing")
        yield Input(placeholder="a view: angry, left side, outfit … or NAME=WORDS of your own", id="pack-view")

    def on_mount(self) -> None:
        """The list has the focus."""
        self._table.focus()
        self.on_resize()
        self.renew()
        self.set_interval(LOOK_AGAIN, self.renew)

    def on_resize(self) -> None:
        """The picture gives way on a narrow terminal."""
        self.set_class(self.app.size.width < 90, "-narrow")

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Another view."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """One more view."""
        event.stop()
        trouble = self._desk.add(event.value) if event.value.strip() else ""
        if trouble:
            self.app.notify(trouble, severity="warning", markup=False)
            return
        self._unask()
        self.renew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """While a view is typed, letters are letters."""
        return action in {"leave", "draw"} or not self._typing

    def action_leave(self) -> None:
        """Leave the line first."""
        if self._typing:
            self._unask()
        else:
            self.dismiss(None)

    def action_ask(self) -> None:
        """Ask for a view."""
        asked = self.query_one(Input)
        asked.add_class("-asked")
        asked.focus()

    def action_tick(self) -> None:
        """Draw this view, or do not."""
        if (row := self.here()) is not None:
            self._desk.tick(row)
            self.renew()

    def action_go_to(self) -> None:
        """Its takes, on the main screen."""
        if (row := self.here()) is not None:
            self.dismiss(None)
            self._desk.go_to(row)

    def action_draw(self) -> None:
        """Send what is ticked."""
        self._desk.draw()

    def action_model(self) -> None:
        """Another model."""
        self._desk.choose_model()

    def action_write(self) -> None:
        """Make the pack."""
        self._desk.write()

    def action_sheet(self) -> None:
        """The turnaround sheet."""
        self._desk.sheet()

    def here(self) -> ViewRow | None:
        """The view under the cursor."""
        return self._rows[self._table.cursor] if self._table.cursor < len(self._rows) else None

    def renew(self) -> None:
        """Something may look different. The cursor stays."""
        rows = list(self._desk.rows())
        if rows != self._rows:
            table, self._rows = self._table, rows
            at = min(table.cursor, max(0, len(rows) - 1))
            table.use(heading, lambda number, width: view_line(rows[number], width), len(rows))
            table.action_move(at)
        price, standing, broken = self._desk.about()
        said = self.query_one("#pack-price", Static)
        said.set_class(broken, "-broken")
        said.update(price)
        self.query_one("#pack-standing", Static).update(standing)
        self._show()

    @property
    def _table(self) -> LongTable:
        return self.query_one(LongTable)

    @property
    def _typing(self) -> bool:
        return isinstance(self.focused, Input)

    def _unask(self) -> None:
        asked = self.query_one(Input)
        asked.value = ""
        asked.remove_class("-asked")
        self._table.focus()

    def _show(self) -> None:
        row = self.here()
        self.query_one(PictureView).show(self._desk.source(row) if row is not None else None)
