"""The hub of every way to the same character."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

from studio.ui.areas import AREAS
from studio.ui.host import Host
from studio.ui.session import Session
from studio.workflows.identity import routes

MODULES = {
    "refs": "refs_actions",
    "edit": "edit_actions",
    "figure": "figure_actions",
    "guide": "guide_actions",
    "pack": "pack_actions",
    "lora": "lora_actions",
    "drift": "drift_actions",
}
"""The module that does the deeds of each area: a way without one is not listed."""


class IdentityActions:
    """Loaded when first wanted."""

    def __init__(self, session: Session, host: Host, open_area: Callable[[str], None]) -> None:
        self._session = session
        self._host = host
        self._open = open_area

    async def do(self, verb: str) -> None:
        """Show the `hub`."""
        from studio.ui.screens.identity import IdentityScreen

        session = self._session
        desk = session.studio.engine.desk
        takes = await desk.hands(desk.shelf.takes)
        found = routes(session.studio, takes, session.selection.take, is_there)
        self._host.ask(IdentityScreen(found), self._open)


def is_there(word: str) -> bool:
    """Whether the area of a word can be opened."""
    area = word.partition("-")[0]
    module = MODULES.get(area)
    return area in AREAS and (module is None or importlib.util.find_spec(f"studio.ui.{module}") is not None)
