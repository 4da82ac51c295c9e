"""Telling an artist who has gone to another window that the pictures are there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studio.ui.around import notice
from studio.ui.state.plan_watch import Finished

if TYPE_CHECKING:
    from studio.ui.app import StudioApp


class DoneNotice:
    """Rings and notifies when a plan is finished, the window was left, and the settings do not forbid it. Whether it
    was left is what the terminal reports; one that reports nothing is never rung.
    """

    def __init__(self, app: StudioApp) -> None:
        self._app = app

    def tell(self, finished: Finished) -> None:
        """A plan is finished."""
        app, words = self._app, finished.words()
        if app.app_focus or not words or not app.session.project.settings.notify or app._driver is None:
            return
        app._driver.write(notice(f"{app.TITLE} · {app.session.project.character.name}", words, os.environ))
