"""What the action objects need from the App: running work, telling things, and opening screens."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol, TypeVar

from textual.screen import Screen
from textual.widget import Widget

from studio.config.settings import Settings

Result = TypeVar("Result")
Severity = Literal["information", "warning", "error"]


class Host(Protocol):
    """The App, as far as actions know it."""

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run work in a worker of the App. A StudioError is told to the artist, anything else is caught and kept."""

    def say(self, text: str, *, severity: Severity = "information") -> None:
        """A sentence in a corner of the screen; no markup is read in it."""

    def ask(self, screen: Screen[Result | None], answer: Callable[[Result], None]) -> None:
        """Open a screen; `answer` is called with its result, not at all when it was left without one."""

    def keys_of(self, focused: Widget | None) -> list[tuple[str, str]]:
        """The keys that work where the focus is, as pairs of key and meaning."""

    @property
    def theme_names(self) -> list[str]:
        """Every theme there is."""

    def use_settings(self, settings: Settings, key: str) -> None:
        """Let settings take effect, and store a key when one was typed."""

    def stepped_aside(self) -> AbstractContextManager[None]:
        """The terminal belongs to somebody else meanwhile. Raises UsageError where that cannot be."""

    def copy(self, text: str, words: str) -> None:
        """Put text on the clipboard and say so."""
