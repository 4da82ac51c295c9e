"""A view for back ends of pictures, and a terminal that answers when the test says so."""

from __future__ import annotations

import re
from collections.abc import Callable

from textual.geometry import Region
from textual.widget import Widget

from studio.ui.pictures.backend import Prepared


class FakeWire:
    """Keeps what was written. `answer` plays the terminal."""

    def __init__(self, *, answers: bool = True) -> None:
        self.written: list[str] = []
        self.answers = answers
        self.backlog = 0
        self.asked = 0
        self._answered: Callable[[float], None] | None = None
        self._leaving: Callable[[], str] | None = None

    def write(self, text: str) -> None:
        self.asked += text.count("\x1b[6n")
        self.written.append(text)

    def spare(self, character: str) -> None:
        """No filters here."""

    def listen(self, answered: Callable[[float], None], leaving: Callable[[], str]) -> None:
        self._answered, self._leaving = answered, leaving

    def leave(self) -> None:
        """The terminal is given away."""
        assert self._leaving is not None
        self.write(self._leaving())

    def answer(self, at: float) -> None:
        """The terminal has taken in everything up to the oldest question without an answer."""
        self.asked -= 1
        assert self._answered is not None
        self._answered(at)

    @property
    def text(self) -> str:
        """Everything that was written."""
        return "".join(self.written)


class FakePictureHost:
    """A view that remembers what was laid and written."""

    def __init__(self, wire: FakeWire | None = None) -> None:
        self.wire = wire or FakeWire(answers=False)
        self.laid: list[Prepared] = []
        self.housed: Widget | None = None
        self.painted: Callable[[], None] | None = None
        self.region: Region | None = Region(2, 1, 10, 5)
        self.repaints = 0

    def lay(
        self, prepared: Prepared, *, widget: Widget | None = None, painted: Callable[[], None] | None = None
    ) -> None:
        self.laid.append(prepared)
        self.housed, self.painted = widget, painted

    def exposed(self) -> Region | None:
        return self.region

    def repaint(self) -> None:
        self.repaints += 1

    def numbers(self, action: str) -> list[str]:
        """Numbers of the pictures in kitty commands of one action."""
        return re.findall(rf"\x1b_Ga={action},[^;\x1b]*?i=(\d+)", self.wire.text)
