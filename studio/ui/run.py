"""The way from the command line to the screen and back."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.workflows.studio import Studio

if TYPE_CHECKING:
    from studio.ui.terminal import Terminal


def run_screen(
    open_it: Callable[[], Studio] | Studio,
    terminal: Terminal,
    *,
    store_key: Callable[[str], None] | None = None,
) -> int:
    """Show a studio until the artist leaves; gives the exit code. The terminal was asked what it can do before."""
    # Textual takes even an empty NO_COLOR for a wish; the convention does not.
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]
    # A key that falls right behind a frame waits for up to two of Textual's periods. Nothing is painted that has not
    # changed, so a shorter period costs nothing and the key waits half as long.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from studio.ui.app import StudioApp
    from studio.ui.leaving import leave_on_signals
    from studio.ui.pictures.choose import backend_for
    from studio.ui.pictures.darkroom import Darkroom

    if terminal.owed:
        from studio.ui.quiet_input import expect_late_answers

        expect_late_answers()
    studio = open_it if isinstance(open_it, Studio) else open_it()
    settings = studio.project.settings
    app = StudioApp(studio, Darkroom(backend_for(terminal)), utf8=terminal.utf8, store=store_key)

    async def show() -> int:
        # A closed line or a polite end is a way of leaving: edits are saved, jobs go on and are collected later.
        leave_on_signals(lambda: app.start(app.leave()))
        try:
            return await app.run_async(mouse=settings.mouse) or app.return_code or 0
        finally:
            await studio.close()
            app.darkroom.close()

    return asyncio.run(show())
