from __future__ import annotations

from dataclasses import replace

import pytest

from studio.ui.terminal_choice import Colours, Facts, Graphics, choose, colours_of, name_of

PLAIN = Facts(
    is_terminal=True,
    term="xterm-256color",
    name="",
    kitty=False,
    sixel=False,
    tmux=False,
    passthrough=False,
    colours=Colours.TRUE,
    utf8=True,
    no_color=False,
)
KITTY = replace(PLAIN, name="kitty 0.40.1", kitty=True)


@pytest.mark.parametrize(
    ("facts", "graphics"),
    [
        (KITTY, Graphics.KITTY),
        (replace(KITTY, name="ghostty 1.2.0"), Graphics.KITTY),
        (replace(KITTY, name="kitty 0.26.5"), Graphics.SEXTANT),
        (replace(KITTY, name="Konsole"), Graphics.QUADRANT),
        (replace(KITTY, name="WezTerm 20240203-110809", sixel=True), Graphics.ITERM),
        (replace(KITTY, tmux=True, passthrough=True), Graphics.KITTY),
        (replace(KITTY, tmux=True), Graphics.SEXTANT),
        (replace(KITTY, name="WezTerm 20240203-110809", sixel=True, tmux=True, passthrough=True), Graphics.SEXTANT),
        (replace(KITTY, no_color=True), Graphics.KITTY),
        (replace(KITTY, colours=Colours.MANY), Graphics.KITTY),
        (replace(PLAIN, name="iTerm2 3.5.1"), Graphics.ITERM),
        (replace(PLAIN, name="vscode 1.95.0", sixel=True), Graphics.ITERM),
        (replace(PLAIN, name="vscode 1.95.0"), Graphics.QUADRANT),
        (replace(PLAIN, name="mintty 3.7.0", sixel=True), Graphics.ITERM),
        (replace(PLAIN, name="XTerm 379", sixel=True), Graphics.SIXEL),
        (replace(PLAIN, term="screen-256color", sixel=True), Graphics.QUADRANT),
        (replace(KITTY, utf8=False), Graphics.HALF),
        (replace(PLAIN, name="foot 1.20.2", sixel=True), Graphics.SIXEL),
        (replace(PLAIN, name="foot 1.20.2"), Graphics.OCTANT),
        (replace(PLAIN, name="foot 1.16"), Graphics.SEXTANT),
        (replace(PLAIN, name="VTE 0.78.2"), Graphics.OCTANT),
        (replace(PLAIN, sixel=True, tmux=True), Graphics.QUADRANT),
        (PLAIN, Graphics.QUADRANT),
        (replace(PLAIN, term="linux", colours=Colours.FEW), Graphics.HALF),
        (replace(PLAIN, term="dumb", colours=Colours.NONE), Graphics.OFF),
        (replace(PLAIN, is_terminal=False), Graphics.OFF),
    ],
)
def test_the_best_way_of_drawing(facts: Facts, graphics: Graphics) -> None:
    choice = choose(facts, None)
    assert choice.graphics is graphics
    assert choice.because


@pytest.mark.parametrize("asked", list(Graphics))
def test_what_is_asked_for_is_done(asked: Graphics) -> None:
    assert choose(PLAIN, asked.value).graphics is asked


@pytest.mark.parametrize(
    ("facts", "advice"),
    [
        (replace(KITTY, tmux=True), "allow-passthrough"),
        (replace(PLAIN, name="foot 1.20.2", sixel=True, tmux=True, passthrough=True), "outside tmux"),
        (replace(PLAIN, term="screen-256color"), "outside screen"),
    ],
)
def test_who_sits_in_a_multiplexer_is_told_what_to_change(facts: Facts, advice: str) -> None:
    assert advice in choose(facts, None).advice


def test_a_name_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="hologram"):
        choose(PLAIN, "hologram")


@pytest.mark.parametrize(
    ("version", "environ", "name"),
    [
        ("kitty(0.40.1)", {}, "kitty 0.40.1"),
        ("VTE(7802)", {}, "VTE 0.78.2"),
        ("", {"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.1"}, "iTerm2 3.5.1"),
        ("", {"LC_TERMINAL": "iTerm2", "LC_TERMINAL_VERSION": "3.5.1"}, "iTerm2 3.5.1"),
        ("", {"VTE_VERSION": "7600"}, "VTE 0.76.0"),
        ("", {"TERM": "xterm-kitty"}, "kitty"),
        ("", {"TERM": "xterm-256color"}, ""),
        ("", {"TMUX": "/tmp/tmux-0/default,1,0", "TERM_PROGRAM": "tmux"}, ""),
    ],
)
def test_names(version: str, environ: dict[str, str], name: str) -> None:
    assert name_of(version, environ) == name


@pytest.mark.parametrize(
    ("name", "environ", "colours"),
    [
        ("", {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Colours.TRUE),
        ("", {"TERM": "xterm-256color"}, Colours.MANY),
        ("kitty 0.40.1", {"TERM": "xterm-256color"}, Colours.TRUE),
        ("", {"TERM": "tmux-256color", "TMUX": "x"}, Colours.TRUE),
        ("", {"TERM": "screen"}, Colours.MANY),
        ("", {"TERM": "linux"}, Colours.FEW),
        ("", {"TERM": "vt220"}, Colours.NONE),
        ("", {"TERM": "dumb"}, Colours.NONE),
        ("", {}, Colours.NONE),
        ("XTerm 379", {"TERM": "xterm"}, Colours.TRUE),
        ("XTerm 327", {"TERM": "xterm"}, Colours.FEW),
        ("xterm.js 5.6.0", {"TERM": "xterm"}, Colours.TRUE),
    ],
)
def test_colours(name: str, environ: dict[str, str], colours: Colours) -> None:
    assert colours_of(name, environ) is colours


def test_someone_without_colours_is_told_what_to_set() -> None:
    assert "COLORTERM" in choose(replace(PLAIN, colours=Colours.MANY), None).advice
