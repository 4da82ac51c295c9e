"""Themes: the shipped ones of themes/, and the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from studio.config.colours import is_colour
from studio.config.paths import homely, share, user_share
from studio.config.settings import THEME
from studio.config.toml_table import Table, read_table
from studio.domain.errors import ProjectError
from studio.domain.text import slug

REQUIRED = ("primary", "background", "foreground")
OPTIONAL = ("secondary", "accent", "surface", "panel", "boost", "success", "warning", "error")
_KEYS = ("name", "title", "author", "dark", *REQUIRED, *OPTIONAL, "variables")


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the screen, each `#RRGGBB`; what a theme leaves out follows from the rest."""

    name: str
    title: str
    dark: bool
    colours: Mapping[str, str]
    """By Textual's names: primary, secondary, accent, foreground, background, surface, panel, …"""
    variables: Mapping[str, str] = field(default_factory=_none)
    """Further variables of the style sheets, such as `footer-key-foreground`."""
    author: str = ""


def load_themes() -> tuple[dict[str, Theme], list[str]]:
    """All themes by name, the studio's own first, and a sentence for each file of the user's that cannot be used.
    A user's theme replaces the shipped one of the same name.
    """
    themes: dict[str, Theme] = {}
    problems: list[str] = []
    for path in _files(share("themes")):
        _put(themes, read_theme(read_table(path), path.stem))
    for path in _files(user_share("themes")):
        try:
            _put(themes, read_theme(read_table(path, homely(path)), path.stem))
        except ProjectError as error:
            problems.append(error.happened)
    return themes, problems


def read_theme(table: Table, stem: str) -> Theme:
    """The Theme of a table. Raises ProjectError with the line of whatever is not as expected."""
    table.only(_KEYS)
    name = slug(table.text("name", stem, filled=True))
    variables = table.table("variables")
    return Theme(
        name=name,
        title=table.text("title", name),
        dark=table.flag("dark", True),
        colours=MappingProxyType({key: _colour(table, key) for key in (*REQUIRED, *OPTIONAL) if _wanted(table, key)}),
        variables=MappingProxyType({key: _variable(variables, key) for key in variables.values}),
        author=table.text("author", ""),
    )


def _wanted(table: Table, key: str) -> bool:
    return key in REQUIRED or key in table


def _colour(table: Table, key: str) -> str:
    text = table.text(key)
    if not is_colour(text):
        raise table.error(key, f"expected a colour such as #FF1493, found {text!r}")
    return text


def _variable(table: Table, key: str) -> str:
    text = table.text(key, filled=True)
    if any(character in text for character in ";{}$\n"):
        raise table.error(key, "expected a colour or a style such as bold, without ; { } $")
    return text


def _put(themes: dict[str, Theme], theme: Theme) -> None:
    themes[theme.name] = theme


def _files(folder: Path) -> list[Path]:
    files = folder.glob("*.toml") if folder.is_dir() else ()
    return sorted(files, key=lambda path: (path.stem != THEME, path.name))
