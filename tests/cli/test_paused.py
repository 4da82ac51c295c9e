"""Jobs that were written down and never sent wait for a word; the coach speaks before money does."""

from __future__ import annotations

from pathlib import Path

from studio.config.paths import journal_file
from studio.config.project import load_project
from studio.domain.job import JobState
from studio.library.journal import SqliteJournal
from tests.cli.conftest import Call, Fal


def leave_paused(call: Call, project: Path, fal: Fal) -> None:
    """An earlier run wrote a job down and was ended before it could send it."""
    planned = call("render", project, "--pose", "running", "--yes").events("planned")[0]["jobs"][0]
    journal = SqliteJournal(journal_file(load_project(project).id))
    with journal.database.transaction() as connection:
        connection.execute("UPDATE job SET state = 'written', take = '', result = NULL WHERE id = ?", (planned["job"],))
        connection.execute("DELETE FROM take WHERE job = ?", (planned["job"],))
    journal.close()
    fal.provider.submitted.clear()


def states(project: Path) -> list[JobState]:
    journal = SqliteJournal(journal_file(load_project(project).id))
    found = [job.state for job in journal.jobs()]
    journal.close()
    return found


def test_rescue_alone_sends_nothing_and_says_what_waits(call: Call, project: Path, fal: Fal) -> None:
    leave_paused(call, project, fal)
    said = call("rescue", project)
    assert "1 job is not sent yet" in said.err
    assert fal.sent == 0
    assert states(project) == [JobState.PAUSED]


def test_sending_what_waits_needs_a_word_about_its_price(call: Call, project: Path, fal: Fal) -> None:
    leave_paused(call, project, fal)
    assert call("rescue", project, "--send-paused").code == 5
    assert call("rescue", project, "--send-paused", "--max-cost", "0.01").code == 5
    assert fal.sent == 0
    said = call("rescue", project, "--send-paused", "--max-cost", "0.05")
    assert said.code == 0
    assert len(said.events("stored")) == 1
    assert fal.sent == 1


def test_dropping_what_waits_costs_nothing(call: Call, project: Path, fal: Fal) -> None:
    leave_paused(call, project, fal)
    said = call("rescue", project, "--drop-paused")
    assert said.code == 0
    assert "Nothing was charged" in said.err
    assert fal.sent == 0
    assert states(project) == [JobState.CANCELLED]


def test_estimate_lets_the_coach_speak_without_touching_the_lines(call: Call, project: Path, fal: Fal) -> None:
    said = call("estimate", project, "--pose", "running", "--guidance", "9.5")
    assert "best at 5.0 to 6.5" in said.err
    assert [line["event"] for line in said.lines] == ["estimate", "total"]
