"""What an artist does with the drift meter: measure the takes, look at what stands out, choose the anchor."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from studio.domain.character import Reference
from studio.domain.errors import ProjectError
from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.host import Host
from studio.ui.screens.drift import DriftAnswer, DriftScreen, Measured
from studio.ui.session import Session
from studio.ui.view import View
from studio.workflows.drift_meter import DriftMeter, drift_meter
from studio.workflows.take_sorts import TakeSort
from studio.workflows.take_terms import Test, compared

TOLD_EVERY = 8
"""Takes measured between two looks of the table."""


class DriftActions:
    """Measures in a thread, one take after the other, those of the shown pose first."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    async def report(self) -> None:
        """Open the table and fill it. Raises UsageError when there is no anchor to measure against."""
        studio, pose = self._session.studio, self._session.selection.pose
        everything = await asyncio.to_thread(studio.takes.all)
        meter = await asyncio.to_thread(drift_meter, studio.project.folder, studio.project.character, everything)
        if self._session.drift is None:
            self._session.about_take.append(lambda take: drift_rows(self._session, take))
        self._session.drift = meter
        self._session.take_sorts["drift"] = TakeSort("nearest the anchor first", meter.score)
        self._session.take_fields["drift"] = partial(drift_test, meter)
        own = [take for take in everything if take.pose == pose]
        screen = DriftScreen(
            f"Measured against {plain(meter.choice.path)}: {meter.choice.why}. A figure is no verdict.",
            plain(pose),
            lambda whole: _measured(meter, everything if whole else own),
        )
        self._host.ask(screen, self._chosen)
        others = [take for take in everything if take.pose != pose]
        await self._measure(meter, screen, [*reversed(own), *reversed(others)])

    async def _measure(self, meter: DriftMeter, screen: DriftScreen, takes: Sequence[Take]) -> None:
        unread: list[str] = []
        for number, take in enumerate(takes, 1):
            try:
                await asyncio.to_thread(meter.measure, take)
            except ProjectError as error:
                if take.path == meter.choice.path:
                    raise
                unread.append(error.happened)
            if number % TOLD_EVERY == 0 or number == len(takes):
                screen.measured(len(takes) - number)
        await asyncio.to_thread(meter.keep)
        if unread:
            self._host.say(f"{unread[0]} {len(unread)} of {len(takes)} could not be measured.", severity="warning")

    def _chosen(self, answer: DriftAnswer) -> None:
        studio, selection = self._session.studio, self._session.selection
        take = studio.takes.get(answer.take)
        if take is None:
            self._host.say("That take went to the trash meanwhile.")
        elif answer.anchor:
            character = self._session.project.character
            kept = tuple(reference for reference in character.references if reference.role != "anchor")
            kept = tuple(reference for reference in kept if reference.path != take.path)
            self._session.edit_character(replace(character, references=(Reference(take.path, "anchor"), *kept)))
            self._host.say(f"{take.id} is the anchor now: takes are measured against it.")
        else:
            selection.go_to_pose(take.pose)
            selection.show(take.id)
            self._view.everything()


def drift_rows(session: Session, take: Take) -> list[tuple[str, str]]:
    """What the overlay of the loupe says of a take that was measured."""
    drift = session.drift.known(take.id) if session.drift else None
    return (
        [] if drift is None else [("drift", f"{drift.score:.0f} of 100: {'; '.join(drift.remarks) or drift.words()}")]
    )


def drift_test(meter: DriftMeter, value: str, today: date) -> Test:
    """`drift:<30` in the filter line; takes that were not measured are left out. Raises Unclear."""
    test = compared(value, float)

    def fits(take: Take) -> bool:
        drift = meter.known(take.id)
        return drift is not None and test(drift.score)

    return fits


def _measured(meter: DriftMeter, takes: Sequence[Take]) -> list[Measured]:
    found = [(take, meter.known(take.id)) for take in takes]
    return [(take, drift) for take, drift in found if drift is not None]
