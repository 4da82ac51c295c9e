"""A style preset: the words after the pose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """A look that any character can be drawn in."""

    name: str
    title: str
    text: str
    """The words that go into the prompt."""
    about: str = ""
