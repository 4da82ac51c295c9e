"""Where the panes are: one at a time on a narrow screen, all of them on a wide one; and the way between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.geometry import Offset, Size
from textual.widget import Widget

from studio.ui.state.window_state import WindowState
from studio.ui.view import View

if TYPE_CHECKING:
    from studio.ui.main_screen import MainScreen

PANES = ("character", "poses", "model", "preview", "log")
TABS = (("poses", "Poses"), ("character", "Character"), ("model", "Model"), ("preview", "Picture"), ("log", "Log"))
JUMPS = {"c": "character", "p": "poses", "m": "model", "t": "preview", "l": "log"}
NARROW, WIDE, ENDLESS = 100, 160, 1 << 30
"""Columns under which one pane is shown at a time, and from which the log is a column of its own."""
WIDTHS = ((NARROW, "-narrow"), (WIDE, "-normal"), (ENDLESS, "-wide"))
VAST = 200
"""Columns from which the sentences of the poses and the lines of the log have room, too."""
HEIGHTS = ((32, "-short"), (48, "-middle"), (ENDLESS, "-high"))
NARROWEST, WIDEST = 30, 90
LOWEST, HIGHEST = 3, 40


class Places:
    """Shows panes, remembers the sizes the artist gave them."""

    def __init__(self, screen: MainScreen, view: View, window: WindowState) -> None:
        self._screen = screen
        self._view = view
        self._window = window
        self.tab = "poses"
        self._classes: set[str] = set()
        self._sizes: tuple[int | None, int | None] = (None, None)

    def prepare(self, size: Size) -> None:
        """Before anything is mounted: the classes, so that styles are worked out once."""
        self._classes = self.classes(size)
        self._screen.add_class(*self._classes, update=False)
        self._screen.tabs.use(self.tab)

    @property
    def narrow(self) -> bool:
        """Whether one pane is shown at a time."""
        return self._screen.app.size.width < NARROW

    def classes(self, size: Size) -> set[str]:
        """The classes the style sheet lays the panes out by."""
        width = next(name for most, name in WIDTHS if size.width < most)
        height = next(name for most, name in HEIGHTS if size.height < most)
        return {width, height, f"-tab-{self.tab}", *(("-vast",) if size.width >= VAST else ())}

    def settle(self) -> None:
        """After another size of the terminal."""
        self._apply_sizes()
        self._mark()

    def kept(self, window: WindowState) -> WindowState:
        """The window state with what this object knows."""
        return replace(window, left_width=self._window.left_width, log_height=self._window.log_height)

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

    def step_focus(self, by: int) -> None:
        """Tab and shift+tab: on a narrow screen the way leads through every pane."""
        chain = self._screen.focus_chain
        focused = self._screen.focused
        last = chain[-1 if by > 0 else 0] if chain else None
        if self.narrow and focused is last:
            self.turn(by)
            inside = self._screen.focus_chain
            if by < 0 and inside:
                inside[-1].focus()
        elif by > 0:
            self._screen.focus_next()
        else:
            self._screen.focus_previous()

    def jumps(self) -> dict[str, Offset]:
        """A letter for every pane that is seen, and where to paint it."""
        if self.narrow:
            starts = self._screen.tabs.starts()
            return {key: Offset(starts[pane], 1) for key, pane in JUMPS.items()}
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
        size, window = self._screen.app.size, self._window
        own_width = window.left_width and size.width >= NARROW and window.left_width < size.width - 40
        own_height = window.log_height and NARROW <= size.width < WIDE and window.log_height < size.height - 12
        wanted = (window.left_width if own_width else None, window.log_height if own_height else None)
        if wanted != self._sizes:
            self._sizes = wanted
            self._screen.query_one("#left").styles.width, self._view.log.styles.height = wanted

    def _mark(self) -> None:
        wanted = self.classes(self._screen.app.size)
        if self._classes != wanted:
            # One pass over the style sheet for all of them.
            with self._screen.app.batch_update():
                added = wanted - self._classes
                self._screen.remove_class(*(self._classes - wanted), update=not added)
                if added:
                    self._screen.add_class(*added)
            self._classes = wanted
        self._screen.tabs.use(self.tab)

    def _pane_of(self, widget: Widget) -> str:
        return next((str(node.id) for node in widget.ancestors_with_self if node.id in PANES), "")
