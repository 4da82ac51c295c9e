"""Work that begins when it is awaited: given up before that, nothing was begun."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any


class Later(Awaitable[None]):
    """For workers that may be replaced before their first step, whose coroutine would never be awaited then."""

    def __init__(self, begin: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._begin = begin

    def __await__(self) -> Generator[Any, Any, None]:
        return self._begin().__await__()
