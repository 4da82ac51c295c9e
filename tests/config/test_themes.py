"""Themes: readable in every light, and harmless when broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.config.colours import contrast
from studio.config.paths import user_share
from studio.config.themes import Theme, load_themes

THEMES = load_themes()[0]
GROUNDS = ("background", "surface", "panel")
INKS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")


def put(name: str, text: str) -> Path:
    folder = user_share("themes")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def needed(theme: Theme) -> float:
    return 7.0 if theme.name.startswith("contrast") else 4.5


def test_there_are_themes_for_dark_and_bright_rooms_and_weak_eyes() -> None:
    assert load_themes()[1] == []
    assert next(iter(THEMES)) == "studio"
    assert len(THEMES) >= 6
    assert {theme.dark for theme in THEMES.values()} == {True, False}
    assert {theme.dark for name, theme in THEMES.items() if name.startswith("contrast")} == {True, False}


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_every_ink_is_readable_on_every_ground(theme: Theme) -> None:
    inks = {name: theme.colours[name] for name in INKS}
    inks.update({name: theme.variables[name] for name in theme.variables if name.startswith("text-")})
    del inks["text-disabled"]
    for ground in GROUNDS:
        for name, ink in inks.items():
            assert contrast(ink, theme.colours[ground]) >= needed(theme), f"{name} on {ground}"
        assert contrast(theme.variables["text-disabled"], theme.colours[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("part", ["block-cursor", "block-cursor-blurred", "input-selection"])
def test_the_cursor_and_the_selection_are_readable(theme: Theme, part: str) -> None:
    ratio = contrast(theme.variables[f"{part}-foreground"], theme.variables[f"{part}-background"])
    assert ratio >= needed(theme)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#FF0000", "#FF0000", 1.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_dark_and_light_are_what_they_say() -> None:
    for theme in THEMES.values():
        black, white = (contrast(theme.colours["background"], edge) for edge in ("#000000", "#FFFFFF"))
        assert (white > black) is theme.dark, theme.name


def test_a_theme_of_the_users_needs_three_colours_and_no_more() -> None:
    put("Mine Own.toml", 'primary = "#FF0000"\nbackground = "#000000"\nforeground = "#FFFFFF"\n')
    themes, problems = load_themes()
    assert problems == []
    assert themes["mine-own"].dark
    assert dict(themes["mine-own"].colours) == {"primary": "#FF0000", "background": "#000000", "foreground": "#FFFFFF"}


def test_a_theme_of_the_users_replaces_the_shipped_one_of_its_name() -> None:
    put("studio.toml", 'title = "Mine"\nprimary = "#FF0000"\nbackground = "#000000"\nforeground = "#FFFFFF"\n')
    themes, _ = load_themes()
    assert themes["studio"].title == "Mine"
    assert len(themes) == len(THEMES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('primary = "red"\n', "line 1, key primary: expected a colour such as #FF1493, found 'red'"),
        ('primary = "#FF0000"\nbackground = "#000"\n', "line 2, key background: expected a colour"),
        ('primary = "#FF0000"\nbackground = "#000000"\n', "key foreground: this key is missing"),
        ('primry = "#FF0000"\n', "line 1, key primry: there is no such key here; did you mean primary?"),
        ('dark = "yes"\n', "line 1, key dark: expected true or false"),
        (
            'primary = "#FF0000"\nbackground = "#000000"\nforeground = "#FFFFFF"\n[variables]\nx = "red; } Screen {"\n',
            "line 5, key variables.x",
        ),
        ("primary = #FF0000\n", "line 1, key primary: expected a value"),
    ],
)
def test_broken_themes_are_told_and_the_others_stay(text: str, told: str) -> None:
    put("broken.toml", text)
    put("also-broken.toml", "]")
    themes, problems = load_themes()
    assert list(themes) == list(THEMES)
    assert len(problems) == 2
    assert told in problems[1]
    assert "themes/broken.toml" in problems[1]
