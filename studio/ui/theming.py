"""Themes of the configuration as Textual knows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.app import App
from textual.theme import BUILTIN_THEMES
from textual.theme import Theme as TextualTheme

from studio.config.paths import share, user_share
from studio.config.settings import THEME
from studio.config.themes import Theme, load_themes, read_theme
from studio.config.toml_table import read_table
from studio.domain.errors import ProjectError


def textual_theme(theme: Theme) -> TextualTheme:
    """A theme of the configuration for Textual; what it leaves out follows from the rest."""
    colours: dict[str, Any] = dict(theme.colours)
    made = TextualTheme(
        name=theme.name, primary=theme.colours["primary"], dark=theme.dark, variables=dict(theme.variables)
    )
    return replace(made, luminosity_spread=0.12, **colours)


def register_first(app: App[int], name: str) -> None:
    """Register the one theme the first frame needs; the studio's own when that one is broken or unknown."""
    for wanted in (name, THEME):
        for path in (user_share("themes") / f"{wanted}.toml", share("themes") / f"{wanted}.toml"):
            if (theme := _read(path)) is not None:
                app.register_theme(textual_theme(theme))
                app.theme = theme.name
                return
        if wanted in app.available_themes:
            app.theme = wanted
            return


def own_names(app: App[int]) -> list[str]:
    """The themes that are not Textual's, the studio's own first; a theme of Textual's only while it is in use."""
    names = [name for name in app.available_themes if name not in BUILTIN_THEMES]
    used = [] if app.theme in names else [app.theme]
    return sorted(names, key=lambda name: (name != THEME, name)) + used


def register_all(app: App[int], wanted: str) -> list[str]:
    """Register every theme and use the wanted one when it is there only now; gives the problems found."""
    themes, problems = load_themes()
    for theme in themes.values():
        app.register_theme(textual_theme(theme))
    if wanted in themes and app.theme != wanted:
        app.theme = wanted
    return problems


def _read(path: Path) -> Theme | None:
    # What is wrong with it is told by register_all, once.
    try:
        return read_theme(read_table(path), path.stem) if path.is_file() else None
    except ProjectError:
        return None
