"""The rows of the form: one cursor, and keys that change what stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from studio.domain.request import Json
from studio.ui.panes.setting_fields import Kind, SettingRow
from studio.ui.widgets.run_line import Run, RunLine, target_at
from studio.ui.widgets.setting_keys import alphabet, opens_typing, scrolled_to, slid, stepped
from studio.ui.widgets.setting_line import Layout, layout_of, setting_runs

LONGEST_TYPED = 200


class SettingList(RunLine, can_focus=True):
    """Shows rows and says what is done to them; whoever owns the values answers with new rows.

    Posts `Put` for a value that was moved or chosen, `Typed` for a text to be read, `Opened` for a row that needs a
    place of its own, `Reset` for one that goes back to its default, `Moved` when the cursor is on another row.
    """

    DEFAULT_CSS = "SettingList { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="setting.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="setting.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="setting.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="setting.page-down"),
        Binding("home,g", "end(False)", "First", show=False, id="setting.first"),
        Binding("end,G", "end(True)", "Last", show=False, id="setting.last"),
        Binding("left,h", "turn(-1)", "Less, or the choice before", show=False, id="setting.less"),
        Binding("right,l", "turn(1)", "More, or the next choice", show=False, id="setting.more"),
        Binding("shift+left", "turn(-1, True)", "Much less", show=False, id="setting.much-less"),
        Binding("shift+right", "turn(1, True)", "Much more", show=False, id="setting.much-more"),
        Binding("enter,space", "open", "Change it", show=False, id="setting.open"),
        Binding("backspace,delete", "reset", "Back to its default", show=False, id="setting.reset"),
    ]

    class Put(Message):
        """A value was chosen."""

        def __init__(self, key: str, value: Json) -> None:
            super().__init__()
            self.key, self.value = key, value

    class Typed(Message):
        """Something was typed and wants to be read."""

        def __init__(self, key: str, text: str) -> None:
            super().__init__()
            self.key, self.text = key, text

    class Opened(Message):
        """A row that needs a place of its own."""

        def __init__(self, row: SettingRow) -> None:
            super().__init__()
            self.row = row

    class Reset(Message):
        """A row goes back to its default."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Moved(Message):
        """The cursor is on another row, or typing began or ended."""

    def __init__(self, *, utf8: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self._rows: Sequence[SettingRow] = ()
        self._cursor = 0
        self._top = 0
        self._typed: str | None = None
        self._dragging = False
        self._utf8 = utf8

    @property
    def current(self) -> SettingRow | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def typing(self) -> bool:
        """Whether something is being typed."""
        return self._typed is not None

    def use(self, rows: Sequence[SettingRow], key: str = "") -> None:
        """Other rows, or the same with other values; the cursor goes to `key` where it is there. Ends typing."""
        self._rows, self._typed = list(rows), None
        at = next((at for at, row in enumerate(rows) if row.key == key), self._cursor)
        self._cursor = max(0, min(at, len(rows) - 1))
        if self.current is not None and self.current.kind is Kind.HEADING:
            self._cursor = min(self._cursor + 1, len(rows) - 1)
        self._into_view()
        self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """The rows in view."""
        layout = self._layout()
        shown = self._rows[self._top : self._top + max(1, self.size.height)]
        return [
            setting_runs(
                *(row, layout),
                cursor=at == self._cursor and self.has_focus,
                typed=self._typed if at == self._cursor else None,
            )
            for at, row in enumerate(shown, self._top)
        ]

    def render_line(self, y: int) -> Strip:
        """A row and its piece of the scroll bar."""
        width, rows = self.size.width - 1, self._painting
        runs = rows[y] if y < len(rows) else ()
        # While something is typed the row keeps its plain ground, so that the caret is seen on it.
        under = y + self._top == self._cursor and bool(self._rows) and not self.typing
        over = self.look("cursor" if self.has_focus else "cursor-blurred") if under else None
        seen = scrolled_to(len(self._rows), self.size.height, self._top, y)
        return Strip.join([self.painted(runs, width, over), self.painted([Run("▐" if seen else " ", "bar")], 1)])

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._into_view()

    def action_move(self, by: int) -> None:
        """The row above or below; headings are stepped over."""
        at = self._cursor + by
        while 0 <= at < len(self._rows) and self._rows[at].kind is Kind.HEADING:
            at += 1 if by > 0 else -1
        if 0 <= at < len(self._rows):
            self._go(at)

    def action_page(self, by: int) -> None:
        """A screenful further."""
        self._go(max(0, min(len(self._rows) - 1, self._cursor + by * max(1, self.size.height - 1))))

    def action_end(self, last: bool) -> None:
        """The first or the last row."""
        self._go(len(self._rows) - 1 if last else 0)

    def action_turn(self, by: int, big: bool = False) -> None:
        """The next choice, or a step on the track."""
        row = self.current
        if row is None:
            return
        match row.kind:
            case Kind.NUMBER:
                value = stepped(row, by, big=big)
                if value is None:
                    self._type("")
                else:
                    self.post_message(self.Put(row.key, value))
            case Kind.CHOICE | Kind.SIZE | Kind.SEED if row.options:
                values = [value for value, _ in row.options]
                at = values.index(row.value) if row.value in values else -1 if by > 0 else 0
                self.post_message(self.Put(row.key, values[(at + by) % len(values)]))
            case _:
                pass

    def action_open(self) -> None:
        """Turn what has a few choices, open what needs a place, type a number."""
        row = self.current
        match row.kind if row else None:
            case Kind.CHOICE | Kind.SIZE if row is not None and len(row.options) <= 3:
                self.action_turn(1)
            case Kind.NUMBER | Kind.SEED:
                self._type("")
            case _ if row is not None:
                self.post_message(self.Opened(row))

    def action_reset(self) -> None:
        """Back to the default."""
        if self.current is not None:
            self.post_message(self.Reset(self.current.key))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """What opens typing, and everything printable while it is open."""
        return character is not None and (
            opens_typing(self.current, character) or (self.typing and character.isprintable())
        )

    def on_key(self, event: events.Key) -> None:
        """Typing of a number, a size or seeds: enter has it read, escape forgets it."""
        character = event.character or ""
        if self._typed is None:
            if not opens_typing(self.current, character):
                return
            self._type(character)
        else:
            match event.key:
                case "enter":
                    if self.current is not None:
                        self.post_message(self.Typed(self.current.key, self._typed))
                case "escape":
                    self._type(None)
                case "backspace":
                    self._type(self._typed[:-1] or None)
                case "tab" | "shift+tab" | "up" | "down":
                    self._type(None)
                    return
                case _ if character.isprintable() and len(self._typed) < LONGEST_TYPED:
                    self._type(self._typed + (character if character in alphabet(self.current) else ""))
        event.stop()
        event.prevent_default()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click goes to a row, on a track to its value, on a choice to it."""
        offset = event.get_content_offset(self)
        at = offset.y + self._top if offset is not None else -1
        if offset is None or not 0 <= at < len(self._rows) or self._rows[at].kind is Kind.HEADING:
            return
        event.stop()
        self._go(at)
        row = self._rows[at]
        target = target_at(setting_runs(row, self._layout(), cursor=True), offset.x)
        if target == "track":
            self._dragging = True
            self.capture_mouse()
            self.post_message(self.Put(row.key, slid(row, self._layout(), offset.x)))
        elif target.startswith("option-"):
            self.post_message(self.Put(row.key, row.options[int(target[7:])][0]))
        elif target in {"before", "after"}:
            self.action_turn(-1 if target == "before" else 1)
        elif row.kind not in {Kind.NUMBER, Kind.CHOICE, Kind.SIZE, Kind.SEED}:
            self.action_open()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the pointer while it is held down."""
        if self._dragging and self.current is not None:
            event.stop()
            self.post_message(self.Put(self.current.key, slid(self.current, self._layout(), event.x)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._dragging:
            event.stop()
            self._dragging = False
            self.release_mouse()

    def _type(self, text: str | None) -> None:
        self._typed = text
        self.post_message(self.Moved())
        self.refresh()

    def _go(self, at: int) -> None:
        if at != self._cursor:
            self._cursor, self._typed = at, None
            self._into_view()
        self.post_message(self.Moved())
        self.refresh()

    def _into_view(self) -> None:
        height = max(1, self.size.height)
        first = self._cursor - 1 if self._cursor and self._rows[self._cursor - 1].kind is Kind.HEADING else self._cursor
        top = max(min(self._top, first), self._cursor - height + 1)
        self._top = max(0, min(top, len(self._rows) - height)) if len(self._rows) > height else 0

    def _layout(self) -> Layout:
        return layout_of(self._rows, self.size.width - 1, utf8=self._utf8)
