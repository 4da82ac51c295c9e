"""The queue says so when there is nothing in it, and counts in whole words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App
from textual.widgets import Static

from studio.domain.job import Job
from studio.ui.screens.queue import QueueScreen


class FakeQueue:
    """A queue in which nothing runs."""

    def __init__(self) -> None:
        self.live: list[Job] = []
        self.paused = False

    def set_paused(self, paused: bool) -> None:
        self.paused = paused

    def shift(self, job_id: str, by: int) -> None:
        raise AssertionError(f"{job_id} is not there to be moved by {by}")

    async def cancel(self, job_id: str) -> str:
        raise AssertionError(f"{job_id} is not there to be cancelled")


async def sent(jobs: Sequence[Job]) -> None:
    raise AssertionError(f"{len(jobs)} jobs were sent")


async def test_an_empty_queue_says_that_it_is_empty() -> None:
    app = App[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(QueueScreen(FakeQueue(), sent))
        await pilot.pause()
        word = app.screen.query_one("#queue-word", Static)
        assert str(word.content) == "Nothing is running and nothing waits."
        await pilot.press("X")
        await pilot.pause()
        assert str(word.content) == "Nothing waited to be sent."
