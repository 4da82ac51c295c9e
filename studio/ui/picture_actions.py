"""How pictures are sent: by the speed of the line, or as the artist wants it."""

from __future__ import annotations

from dataclasses import replace

from studio.ui.host import Host
from studio.ui.pictures.tier import Tier
from studio.ui.session import Session
from studio.ui.view import View

WORDS = {
    None: "Pictures as the line allows: lean first where it is slow, full when you look at one.",
    Tier.LEAN: "Lean pictures from now on: a sixth of the bytes.",
    Tier.FULL: "Full pictures from now on, however long they take.",
}
"""In the order the key goes through them."""


class PictureActions:
    """Turns the wish for lean or full pictures, and keeps it with the window."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def do(self, verb: str) -> None:
        """`tier` goes on to the next wish."""
        line = self._view.darkroom.backend.line
        if line is None:
            drawn = self._view.darkroom.words()
            self._host.say(f"Pictures are drawn as {drawn} here: there is no lean or full. studio doctor says why.")
            return
        wishes = list(WORDS)
        wish = wishes[(wishes.index(line.wish) + 1) % len(wishes)]
        self._view.darkroom.wish(wish)
        self._session.window = replace(self._session.window, tier=wish or "")
        self._host.say(f"{WORDS[wish]} Now: {self._view.darkroom.words()}.")
        self._view.preview.show_again()
