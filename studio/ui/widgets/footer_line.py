"""The last row: the keys that work now, clickable, painted by one widget."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.screen import Screen

from studio.ui.widgets.run_line import Run, RunLine, width_of

FIRST = "generate.ticked"
HELP = "screen.help"
"""Binding id of help, which stands at the right end."""


class FooterLine(RunLine):
    """Shows the visible bindings of what has the focus, then the screen's; what does not fit is left out."""

    DEFAULT_CSS = """
    FooterLine { dock: bottom; height: 1; background: $footer-background; color: $footer-foreground; padding: 0 1; }
    """

    _painted: tuple[int, Sequence[Sequence[Run]]] | None = None
    """The rows of a width, kept until a key is another one: finding the keys takes longer than painting them."""

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """Pairs of key and word; help stays at the right end."""
        if self._painted is None or self._painted[0] != width:
            self._painted = width, self._rows(width)
        return self._painted[1]

    def _rows(self, width: int) -> Sequence[Sequence[Run]]:
        last = self._runs(self._help())
        room = width - width_of(last)
        runs: list[Run] = []
        for binding in self._pairs():
            pair = self._runs(binding)
            if width_of(runs) + width_of(pair) > room:
                break
            runs += pair
        return [[*runs, Run(" " * max(0, room - width_of(runs))), *last]]

    def clicked(self, target: str, event: events.Click) -> None:
        """A click is the key."""
        self.app.simulate_key(target)

    def _changed(self, screen: Screen[object]) -> None:
        self._painted = None
        self.refresh()

    def _pairs(self) -> list[Binding]:
        """Generate first, then the keys of the focused widget, then the screen's; each action once."""
        shown: dict[str, tuple[int, Binding]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.id != HELP:
                first = binding.id == FIRST
                rank = 0 if first else 2 if isinstance(active.node, Screen) else 1
                shown.setdefault(binding.action, (rank, binding))
        return [binding for _, binding in sorted(shown.values(), key=lambda entry: entry[0])]

    def _help(self) -> Binding | None:
        for active in self.screen.active_bindings.values():
            if active.binding.id == HELP:
                return active.binding
        return None

    def _runs(self, binding: Binding | None) -> list[Run]:
        if binding is None:
            return []
        key = self.app.get_key_display(binding)
        return [Run(key, "key", binding.key), Run(f" {binding.description}", "", binding.key), Run("  ")]
