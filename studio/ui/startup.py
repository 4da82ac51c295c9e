"""What happens when the first frame is out: rescue, money of today, warm-up of slow imports, the other themes."""

from __future__ import annotations

import asyncio
import gc
import importlib
import time
from typing import TYPE_CHECKING

from studio.imaging.thumbnail import FOLDER
from studio.ui import theming
from studio.ui.done_notice import DoneNotice
from studio.ui.money_today import keep_money, read_money
from studio.ui.state.log_words import clock
from studio.ui.widgets.log_lines import Level, LogEntry

if TYPE_CHECKING:
    from studio.ui.app import StudioApp

WARM = ("studio.config.project_edits", "textual.widgets.text_area")
"""Imported ahead, so that the first edit, the first picture and the first text field need not wait."""

IDLE = 0.3
"""Seconds left to the first keys before anything is imported ahead."""

MANY_TAKES = 2_000
"""Up to so many takes are read ahead; of more, those of a pose are read when it is looked at (a millisecond), because
ten thousand rows with their prompts are 40 MiB that nobody looks at.
"""


async def after_first_frame(app: StudioApp) -> None:
    """Everything the first frame could do without, in the order an artist would miss it."""
    # What was made so far stays for good, so no later collection need look at it.
    gc.freeze()
    gc.enable()
    session = app.session
    session.on_plan_done = DoneNotice(app).tell
    for text in session.studio.notices:
        app.say(text, severity="warning")
    found = await session.studio.rescue()
    for job in (*found.following, *found.paused):
        session.live.know(job)
    if sentence := found.sentence():
        app.say(sentence, severity="warning")
        app.view.logged([LogEntry(clock(time.time()), "", sentence, Level.WARNING)])
        app.view.poses_changed()
    session.on_ended = lambda: keep_money(app)
    await read_money(app)
    for problem in theming.register_all(app, session.project.settings.theme):
        app.say(problem, severity="warning")
    for problem in session.studio.catalogue.problems:
        app.say(problem, severity="warning")
    await asyncio.sleep(IDLE)
    if await session.studio.engine.desk.hands(session.studio.engine.desk.shelf.new_weights):
        # A run that died between bringing weights home and writing them down.
        session.on_weights()
    if session.studio.takes.totals()[1] <= MANY_TAKES:
        await session.studio.load()
    await _take_in(app)
    await _wake_coach(app)
    app.darkroom.warm_up()
    app.darkroom.tidy(session.project.folder / FOLDER)
    for module in WARM:
        await asyncio.to_thread(importlib.import_module, module)


async def _take_in(app: StudioApp) -> None:
    from studio.workflows.strays import take_in

    if sentence := await take_in(app.session.studio):
        app.say(sentence)
        app.view.poses_changed()
        app.view.shown_changed()


async def _wake_coach(app: StudioApp) -> None:
    coach = await asyncio.to_thread(importlib.import_module, "studio.workflows.coach.coach")
    # The style presets, which the prompt needs, are read here and not on the first edit.
    await asyncio.to_thread(lambda: app.session.studio.presets.styles)
    app.session.wake_coach(coach.advise)
    app.view.offer_changed()
