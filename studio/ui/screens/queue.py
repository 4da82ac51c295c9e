"""The queue: every job that has not ended, and what can be done about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar, Protocol

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studio.domain import money
from studio.domain.errors import StudioError
from studio.domain.job import WAITING, Job, JobState
from studio.ui.screens.dialog import Dialog, words

FAILED = frozenset({JobState.FAILED, JobState.UNKNOWN})
REFRESH = 0.25
"""Seconds between two looks at the queue while the screen is open."""


class QueueDesk(Protocol):
    """What the screen needs from the engine's queue."""

    @property
    def live(self) -> list[Job]: ...

    @property
    def paused(self) -> bool: ...

    def set_paused(self, paused: bool) -> None: ...

    def shift(self, job_id: str, by: int) -> None: ...

    async def cancel(self, job_id: str) -> str: ...


class QueueScreen(Dialog[Job]):
    """Cancel one, clear the waiting, pause, move up and down. `resume` sends jobs that came back paused.

    Below the queue stand the `faults`: enter on one closes the screen and gives it, so that its card can be shown.
    """

    title_text = "Queue"
    hint = "x cancels this · X clears what waits · P pauses · J K move · enter sends, or says what failed · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "cancel", "Cancel", id="queue.cancel"),
        Binding("X", "clear", "Clear waiting", id="queue.clear"),
        Binding("P", "pause", "Pause", id="queue.pause"),
        Binding("J", "shift(1)", "Down", id="queue.down"),
        Binding("K", "shift(-1)", "Up", id="queue.up"),
        Binding("enter", "resume", "Send", id="queue.resume", priority=True),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    QueueScreen {
        & > .dialog-panel { width: 100; height: 80%; }
        OptionList { height: 1fr; }
        #queue-word { height: 2; color: $text-muted; }
    }
    """

    def __init__(
        self,
        desk: QueueDesk,
        resume: Callable[[list[Job]], Awaitable[None]],
        faults: Callable[[], Sequence[Job]] = lambda: (),
    ) -> None:
        super().__init__()
        self._faults = faults
        self._desk = desk
        self._resume = resume
        self._shown: list[str] | None = None

    def body(self) -> Iterable[Widget]:
        """The jobs, and what the last key did."""
        yield OptionList(id="queue-rows")
        yield words("", muted=True, name="queue-word")

    def on_mount(self) -> None:
        """Show the queue now and four times a second."""
        self.query_one(OptionList).focus()
        self._refresh_rows()
        self.set_interval(REFRESH, self._refresh_rows)

    async def action_cancel(self) -> None:
        """Cancel the highlighted job."""
        if (job := self._highlighted()) is not None:
            self._say(await self._desk.cancel(job.id))

    async def action_clear(self) -> None:
        """Cancel everything that was not sent yet; that costs nothing."""
        waiting = [job for job in self._desk.live if job.state in WAITING]
        for job in waiting:
            await self._desk.cancel(job.id)
        said = f"{_counted(len(waiting))} cancelled before being sent: not charged."
        self._say(said if waiting else "Nothing waited to be sent.")

    def action_pause(self) -> None:
        """Stop sending, or go on."""
        self._desk.set_paused(not self._desk.paused)
        self._say("Paused: nothing new is sent." if self._desk.paused else "Sending again.")

    def action_shift(self, by: int) -> None:
        """Move a waiting job in the line."""
        job = self._highlighted()
        if job is not None and job.state in WAITING:
            self._desk.shift(job.id, by)

    async def action_resume(self) -> None:
        """Send the paused jobs: only ever by this key. On a job that went wrong, give it to be looked at."""
        if (job := self._highlighted()) is not None and job.state in FAILED:
            self.dismiss(job)
            return
        paused = [job for job in self._desk.live if job.state == "paused"]
        if not paused:
            return
        try:
            await self._resume(paused)
        except StudioError as error:
            self._say(f"{error.happened} {error.remedy}".strip())
        else:
            self._say(f"{_counted(len(paused))} sent.")

    def _highlighted(self) -> Job | None:
        at = self.query_one(OptionList).highlighted
        if at is None or self._shown is None or at >= len(self._shown):
            return None
        return next((job for job in self._jobs() if job.id == self._shown[at]), None)

    def _jobs(self) -> list[Job]:
        return [*self._desk.live, *(job for job in self._faults() if job.state in FAILED)]

    def _refresh_rows(self) -> None:
        rows = self.query_one(OptionList)
        jobs = self._jobs()
        labels = [Text(_row(job), no_wrap=True, overflow="ellipsis") for job in jobs]
        if [job.id for job in jobs] == self._shown:
            for at, label in enumerate(labels):
                rows.replace_option_prompt_at_index(at, label)
            return
        kept = rows.highlighted
        self._shown = [job.id for job in jobs]
        rows.clear_options()
        rows.add_options([Option(label) for label in labels])
        rows.highlighted = min(kept or 0, len(jobs) - 1) if jobs else None
        if not jobs:
            self._say("Nothing is running and nothing waits.")

    def _say(self, sentence: str) -> None:
        self.query_one("#queue-word", Static).update(sentence)


def _counted(count: int) -> str:
    return "1 job" if count == 1 else f"{count} jobs"


def _row(job: Job) -> str:
    place = f" {job.position + 1}." if job.position is not None else ""
    cost = job.failure.kind.replace("-", " ") if job.state in FAILED and job.failure else money.shown(job.estimate)
    return f"{job.state + place:<12}  {job.pose[:28]:<28}  {job.request.endpoint:<26}  {cost:>14}"
