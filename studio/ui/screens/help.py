"""Help for the thing that has the focus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.widget import Widget

from studio.ui.screens.dialog import Dialog, words


class HelpScreen(Dialog[None]):
    """What a pane is, and its keys as pairs of key and meaning."""

    title_text = "Help"
    hint = "esc closes · ctrl+p lists every action"
    DEFAULT_CSS: ClassVar[str] = "HelpScreen VerticalScroll { height: auto; max-height: 60vh; }"

    def __init__(self, title: str, text: str, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._heading = title
        self._text = text
        self._keys = keys

    def body(self) -> Iterable[Widget]:
        """The text, then the keys in two columns."""
        wide = max((len(key) for key, _ in self._keys), default=0)
        table = "\n".join(f"{key.rjust(wide)}  {meaning}" for key, meaning in self._keys)
        scroll = VerticalScroll(words(f"{self._text}\n"), words(table), can_focus=True)
        scroll.border_title = self._heading
        yield words(self._heading)
        yield scroll
