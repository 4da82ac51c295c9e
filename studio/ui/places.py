"""Where the panes are: one at a time on a narrow screen, all of them on a wide one; and the way between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.widget import Widget

from studio.ui.state.window_state import WindowState
from studio.ui.view import View

if TYPE_CHECKING:
    from studio.ui.main_screen import MainScreen

PANES = ("character", "poses", "model", "preview", "log")
TABS = (("poses", "Poses"), ("character", "Character"), ("model", "Model"), ("preview", "Picture"), ("log", "Log"))
JUMPS = {"c": "character", "p": "poses", "m": "model", "t": "preview", "l": "log"}
NARROWEST, WIDEST = 30, 90
LOWEST, HIGHEST = 3, 40


class Places:
    """Shows panes, remembers the sizes the artist gave them."""

    def __init__(self, screen: MainScreen, view: View, window: WindowState) -> None:
        self._screen = screen
        self._view = view
        self._window = window
        self.tab = window.tab if window.tab in PANES else "poses"

    @property
    def narrow(self) -> bool:
        """Whether one pane is shown at a time."""
        return self._screen.size.width < 100

    def restore(self) -> None:
        """Sizes and tab as they were left."""
        self.tab = self._window.tab if self.narrow and self._window.tab in PANES else "poses"
        self._apply_sizes()
        self._mark()

    def settle(self) -> None:
        """After another size of the terminal: the focus stays in something that is seen."""
        self._apply_sizes()
        self._mark()

    def kept(self, window: WindowState) -> WindowState:
        """The window state with what this object knows."""
        return replace(window, tab=self.tab, left_width=self._window.left_width, log_height=self._window.log_height)

    def focused(self, widget: Widget) -> None:
        """Something got the focus: its pane is the one that counts."""
        pane = self._pane_of(widget)
        if pane and pane != self.tab:
            self.tab = pane
            self._mark()

    def show(self, pane: str, *, focus: bool = False) -> None:
        """Make a pane seen, and go there when `focus` is set."""
        self.tab = pane
        self._mark()
        if focus:
            self.target(pane).focus()

    def turn(self, by: int) -> None:
        """The next pane, round and round."""
        order = [name for name, _ in TABS] if self.narrow else list(PANES)
        at = order.index(self.tab) if self.tab in order else 0
        self.show(order[(at + by) % len(order)], focus=True)

    def jumps(self) -> dict[str, Offset]:
        """A letter for every pane that is seen, and where to paint it."""
        if self.narrow:
            width = 14
            return {key: Offset(2 + at * width, 1) for at, key in enumerate(JUMPS)}
        return {key: self._screen.query_one(f"#{pane}").region.offset + Offset(2, 0) for key, pane in JUMPS.items()}

    def target(self, pane: str) -> Widget:
        """The widget that takes the focus in a pane."""
        match pane:
            case "character":
                return self._view.character.summary
            case "poses":
                return self._view.poses.list
            case "model":
                return self._screen.query_one("#model-line")
            case "preview":
                return self._view.preview.strip
            case _:
                return self._view.log.pane

    def resize(self, columns: int, rows: int) -> None:
        """Give the left column and the log another size."""
        left, log = self._screen.query_one("#left"), self._view.log
        if columns:
            width = max(NARROWEST, min(WIDEST, left.outer_size.width + columns))
            self._window = replace(self._window, left_width=width)
        if rows:
            height = max(LOWEST, min(HIGHEST, log.outer_size.height + rows))
            self._window = replace(self._window, log_height=height)
        self._apply_sizes()

    def _apply_sizes(self) -> None:
        left, log, size = self._screen.query_one("#left"), self._view.log, self._screen.size
        own_width = self._window.left_width and not self.narrow and self._window.left_width < size.width - 40
        left.styles.width = self._window.left_width if own_width else None
        fits = self._window.log_height and 100 <= size.width < 160 and self._window.log_height < size.height - 12
        log.styles.height = self._window.log_height if fits else None

    def _mark(self) -> None:
        for name in PANES:
            self._screen.set_class(name == self.tab, f"-tab-{name}")
        self._screen.tabs.use(self.tab)

    def _pane_of(self, widget: Widget) -> str:
        return next((str(node.id) for node in widget.ancestors_with_self if node.id in PANES), "")
