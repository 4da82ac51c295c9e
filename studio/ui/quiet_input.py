"""Textual's reading of the terminal without answers that come too late."""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.message import Message

from studio.ui.late_answers import LateAnswers


class QuietParser(XTermParser):
    """Textual's parser, which would type an answer it does not know into the app."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._late = LateAnswers()

    def feed(self, data: str) -> Iterable[Message]:
        """What came in, without answers; nothing at all is the end of the input."""
        if not data:
            yield from super().feed(data)
        elif rest := self._late.rest_of(data):
            yield from super().feed(rest)

    def tick(self) -> Iterable[Message]:
        """Time goes by: what was kept back is typing after all."""
        if overdue := self._late.overdue():
            yield from super().feed(overdue)
        yield from super().tick()


def expect_late_answers() -> None:
    """Let the next app of this process swallow them. The terminal was asked and has not said everything."""
    vars(linux_driver)["XTermParser"] = QuietParser
