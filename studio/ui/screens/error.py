"""A failure, said calmly: what happened and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words


class ErrorScreen(Dialog[None]):
    """What happened and what to do about it; nothing else is on the screen until it is closed."""

    title_text = "Something went wrong"

    def __init__(self, happened: str, remedy: str = "") -> None:
        super().__init__()
        self._happened = plain(happened, lines=True)
        self._remedy = plain(remedy, lines=True)

    def body(self) -> Iterable[Widget]:
        """The two sentences."""
        yield words(self._happened)
        if self._remedy:
            yield words(f"\n{self._remedy}", muted=True)
