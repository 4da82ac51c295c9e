"""One line of the picture benchmark's table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and what it should be at most, or at least."""

    target_name: str
    what: str
    figure: float
    target: float
    unit: str = "×"
    note: str = ""
    least: bool = False

    @property
    def met(self) -> bool:
        """The target is reached."""
        return self.figure >= self.target if self.least else self.figure <= self.target

    def line(self) -> str:
        """The row as text, marked where the target is missed."""
        sign = "≥" if self.least else "≤"
        missed = "" if self.met else "MISSED"
        figures = f"{self.figure:>9.2f} {self.unit:<3}{sign}{self.target:>7.2f}"
        return f"{self.target_name:<5}{self.what:<46}{figures}  {missed:<7}{self.note}"
