"""The tabs of a narrow screen: one pane at a time, each a click or a key away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.message import Message

from studio.ui.widgets.run_line import Run, RunLine


class TabLine(RunLine):
    """The names of the panes, the shown one marked. Posts `Chosen` on a click."""

    DEFAULT_CSS = """
    TabLine { height: 1; padding: 0 1; background: $surface; }
    """

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, tabs: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self._tabs = tabs
        self._shown = tabs[0][0]

    def use(self, shown: str) -> None:
        """Another tab is shown."""
        self._shown = shown
        self.refresh()

    def starts(self) -> dict[str, int]:
        """The column each tab begins at."""
        found, column = {}, self.gutter.left
        for name, title in self._tabs:
            found[name] = column
            column += len(title) + 3
        return found

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """One row."""
        runs: list[Run] = []
        for name, title in self._tabs:
            runs += [Run(f" {title} ", "chosen" if name == self._shown else "muted", name), Run(" ")]
        return [[*runs, Run("   , . to turn", "muted")]]

    def clicked(self, target: str, event: events.Click) -> None:
        """Show that pane."""
        self.post_message(self.Chosen(target))
