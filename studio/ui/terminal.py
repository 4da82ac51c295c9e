"""What the terminal can do: asked once, before Textual starts. Knows neither Textual nor Pillow."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace

from studio.domain.text import plain
from studio.ui.terminal_answers import Answers
from studio.ui.terminal_choice import Choice, Colours, Facts, Graphics, choose, colours_of, name_of

LIMIT = 1.0
"""Seconds to wait for answers; only a terminal that answers nothing costs them."""

USUAL_CELL = (10, 20)
"""Pixels of a cell where nobody says: those of the VT340, which sixel programs assume."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Everything the studio knows about the terminal it runs in."""

    is_terminal: bool = False
    """Input and output are a terminal, so a screen can be opened."""
    answered: bool = False
    owed: bool = False
    """Answers may still come, and must not be taken for keys."""
    name: str = ""
    kitty: bool = False
    """It answered kitty's picture query."""
    kitty_file: bool = False
    """It can read our files, so it runs on the same machine."""
    sixel: bool = False
    sync: bool = False
    cell: tuple[int, int] = USUAL_CELL
    """Width and height of a cell in pixels."""
    tmux: bool = False
    passthrough: bool = False
    colours: Colours = Colours.NONE
    no_color: bool = False
    """NO_COLOR is set and not empty. Pictures still have their colours."""
    utf8: bool = True
    ssh: bool = False
    """The terminal is at the other end of an SSH line."""
    trip_ms: float = 0.0
    graphics: Graphics = Graphics.OFF
    because: str = "input or output is not a terminal"
    advice: str = ""


def probe(
    graphics: str | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    fd_in: int = 0,
    fd_out: int = 1,
    limit: float = LIMIT,
    passthrough: Callable[[], bool] | None = None,
) -> Terminal:
    """Ask the terminal and choose how pictures are drawn; `graphics` overrides the choice. To be called once, before
    Textual starts. Never fails for what the terminal does; ValueError for a name `--graphics` does not know.
    """
    if graphics is not None:
        Graphics(graphics)
    env = os.environ if environ is None else environ
    term, tmux = env.get("TERM", ""), bool(env.get("TMUX"))
    is_terminal = os.isatty(fd_in) and os.isatty(fd_out)
    answers, trip, passes, cell = Answers(), 0.0, False, None
    if is_terminal and term not in {"", "dumb"} and os.name == "posix":
        from studio.ui.terminal_ask import ask, cell_pixels, tmux_passthrough

        passes = tmux and (passthrough or tmux_passthrough)()
        answers, trip = ask(fd_in, fd_out, limit=limit, tmux=tmux, passthrough=passes)
        cell = answers.cell or cell_pixels(fd_out)
    name = plain(name_of(answers.version, env), limit=60)
    facts = Facts(
        is_terminal=is_terminal,
        term=term,
        name=name,
        kitty=answers.kitty,
        sixel=answers.sixel,
        tmux=tmux,
        passthrough=passes,
        colours=colours_of(name, env),
        utf8=_is_utf8(env),
        no_color=bool(env.get("NO_COLOR")),
    )
    ssh = bool(env.get("SSH_CONNECTION") or env.get("SSH_TTY"))
    found = _terminal(facts, answers, choose(facts, graphics), cell or USUAL_CELL)
    return replace(found, ssh=ssh, trip_ms=trip)


def drop_empty_no_color(environ: MutableMapping[str, str]) -> None:
    """NO_COLOR counts when it is not empty (no-color.org); Textual obeys an empty one too, so it is taken away."""
    if environ.get("NO_COLOR") == "":
        del environ["NO_COLOR"]


def tell_colours(terminal: Terminal, environ: MutableMapping[str, str]) -> None:
    """Set COLORTERM where the terminal is known to draw 16 million colours: SSH does not hand it on by default, and
    Textual would round every colour to 256.
    """
    if terminal.colours is Colours.TRUE and not environ.get("COLORTERM"):
        environ["COLORTERM"] = "truecolor"


def _terminal(facts: Facts, answers: Answers, choice: Choice, cell: tuple[int, int]) -> Terminal:
    return Terminal(
        is_terminal=facts.is_terminal,
        answered=answers.answered,
        owed=answers.owed,
        name=facts.name,
        kitty=facts.kitty,
        kitty_file=answers.kitty_file,
        sixel=facts.sixel,
        sync=answers.sync,
        cell=cell,
        tmux=facts.tmux,
        passthrough=facts.passthrough,
        colours=facts.colours,
        no_color=facts.no_color,
        utf8=facts.utf8,
        graphics=choice.graphics,
        because=choice.because,
        advice=choice.advice,
    )


def _is_utf8(environ: Mapping[str, str]) -> bool:
    """By the locale in the order the C library looks; Python itself makes an unset locale C.UTF-8."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    return "utf8" in locale.lower().replace("-", "")
