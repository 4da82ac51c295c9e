"""The first screen in an empty folder: with whom to begin."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import App

from studio.config.presets import CharacterPreset
from studio.ui.screens.choose import Choice, ChooseScreen


class FirstRunApp(App[str]):
    """Asks for a character preset before there is a project; gives its name, or None when the artist leaves."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, folder: str, presets: Mapping[str, CharacterPreset], current: str = "glitch") -> None:
        super().__init__()
        self._folder = folder
        self._presets = presets
        self._current = current

    def on_mount(self) -> None:
        """Ask at once."""
        choices = [
            Choice(name, f"{preset.title:<24}  {len(preset.poses)} poses", preset.about)
            for name, preset in self._presets.items()
        ]
        title = f"A new project in {self._folder}: who is drawn?"
        self.push_screen(ChooseScreen(title, choices, self._current), self.exit)
