"""The journal under any interleaving of writes, reads, refusals, second readers and crashes: what returned is there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studio.domain.job import MOVES, Failure, Handle, IllegalMove, Job, JobState
from studio.library.journal import SqliteJournal
from tests.library.samples import written

pytestmark = pytest.mark.timeout(60)
AMOUNTS = st.none() | st.decimals("0.000001", "99.999999", places=6)


class PowerCut(BaseException):
    """Nothing after this happened."""


class Crashes(RuleBasedStateMachine):
    """A journal and what it must hold."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="journal-"))
        self.lives = 0
        self.journal = SqliteJournal(self.folder / "0" / "journal.db")
        self.rows: dict[str, Job] = {}
        self.states: dict[str, list[JobState]] = {}

    @rule(number=st.integers(1, 3))
    def write(self, number: int) -> None:
        jobs = [written(f"j{len(self.rows) + extra}", seed=len(self.rows) + extra) for extra in range(number)]
        self.journal.write(jobs)
        self.rows |= {job.id: job for job in jobs}
        self.states |= {job.id: [job.state] for job in jobs}

    @rule(data=st.data(), state=st.sampled_from(list(JobState)), billed=AMOUNTS, text=st.text(max_size=20))
    def save(self, data: st.DataObject, state: JobState, billed: Decimal | None, text: str) -> None:
        if not self.rows:
            return
        before = self.rows[data.draw(st.sampled_from(sorted(self.rows)))]
        after = self._changed(before, state, billed, text)
        stays = state is before.state and state is not JobState.SENT
        if not stays and state not in MOVES[before.state]:
            with pytest.raises(IllegalMove):
                self.journal.save(after)
            return
        self.journal.save(after)
        self.rows[after.id] = after
        if state is not before.state:
            self.states[after.id].append(state)

    @rule(data=st.data())
    def write_again(self, data: st.DataObject) -> None:
        if self.rows:
            known = data.draw(st.sampled_from(sorted(self.rows)))
            with pytest.raises(IllegalMove):
                self.journal.write([written("never", seed=1), written(known, seed=2)])

    @rule()
    def die_and_come_back(self) -> None:
        self._come_back(self._disk_as_it_is())

    @rule(number=st.integers(1, 3), reading=st.booleans())
    def die_in_the_middle_of_a_write(self, number: int, reading: bool) -> None:
        left = None
        other = SqliteJournal(self.journal.database.path) if reading else None
        with suppress(PowerCut), self.journal.database.transaction() as connection:
            connection.execute("UPDATE job SET state = 'stored', billed = '9', take = 'half'")
            connection.execute("DELETE FROM job_history WHERE seq % ? = 0", (number,))
            left = self._disk_as_it_is()
            raise PowerCut
        assert left is not None
        if other is not None:
            assert self._as_kept(other.jobs()) == self.rows
            other.close()
        self._come_back(left)

    @rule()
    def leave_and_come_back(self) -> None:
        self.journal.close()
        self.journal = SqliteJournal(self.journal.database.path)

    @invariant()
    def everything_that_returned_is_there(self) -> None:
        assert self._as_kept(self.journal.jobs()) == self.rows
        for job_id, states in self.states.items():
            assert [passage.state for passage in self.journal.history(job_id)] == states

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _changed(job: Job, state: JobState, billed: Decimal | None, text: str) -> Job:
        handle = Handle(f"r-{job.id}", "https://q/s", "https://q/r", "https://q/c")
        why = Failure("unknown", text) if state in {JobState.FAILED, JobState.UNKNOWN} else None
        moved = job.moved + 1
        return replace(job, state=state, moved=moved, handle=handle, billed=billed, failure=why, take=text)

    @staticmethod
    def _as_kept(jobs: Sequence[Job]) -> dict[str, Job]:
        return {job.id: job for job in jobs}

    def _disk_as_it_is(self) -> Path:
        """A copy of what has reached the disk in this moment; the shared memory dies with its processes."""
        self.lives += 1
        copy = self.folder / str(self.lives)
        shutil.copytree(self.journal.database.path.parent, copy, ignore=shutil.ignore_patterns("*-shm"))
        return copy

    def _come_back(self, folder: Path) -> None:
        self.journal.close()
        self.journal = SqliteJournal(folder / "journal.db")


Crashes.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)

TestTheJournalHoldsWhatItWasGiven = Crashes.TestCase
