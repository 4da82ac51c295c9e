"""Reading poses out of pictures for the screen: looked at in threads, bought only when it was agreed to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.domain import money
from studio.domain.errors import Broken, StudioError, UsageError
from studio.domain.job import JobState
from studio.domain.skeleton import Proportions, Skeleton
from studio.engine.events import Ended, Held, Moved, Stored
from studio.ui.session import Session
from studio.workflows.plan import Plan
from studio.workflows.pose_from_picture import (
    PictureOfPose,
    Reading,
    find_picture,
    must_read,
    read_before,
    read_skeleton,
    reading_plan,
    starts_of,
)
from studio.workflows.under_way import under_way

AGAIN = "Nothing is lost: read the same picture again when it has come, that costs nothing."


@dataclass(frozen=True, slots=True)
class Outlook:
    """What reading a picture would take: nothing where `reading` is there or `known` names a skeleton of before."""

    picture: PictureOfPose
    reading: Reading | None
    known: Path | None
    plan: Plan

    def words(self, sandbox: bool) -> str:
        """What enter does now, and what it costs."""
        if self.reading is not None:
            return f"A skeleton picture. {self.reading.remark()} ⏎ takes it: nothing is sent."
        if self.known is not None:
            return "DWPose has read this picture before. ⏎ takes that skeleton: nothing is sent."
        price = money.shown(self.plan.estimate)
        if sandbox:
            return f"⏎ has the sandbox read it, for nothing. fal's DWPose would take {price} at most."
        return f"⏎ sends it to DWPose at fal: {price} at most, $0.0006 for each second it computes."


class PoseReader:
    """Finds pictures and reads the pose of the one in them."""

    def __init__(self, session: Session, here: Path) -> None:
        self._session = session
        self._here = here
        self._left: set[asyncio.Task[None]] = set()

    @property
    def sandbox(self) -> bool:
        """True when nothing is charged."""
        return self._session.studio.sandbox

    def suggestion(self) -> str:
        """What is offered first: the shown take."""
        take = self._session.selection.take
        return take.id if take is not None else ""

    async def look(self, text: str) -> Outlook:
        """Find a picture and say what reading it would take. Raises StudioError when there is none of that name, or it
        cannot be read.
        """
        studio = self._session.studio
        picture = await find_picture(studio, text, self._here)
        reading = await asyncio.to_thread(read_skeleton, picture.path, *self._known(picture))
        plan = reading_plan(studio, picture)
        known = await read_before(studio, plan) if reading is None else None
        return Outlook(picture, reading, known, plan)

    async def read(self, outlook: Outlook, tell: Callable[[str], None]) -> Reading:
        """The pose of a picture that was looked at; `tell` hears how far it is. Raises StudioError when nobody is in
        it, the budget says no, or fal fails. Given up in between, the skeleton arrives as a take all the same.
        """
        if outlook.reading is not None:
            return outlook.reading
        path = outlook.known or await self._drawn(outlook.plan, tell)
        tell("Reading the joints …")
        return await asyncio.to_thread(must_read, path, *self._known(outlook.picture))

    def _known(self, picture: PictureOfPose) -> tuple[str, Proportions, list[Skeleton]]:
        studio = self._session.studio
        return picture.stem, studio.project.character.proportions, starts_of(studio)

    async def _send(self, plan: Plan) -> None:
        """Send it to the end, also when whoever waits for it leaves: a file may just be on its way up."""
        sending = asyncio.create_task(self._sent(plan), name="pose reading")
        try:
            await asyncio.shield(sending)
        except asyncio.CancelledError:
            self._left.add(sending)
            sending.add_done_callback(self._left_alone)
            raise

    async def _sent(self, plan: Plan) -> None:
        if await under_way(self._session.studio, plan, seedless=True):
            raise UsageError("This picture is being read already. Nothing was sent.", AGAIN)
        await self._session.studio.generate(plan)

    def _left_alone(self, sending: asyncio.Task[None]) -> None:
        self._left.discard(sending)
        if not sending.cancelled() and (error := sending.exception()) is not None:
            told = error if isinstance(error, StudioError) else Broken(f"The reading was not sent: {error}")
            self._session.on_fault(told)

    async def _drawn(self, plan: Plan, tell: Callable[[str], None]) -> Path:
        """Send it and wait for its take."""
        studio, job_id = self._session.studio, plan.jobs[0].id
        events = studio.engine.subscribe()
        try:
            tell("Sending …")
            await self._send(plan)
            async for event in events:
                match event:
                    case Moved(job) if job.id == job_id:
                        tell(_standing(job.state))
                    case Stored(job, take) if job.id == job_id:
                        return studio.path(take)
                    case Ended(job) if job.id == job_id and job.state is not JobState.STORED:
                        failure = job.failure
                        happened = failure.message if failure else f"The reading ended as {job.state}."
                        raise Broken(happened, failure.remedy if failure else "Try again.")
                    case Held(job, why, _) if job.id == job_id:
                        raise Broken(why, AGAIN)
                    case _:
                        pass
        finally:
            events.close()
        raise StudioError("The studio was closed before the skeleton came.", AGAIN)


def _standing(state: JobState) -> str:
    match state:
        case JobState.QUEUED:
            return "Waiting in the queue …"
        case JobState.RUNNING:
            return "DWPose looks at it …"
        case JobState.COMPLETED:
            return "Fetching the skeleton …"
        case _:
            return "Sending …"
