"""What a take was made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.widget import Widget

from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words


class InfoScreen(Dialog[None]):
    """A take's recipe as pairs of name and value, the prompt last."""

    title_text = "Recipe"
    DEFAULT_CSS: ClassVar[str] = """
    InfoScreen {
        & > .dialog-panel { width: 100; }
        VerticalScroll { height: auto; max-height: 60vh; }
    }
    """

    def __init__(self, take: str, rows: Sequence[tuple[str, str]], prompt: str) -> None:
        super().__init__()
        self._take = take
        self._rows = [(name, plain(value)) for name, value in rows]
        self._prompt = plain(prompt, lines=True, limit=20_000)

    def body(self) -> Iterable[Widget]:
        """The pairs in two columns, then the prompt."""
        wide = max((len(name) for name, _ in self._rows), default=0)
        table = "\n".join(f"{name.rjust(wide)}  {value}" for name, value in self._rows)
        yield words(f"{self._take}\n")
        yield VerticalScroll(words(table), words(f"\n{self._prompt}", muted=True), can_focus=True)
