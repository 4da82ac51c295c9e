"""A setting that is a list of tables, or one table: LoRAs with their scales, control pictures, palettes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.text import plain
from studio.ui.entries_desk import EntriesDesk
from studio.ui.panes.setting_fields import Kind, SettingRow
from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.run_line import escaped
from studio.ui.widgets.setting_list import SettingList

AROUND = 9
"""Rows of the dialog besides its list: frame, what is said with a gap above, what is missing, keys."""


class SettingEntriesScreen(Dialog[None]):
    """Edits the entries of one parameter. Each edit counts at once where the whole is legal; else what is missing is
    said until it is there, and the list as it was last legal holds.
    """

    hint = "⏎ add, open · ← → change · n one more · ctrl+d removes · J K order · esc done"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "add", "Another entry", id="entries.add"),
        Binding("D,ctrl+d", "remove", "Remove this entry", id="entries.remove"),
        Binding("J", "shift(1)", "Further down", id="entries.down"),
        Binding("K", "shift(-1)", "Further up", id="entries.up"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    SettingEntriesScreen {
        & > .dialog-panel { width: 96; height: auto; padding: 0 1; }
        .dialog-hint { margin-top: 0; height: 1; }
        #entries-said { height: 3; margin-top: 1; color: $text-muted; }
        #entries-trouble { height: auto; max-height: 2; color: $text-warning; }
    }
    """

    def __init__(
        self, title: str, model: Model, desk: EntriesDesk, write: Callable[[SettingRow, Callable[[], None]], None]
    ) -> None:
        super().__init__()
        self._heading = title
        self._model = model
        self._desk = desk
        self._write = write
        self._list = SettingList(id="entries-rows")

    def body(self) -> Iterable[Widget]:
        """The rows, what is said about one, what is missing."""
        yield self._list
        yield words("", name="entries-said")
        yield words("", name="entries-trouble")

    def on_mount(self) -> None:
        """The entries of this moment."""
        self._list.focus()
        self.renew()

    def on_resize(self) -> None:
        """As high as the rows need, as far as there is room."""
        self._fit()

    def renew(self, key: str = "") -> None:
        """The entries are others."""
        current = self._list.current
        self._list.use(self._desk.rows(), key or (current.key if current else ""))
        self._fit()
        self.query_one(".dialog-panel").border_title = escaped(f"{self._heading} · {self._desk.summary()}")
        self.query_one("#entries-trouble", Static).update(plain(self._desk.trouble))
        self._say()

    def on_setting_list_put(self, event: SettingList.Put) -> None:
        """A choice or a step."""
        event.stop()
        self._try(lambda: self._desk.put(event.key, event.value))

    def on_setting_list_typed(self, event: SettingList.Typed) -> None:
        """Something typed."""
        event.stop()
        self._try(lambda: self._desk.type(event.key, event.text))

    def on_setting_list_reset(self, event: SettingList.Reset) -> None:
        """A field goes back to its default; a required one that is empty takes its entry along."""
        event.stop()
        self._try(lambda: self._desk.reset(event.key))

    def on_setting_list_moved(self, event: SettingList.Moved) -> None:
        """Another row to speak about."""
        event.stop()
        self._say()

    def on_setting_list_opened(self, event: SettingList.Opened) -> None:
        """A text to write, or an entry to add."""
        event.stop()
        if event.row.kind is Kind.OFFER:
            self._added(event.row.key)
        else:
            self._write(event.row, self.renew)

    def action_add(self) -> None:
        """One more entry: the first that is offered."""
        offered = next((row.key for row in self._desk.rows() if row.kind is Kind.OFFER), "")
        if offered:
            self._added(offered)

    def action_remove(self) -> None:
        """Take the entry under the cursor out."""
        if self._list.current is not None:
            self._desk.remove(self._list.current.key)
            self.renew()

    def action_shift(self, by: int) -> None:
        """Another order."""
        if self._list.current is not None:
            self.renew(self._desk.shift(self._list.current.key, by))

    def _fit(self) -> None:
        self._list.styles.height = max(4, min(len(self._desk.rows()), self.size.height - AROUND))

    def _added(self, key: str) -> None:
        try:
            self.renew(self._desk.add(key))
        except UsageError as error:
            self._say(f"{error.happened} {error.remedy}".strip())

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except UsageError as error:
            self._say(f"{error.happened} {error.remedy}".strip())
            return
        self.renew()

    def _say(self, trouble: str = "") -> None:
        row = self._list.current
        text = trouble or ("\n".join(part for part in (row.about, row.facts) if part) if row else "")
        self.query_one("#entries-said", Static).update(Text(plain(text, lines=True)))
