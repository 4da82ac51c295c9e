"""The palette: every action of the screen by its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode

from studio.ui.bindings import PALETTE
from studio.ui.main_screen import MainScreen
from studio.ui.places import TABS


class StudioCommands(Provider):
    """Every key of the main screen and its panes, and the way to each pane; on another screen every key of that."""

    async def discover(self) -> Hits:
        """Everything, in the order of the key tables."""
        for words, keys, run in self._deeds():
            yield DiscoveryHit(words, run, help=keys or None)

    async def search(self, query: str) -> Hits:
        """What fits the letters."""
        matcher = self.matcher(query)
        for words, keys, run in self._deeds():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, matcher.highlight(words), run, help=keys or None)

    def _deeds(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        screen = self.screen
        inside = screen.panes if isinstance(screen, MainScreen) else [screen.focused] if screen.focused else []
        seen: set[str] = set()
        for node in (screen, *inside):
            for binding in _bindings_of(node):
                if binding.description and binding.id and binding.id not in seen:
                    seen.add(binding.id)
                    words = binding.tooltip or binding.description
                    yield words, self.app.get_key_display(binding), partial(screen.app.run_action, binding.action, node)
        if not isinstance(screen, MainScreen):
            return
        for words, action in PALETTE:
            yield words, "", partial(screen.app.run_action, action, screen)
        for name, title in TABS:
            yield f"Go to {title}", "", partial(screen.places.show, name, focus=True)


def _bindings_of(node: DOMNode) -> Iterator[Binding]:
    for bindings in node._bindings.key_to_bindings.values():
        yield from bindings
