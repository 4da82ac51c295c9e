"""Keys in the order they were pressed: one that was pressed after the focus went elsewhere is for what has it now."""

from __future__ import annotations

from collections import deque
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from studio.ui.last_words import LastWords

MOST = 64
"""Keys on their way at a time that are remembered."""


class KeyOrder(LastWords):
    """Textual gives a key to what has the focus when it comes from the terminal, and looks up its binding only when
    nobody wanted it. Over a slow line `/run` comes at once: its `r` would be looked up as a paid deed although `/` has
    opened a text field meanwhile. Such a key is given to the field instead.
    """

    _aims: deque[tuple[events.Key, Widget | Screen[Any]]]

    async def on_event(self, event: events.Event) -> None:
        """Remember whom each key was given to."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._aim(event)
        await super().on_event(event)

    async def _on_key(self, event: events.Key) -> None:
        """A key nobody wanted. One that was meant for what had the focus before gets no binding looked up."""
        target = next((target for key, target in self._known_aims() if key is event), None)
        now = self.focused or self.screen
        if target is not None and target is not now:
            event.prevent_default()
            again = events.Key(event.key, event.character)
            self._aim(again)
            now._forward_event(again)

    def _aim(self, event: events.Key) -> None:
        self._known_aims().append((event, self.focused or self.screen))

    def _known_aims(self) -> deque[tuple[events.Key, Widget | Screen[Any]]]:
        if "_aims" not in self.__dict__:
            self._aims = deque(maxlen=MOST)
        return self._aims
