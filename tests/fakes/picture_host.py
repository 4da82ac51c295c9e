"""A view for back ends of pictures, without a screen."""

from __future__ import annotations

import re

from textual.widget import Widget

from studio.ui.pictures.backend import Prepared


class FakePictureHost:
    """A view that remembers what was written."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.housed: Widget | None = None

    def send(self, text: str) -> None:
        self.written.append(text)

    def lay(self, prepared: Prepared) -> None:
        raise AssertionError("kitty pictures are no rows")

    def house(self, widget: Widget | None) -> None:
        self.housed = widget

    def numbers(self, action: str) -> list[str]:
        return re.findall(rf"\x1b_Ga={action},[^;\x1b]*?i=(\d+)", "".join(self.written))
