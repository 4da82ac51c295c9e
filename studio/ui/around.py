"""Sequences for what lies around the screen: the clipboard and the desktop's notices, also through tmux and screen.

OSC 52 is xterm's (ctlseqs, "Manipulate Selection Data"), OSC 9 iTerm2's, OSC 777 rxvt-unicode's.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from studio.domain.text import plain

BELL = "\a"
LONGEST = 74_000
"""Bytes of a text that are sent to a clipboard: in base64 they stay below the 100 000 that some terminals take."""

SAID = 200
"""Characters of a notice."""

ONLY_777 = ("foot", "rxvt")
"""Values of TERM, by their beginning, of terminals that know OSC 777 and not OSC 9."""

ONLY_9 = ("iTerm.app", "WezTerm", "ghostty", "kitty", "WarpTerminal", "mintty")
"""Values of TERM_PROGRAM of terminals that need not be sent both."""


def clipboard(text: str, environ: Mapping[str, str]) -> str:
    """What puts a text on the clipboard of the terminal, however many multiplexers are between. Empty without one:
    the plain sequence is Textual's. A long text is cut.
    """
    packed = base64.b64encode(text.encode()[:LONGEST]).decode("ascii")
    sequence = f"\x1b]52;c;{packed}\a"
    handed_on = wrapped(sequence, environ)
    return "" if handed_on == sequence else handed_on


def notice(title: str, body: str, environ: Mapping[str, str]) -> str:
    """The bell, and a notice in the way the terminal knows; in both ways where nothing tells which."""
    head, said = (plain(text, limit=SAID).replace(";", ",") for text in (title, body))
    nine, many = f"\x1b]9;{head}: {said}\a", f"\x1b]777;notify;{head};{said}\a"
    inside = bool(environ.get("TMUX") or environ.get("STY"))
    if not inside and (environ.get("TERM", "").startswith(ONLY_777) or environ.get("VTE_VERSION")):
        sequences = [many]
    elif not inside and (environ.get("TERM_PROGRAM") in ONLY_9 or environ.get("TERM") == "xterm-kitty"):
        sequences = [nine]
    else:
        sequences = [nine, many]
    return BELL + "".join(wrapped(sequence, environ) for sequence in sequences)


def wrapped(sequence: str, environ: Mapping[str, str]) -> str:
    """A sequence that tmux or screen hands on to the terminal around it; tmux does so when `allow-passthrough` is
    on.
    """
    if environ.get("TMUX"):
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environ.get("STY"):
        return f"\x1bP{sequence}\x1b\\"
    return sequence
