"""One picture file of the project on the whole terminal, such as a turnaround sheet."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource


class PicturePage(Screen[None]):
    """Shows a file with its name below; escape, q and space leave."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,space,enter", "leave", "Back", id="page.leave")]
    DEFAULT_CSS = """
    PicturePage {
        background: $background;
        & > PictureView { width: 100%; height: 1fr; }
        & > #page-line { dock: bottom; height: 1; color: $text-muted; padding: 0 1; }
    }
    """

    def __init__(self, darkroom: Darkroom, path: Path, name: str) -> None:
        super().__init__()
        self._darkroom = darkroom
        self._path = path
        self._name = name

    def compose(self) -> ComposeResult:
        """The picture and its name."""
        yield PictureView(self._darkroom)
        yield Static(f"{self._name} · esc goes back", markup=False, id="page-line")

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(PictureView).show(PictureSource.of(self._path))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
