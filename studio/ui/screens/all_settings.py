"""Every setting of the chosen model, each with what it does, its range, its default, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import wrap
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from studio.domain.errors import UsageError
from studio.domain.text import plain
from studio.ui.form_desk import FormDesk
from studio.ui.panes.setting_fields import SettingRow
from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.run_line import escaped
from studio.ui.widgets.setting_list import SettingList

SAID_ROWS = 4
"""Rows for what is said about a setting."""

AROUND = 11
"""Rows of the dialog besides its list: frame, what is said with a gap above, coach, two of price, keys."""


class AllSettingsScreen(Dialog[None]):
    """The whole form. Every edit counts at once; `open_row` is called for a row that needs a place of its own, with
    what to do when it came back. `says_advice` gives the weightiest sentence of the coach.
    """

    hint = "← → change · digits type · ⏎ open · ⌫ default · ctrl+r all · ctrl+z back"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "reset_all", "All back to their defaults", id="form.reset-all"),
        Binding("ctrl+z", "undo", "Take the last change back", id="form.undo"),
        Binding("f7", "request", "The exact request", id="form.request"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    AllSettingsScreen {
        & > .dialog-panel { width: 110; height: auto; padding: 0 1; }
        .dialog-hint { margin-top: 0; height: 1; }
        #form-said { height: 4; margin-top: 1; color: $text-muted; }
        #form-said.-wrong { color: $text-error; }
        #form-advice { height: 1; color: $text-warning; text-wrap: nowrap; text-overflow: ellipsis; }
        #form-price { height: auto; max-height: 2; text-style: bold; }
        #form-price.-wrong { color: $text-warning; }
    }
    """

    def __init__(
        self,
        desk: FormDesk,
        open_row: Callable[[SettingRow, Callable[[], None]], None],
        *,
        advice: Callable[[], str],
        request: Callable[[], None],
        start: str = "",
        utf8: bool = True,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._open_row = open_row
        self._advice = advice
        self._request = request
        self._start = start
        self._list = SettingList(utf8=utf8, id="form-rows")

    def body(self) -> Iterable[Widget]:
        """The rows, what is said about one, the coach, the price."""
        yield self._list
        yield words("", name="form-said")
        yield words("", name="form-advice")
        yield words("", name="form-price")

    def on_mount(self) -> None:
        """The values of this moment."""
        self._list.focus()
        self.renew(self._start)

    def on_resize(self) -> None:
        """As high as the rows need, as far as there is room."""
        rows = len(self._desk.rows())
        self._list.styles.height = max(3, min(rows, self.size.height - AROUND))
        self.call_after_refresh(self._say)

    def renew(self, key: str = "") -> None:
        """The values are others."""
        current = self._list.current
        self._list.use(self._desk.rows(), key or (current.key if current else ""))
        title = f"{self._desk.model.title} · {self._desk.summary()}"
        self.query_one(".dialog-panel").border_title = escaped(title)
        self.query_one(".dialog-panel").border_subtitle = "esc: done"
        price = self.query_one("#form-price", Static)
        price.set_class(self._desk.trouble(), "-wrong")
        price.update(plain(self._desk.price_words()))
        self.query_one("#form-advice", Static).update(plain(self._advice()))
        self._say()

    def on_setting_list_put(self, event: SettingList.Put) -> None:
        """A choice or a step."""
        event.stop()
        self._try(lambda: self._desk.put(event.key, event.value))

    def on_setting_list_typed(self, event: SettingList.Typed) -> None:
        """Something typed; when it cannot be, typing stays open and the range is said."""
        event.stop()
        self._try(lambda: self._desk.type(event.key, event.text))

    def on_setting_list_reset(self, event: SettingList.Reset) -> None:
        """Back to the default."""
        event.stop()
        self._try(lambda: self._desk.reset(event.key))

    def on_setting_list_moved(self, event: SettingList.Moved) -> None:
        """Another row to speak about."""
        event.stop()
        self._say()

    def on_setting_list_opened(self, event: SettingList.Opened) -> None:
        """A row that needs a place of its own."""
        event.stop()
        self._open_row(event.row, self.renew)

    def action_reset_all(self) -> None:
        """Every setting back to its default; ctrl+z brings them back."""
        number = self._desk.reset_all()
        self.renew()
        if number:
            self.notify(f"{number} back to their defaults: ctrl+z brings them back.", markup=False)

    def action_undo(self) -> None:
        """The last change."""
        if self._desk.undo():
            self.renew()

    def action_request(self) -> None:
        """The exact request, over this screen."""
        self._request()

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except UsageError as error:
            self._say(f"{error.happened} {error.remedy}".strip())
            return
        self.renew()

    def _say(self, trouble: str = "") -> None:
        row = self._list.current
        said = self.query_one("#form-said", Static)
        said.set_class(bool(trouble), "-wrong")
        if trouble:
            said.update(Text(plain(trouble)))
        elif row is not None:
            width = max(20, said.size.width or 70)
            lines = [row.about, row.facts, self._desk.option_prices(row)]
            rows = [part for line in lines if line for part in wrap(plain(line), width)]
            said.update(Text("\n".join(rows[:SAID_ROWS])))
