"""From the engine to the screen: one worker of the App reads every event and brings the panes up to date."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from studio.domain.take import Take
from studio.domain.text import slug
from studio.engine.bus import Subscription
from studio.engine.events import Brought, Ended, Event, Noticed, Planned, Stored
from studio.ui.session import Session
from studio.ui.state.live import Phase
from studio.ui.state.log_words import of_events
from studio.ui.widgets.log_lines import LogEntry

GATHER = 0.1
"""Seconds between two looks at the events: a stream of log lines is drawn ten times a second and no more."""


class News(Protocol):
    """What the bridge tells the screen."""

    def poses_changed(self) -> None:
        """Counts or states of poses look different."""

    def shown_changed(self) -> None:
        """The current pose has other takes, or another one is shown."""

    def standing_changed(self) -> None:
        """Counts and money in the header."""

    def landed(self, take: Take) -> None:
        """A take is on the disk."""

    def logged(self, lines: Sequence[LogEntry]) -> None:
        """New lines of the log."""


class Bridge:
    """Listens from the moment it is made; nothing that happens before `run` is lost."""

    def __init__(self, session: Session, news: News, notice: Callable[[str], None]) -> None:
        self._session = session
        self._news = news
        self._notice = notice
        self._awaited = False
        """A plan was made and none of its takes is stored yet."""
        self._subscription: Subscription = session.studio.engine.subscribe()

    async def run(self) -> None:
        """Read until the engine closes."""
        while events := await self._subscription.batch():
            self.digest(events)
            await asyncio.sleep(GATHER)

    def close(self) -> None:
        """Stop listening."""
        self._subscription.close()

    def digest(self, events: Sequence[Event]) -> None:
        """Take a batch in and tell the screen once what it meant."""
        session = self._session
        touched: set[str] = set()
        for event in events:
            touched |= session.live.take(event)
            if (finished := session.plans.take(event)) is not None:
                session.on_plan_done(finished)
            match event:
                case Planned():
                    self._awaited = True
                case Stored(_, take):
                    self._stored(take)
                case Brought():
                    session.on_weights()
                case Noticed(text):
                    self._notice(text)
                case _:
                    pass
        self._news.logged(of_events(events, session.studio.engine.desk.clock.now()))
        if touched:
            self._news.poses_changed()
            self._news.standing_changed()
        ends = [event for event in events if isinstance(event, Stored | Brought | Ended)]
        if slug(session.selection.pose) in touched or ends:
            self._news.shown_changed()
        if ends:
            session.on_ended()

    def _stored(self, take: Take) -> None:
        """The first take of a plan is shown, unless something is looked at, or the current pose waits for its own or
        says what went wrong with it.
        """
        selection = self._session.selection
        idle = selection.take is None and self._session.live.pose(selection.pose).phase is Phase.IDLE
        self._session.studio.stored(take)
        self._news.landed(take)
        if self._awaited and idle:
            selection.show(take.id)
        self._awaited = False
