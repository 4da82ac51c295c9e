"""The character's reference pictures: seen, given a role, put in order, taken in and put away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from studio.domain.character import ROLES, Reference
from studio.domain.text import plain
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.thumbnail import Thumbnail
from studio.ui.screens.dialog import Dialog
from studio.ui.state.reference_rows import advice, heading, row, words
from studio.ui.widgets.long_table import LongTable
from studio.workflows.reference_list import Looked

STRIP = 16
"""Cells of a small picture's width in the strip."""


class Shelf(Protocol):
    """The references as the screen needs them. Everything returns at once; the screen's `renew` is called later."""

    def listed(self) -> Sequence[Reference]:
        """The references in their order."""

    def looked(self, reference: Reference) -> Looked | None:
        """What was seen of one; None before it was looked at."""

    def source(self, reference: Reference) -> PictureSource | None:
        """Its picture, if it is there."""

    def add(self, text: str) -> None:
        """Take in the file, or the files, of typed or pasted paths."""

    def add_take(self) -> None:
        """Take in the take that is shown behind the screen."""

    def add_pick(self) -> None:
        """Choose one of the picked takes and take it in."""

    def give_role(self, reference: Reference, role: str) -> None:
        """Say what one shows."""

    def move(self, reference: Reference, by: int) -> None:
        """Put one further down, or up."""

    def remove(self, reference: Reference) -> None:
        """Put one away."""

    def undo(self) -> None:
        """Bring back what was put away last."""


class ReferencesScreen(Dialog[None]):
    """Everything is kept as it is done; escape leaves."""

    title_text = "References"
    hint = (
        "a a file (or paste its path) · t this take · p a pick · 1-8 role, 0 none · J K order · d away · ctrl+z · esc"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "ask", "Add a file", id="references.add"),
        Binding("t", "add_take", "Add the shown take", id="references.take"),
        Binding("p", "add_pick", "Add a pick", id="references.pick"),
        *(
            Binding(str(n), f"role('{role}')", role, show=False, id=f"references.{role}")
            for n, role in enumerate(ROLES, 1)
        ),
        Binding("0", "role('')", "No role", show=False, id="references.no-role"),
        Binding("J", "shift(1)", "Further down", show=False, id="references.down"),
        Binding("K", "shift(-1)", "Further up", show=False, id="references.up"),
        Binding("d,delete", "remove", "Put away", id="references.remove"),
        Binding("ctrl+z,u", "undo", "Bring back", show=False, id="references.undo"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    ReferencesScreen {
        & > .dialog-panel { width: 100%; max-width: 170; height: 94%; padding: 0 1; }
        #references-body { height: 1fr; }
        #references-list { width: 3fr; height: 1fr; }
        #references-picture { width: 2fr; margin-left: 1; }
        #references-strip { height: 8; margin-top: 1; }
        #references-strip Thumbnail { width: 16; height: 8; }
        #references-strip Thumbnail.-here { background: $primary 40%; }
        #references-words { height: 3; color: $text-muted; overflow: hidden; }
        #references-words.-warn { color: $text-warning; }
        #references-roles { height: 2; color: $text-muted; overflow: hidden; }
        #references-path { border: none; height: 1; padding: 0 1; background: $panel; display: none; }
        #references-path.-asked { display: block; }
        .dialog-hint { margin-top: 0; }
    }
    ReferencesScreen.-short #references-strip { display: none; }
    """

    def __init__(self, shelf: Shelf, darkroom: Darkroom) -> None:
        super().__init__()
        self._shelf = shelf
        self._darkroom = darkroom

    def body(self) -> Iterable[Widget]:
        """List and picture, a strip of small ones, what there is to say, a place for a path."""
        with Horizontal(id="references-body"):
            with Vertical(id="references-list"):
                yield LongTable(id="references-table")
                yield Static("", id="references-words", markup=False)
            yield PictureView(self._darkroom, empty="", id="references-picture")
        yield Horizontal(id="references-strip")
        yield Static("", id="references-roles", markup=False)
        yield Input(placeholder="path of a picture, or several, one a line when pasted", id="references-path")

    def on_mount(self) -> None:
        """The list has the focus."""
        self._fit()
        self._table.focus()
        self.renew()

    async def on_resize(self) -> None:
        """As many small pictures as fit."""
        self._fit()
        strip = self.query_one("#references-strip", Horizontal)
        wanted = max(1, (self.app.size.width - 4) // STRIP)
        await strip.remove_children()
        await strip.mount_all(Thumbnail(self._darkroom) for _ in range(min(wanted, 10)))
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """A path that is pasted over the list is taken in."""
        event.stop()
        self._shelf.add(event.text)

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Another reference."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take in what was typed."""
        event.stop()
        asked = self.query_one("#references-path", Input)
        asked.remove_class("-asked")
        asked.value = ""
        self._table.focus()
        if event.value.strip():
            self._shelf.add(event.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """While a path is typed, letters are letters."""
        typing = self.focused is not None and self.focused.id == "references-path"
        return action == "leave" or not typing

    def action_leave(self) -> None:
        """Leave the path first."""
        asked = self.query_one("#references-path", Input)
        if asked.has_focus:
            asked.remove_class("-asked")
            self._table.focus()
        else:
            self.dismiss(None)

    def action_ask(self) -> None:
        """Ask for a path."""
        asked = self.query_one("#references-path", Input)
        asked.add_class("-asked")
        asked.focus()

    def action_add_take(self) -> None:
        """The take behind this screen."""
        self._shelf.add_take()

    def action_add_pick(self) -> None:
        """One of the picks."""
        self._shelf.add_pick()

    def action_role(self, role: str) -> None:
        """What it shows."""
        if (one := self.here()) is not None:
            self._shelf.give_role(one, role)

    def action_shift(self, by: int) -> None:
        """Another place, the cursor with it."""
        if (one := self.here()) is not None:
            self._shelf.move(one, by)
            self._table.action_move(by)

    def action_remove(self) -> None:
        """Put it away; its file is kept."""
        if (one := self.here()) is not None:
            self._shelf.remove(one)

    def action_undo(self) -> None:
        """Bring it back."""
        self._shelf.undo()

    def here(self) -> Reference | None:
        """The reference under the cursor."""
        listed = self._shelf.listed()
        return listed[self._table.cursor] if self._table.cursor < len(listed) else None

    def renew(self, path: str = "") -> None:
        """The list, or what was seen of it, has changed. The cursor stays, or goes to the reference of that path."""
        if not self.query("#references-table"):
            return
        listed, table = self._shelf.listed(), self._table
        stay = min(table.cursor, max(0, len(listed) - 1))
        at = next((number for number, one in enumerate(listed) if one.path == path), stay)
        table.use(
            heading,
            lambda number, width: row(number + 1, listed[number], self._shelf.looked(listed[number]), width),
            len(listed),
            "No reference yet. a takes in a file, t the take that is shown, p a pick.",
        )
        table.action_move(at)
        self._show()

    @property
    def _table(self) -> LongTable:
        return self.query_one("#references-table", LongTable)

    def _fit(self) -> None:
        self.set_class(self.app.size.height < 34, "-short")

    def _show(self) -> None:
        one, listed = self.here(), self._shelf.listed()
        looked = self._shelf.looked(one) if one else None
        said = self.query_one("#references-words", Static)
        said.set_class(bool(looked and looked.remarks), "-warn")
        said.update(words(one, looked) if one else "", layout=False)
        roles = "  ".join(f"{number} {role}" for number, role in enumerate(ROLES, 1))
        self.query_one("#references-roles", Static).update(
            plain(f"{advice(listed)}\n{roles}", lines=True), layout=False
        )
        view, source = self.query_one(PictureView), self._shelf.source(one) if one else None
        if view.source != source:
            view.show(source)
        cells = list(self.query(Thumbnail))
        first = max(0, self._table.cursor - len(cells) + 1)
        for number, cell in enumerate(cells, first):
            cell.show(self._shelf.source(listed[number]) if number < len(listed) else None)
            cell.set_class(number == self._table.cursor and number < len(listed), "-here")


def paths_of(text: str, here: Path) -> list[Path]:
    """The paths of a typed or pasted text: one a line, quotes and `file://` forgiven, `~` and relative ones meant."""
    from urllib.parse import unquote, urlsplit

    found = []
    for line in text.splitlines():
        name = line.strip().strip("'\"")
        if name.startswith("file://"):
            name = unquote(urlsplit(name).path)
        # Terminals write a dropped file's blanks with backslashes.
        name = name.replace("\\ ", " ")
        if name:
            found.append(here / Path(name).expanduser())
    return found
