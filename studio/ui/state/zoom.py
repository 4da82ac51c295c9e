"""How near a picture is looked at, and where. Pure; knows no screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.imaging.view_crop import Box

STEPS = (1 / 16, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 3 / 2, 2, 3, 4, 6, 8, 12, 16, 24, 32)
"""Scales that zooming goes through; 1 is 100 %."""

BARELY = 1.02
"""A step that changes the size by less than this factor is not worth a key press."""

Point = tuple[float, float]
"""Shares of a width and a height, from 0 to 1."""

MIDDLE: Point = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Pane:
    """A picture of some pixels behind so many cells of some pixels."""

    picture: tuple[int, int]
    columns: int
    rows: int
    cell: tuple[int, int]
    actual: float = 1.0
    """Pixels of the pane that one pixel of the picture covers at 100 %: 1 where the cells' pixels are real ones."""

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the pane in pixels."""
        return self.columns * self.cell[0], self.rows * self.cell[1]

    @property
    def fit(self) -> float:
        """The scale at which the whole picture just fits."""
        width, height = self.pixels
        return min(width / self.picture[0], height / self.picture[1]) / self.actual


@dataclass(frozen=True, slots=True)
class Window:
    """What to cut out of a picture, in its pixels, and how large to draw it."""

    box: Box
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Zoom:
    """The whole picture, or a scale and the point of the picture in the middle of the pane."""

    scale: float | None = None
    """1 is 100 %; None is the whole picture, whatever the pane."""
    centre: Point = MIDDLE

    @property
    def fitted(self) -> bool:
        """Whether the whole picture is seen."""
        return self.scale is None

    def percent(self, pane: Pane) -> str:
        """`fit 62 %`, `100 %`."""
        return f"fit {pane.fit * 100:.0f} %" if self.scale is None else f"{self.scale * 100:.0f} %"

    def magnify(self, by: int, pane: Pane, at: Point = MIDDLE) -> Zoom:
        """So many steps nearer (or farther, below 0); what is at the point `at` of the pane stays there. Farther than
        the whole picture there is nothing.
        """
        scale = self.scale or pane.fit
        for _ in range(abs(by)):
            steps = [step for step in STEPS if (step > scale * BARELY if by > 0 else step * BARELY < scale)]
            if not steps:
                break
            scale = steps[0] if by > 0 else steps[-1]
        if by < 0 and scale <= pane.fit:
            return Zoom()
        return self.at_scale(scale, pane, at)

    def at_scale(self, scale: float, pane: Pane, at: Point = MIDDLE) -> Zoom:
        """That scale; what is at the point `at` of the pane stays there."""
        before = self._middle(pane)
        now = self.scale or pane.fit
        shift = [
            (at[axis] - 0.5) * pane.pixels[axis] * (1 / now - 1 / scale) / (pane.picture[axis] * pane.actual)
            for axis in (0, 1)
        ]
        return Zoom(scale, (before[0] + shift[0], before[1] + shift[1]))._kept_inside(pane)

    def pan(self, across: float, down: float, pane: Pane) -> Zoom:
        """Look farther right and down by these shares of the pane. The whole picture does not move."""
        if self.scale is None:
            return self
        x, y = self._middle(pane)
        width, height = self._seen(pane)
        return replace(self, centre=(x + across * width, y + down * height))._kept_inside(pane)

    def window(self, pane: Pane) -> Window:
        """What is seen. It covers whole cells, and at least one side of the pane."""
        drawn = (self.scale or pane.fit) * pane.actual
        width, height = pane.picture
        if self.scale is None:
            return Window((0, 0, width, height), (max(1, round(width * drawn)), max(1, round(height * drawn))))
        columns = min(pane.columns, -(-round(width * drawn) // pane.cell[0]))
        size = max(1, columns) * pane.cell[0], pane.pixels[1]
        x, y = self._middle(pane)
        left, top = x * width - size[0] / drawn / 2, y * height - size[1] / drawn / 2
        return Window((left, top, left + size[0] / drawn, top + size[1] / drawn), size)

    def _seen(self, pane: Pane) -> Point:
        """Shares of the picture that fit into the pane."""
        drawn = (self.scale or pane.fit) * pane.actual
        return pane.pixels[0] / drawn / pane.picture[0], pane.pixels[1] / drawn / pane.picture[1]

    def _middle(self, pane: Pane) -> Point:
        return MIDDLE if self.scale is None else self._kept_inside(pane).centre

    def _kept_inside(self, pane: Pane) -> Zoom:
        kept = []
        for share, middle in zip(self._seen(pane), self.centre, strict=True):
            half = share / 2
            kept.append(0.5 if share >= 1 else min(1 - half, max(half, middle)))
        return replace(self, centre=(kept[0], kept[1]))
