"""A contact sheet on the whole terminal."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from studio.domain.text import plain
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource


class SheetScreen(ModalScreen[None]):
    """Shows the sheet at `path`; `name` is what it is called in the line below, such as its path in the project."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,space,q", "leave", "Back", id="sheet.leave")]
    DEFAULT_CSS = """
    SheetScreen {
        & > PictureView { width: 100%; height: 1fr; }
        & > #sheet-line { height: 1; width: 100%; background: $panel; color: $text; padding: 0 1; }
    }
    """

    def __init__(self, darkroom: Darkroom, path: Path, name: str) -> None:
        super().__init__()
        self._darkroom = darkroom
        self._path = path
        self._name_shown = name

    def compose(self) -> ComposeResult:
        """The picture, and where it lies."""
        yield PictureView(self._darkroom, empty="The sheet is gone.", id="sheet-picture")
        yield Static(f"{plain(self._name_shown)} · esc closes", markup=False, id="sheet-line")

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(PictureView).show(PictureSource(self._path, str(self._path)))

    def action_leave(self) -> None:
        """Back to the panes."""
        self.dismiss(None)
