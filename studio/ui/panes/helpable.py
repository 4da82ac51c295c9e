"""What every pane can say about itself."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Helpable(Protocol):
    """Something that can be focused and has a few sentences of help."""

    help_title: str
    help_text: str
