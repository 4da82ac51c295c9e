"""The journal: what was written is there, and nothing else can be."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import ProjectError
from studio.domain.job import MOVES, Failure, IllegalMove, Job, JobState
from studio.library import migrations
from studio.library.journal import SqliteJournal
from tests.library.samples import completed, moves, written


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pose-studio" / "abc" / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(path)
    yield opened
    opened.close()


def test_a_job_comes_back_exactly_as_it_was_saved_after_a_restart(journal: SqliteJournal, path: Path) -> None:
    job = written(seed=2**70)
    journal.write([job])
    last = job
    for last in moves(job)[1:]:
        journal.save(last)
    journal.close()
    again = SqliteJournal(path)
    assert again.job(job.id) == last
    assert [passage.state for passage in again.history(job.id)] == [
        JobState.WRITTEN,
        JobState.SENT,
        JobState.QUEUED,
        JobState.RUNNING,
        JobState.COMPLETED,
    ]
    again.close()


def test_jobs_are_written_all_or_none(journal: SqliteJournal) -> None:
    journal.write([written("a")])
    with pytest.raises(IllegalMove, match="before"):
        journal.write([written("b"), written("a")])
    assert [job.id for job in journal.jobs()] == ["a"]
    assert journal.history("b") == []


def test_only_a_written_job_can_be_added(journal: SqliteJournal) -> None:
    with pytest.raises(IllegalMove):
        journal.write([completed()])


@pytest.mark.parametrize("before", list(JobState))
@pytest.mark.parametrize("after", list(JobState))
def test_a_row_moves_only_along_the_table(journal: SqliteJournal, before: JobState, after: JobState) -> None:
    job = written()
    journal.write([job])
    with journal.database.transaction() as connection:
        connection.execute("UPDATE job SET state = ?", (before.value,))
    moved = replace(job, state=after, moved=9.0)
    stays = after is before and after is not JobState.SENT  # what has left cannot leave again
    if stays or after in MOVES[before]:
        journal.save(moved)
        assert journal.job(job.id) == moved
    else:
        with pytest.raises(IllegalMove):
            journal.save(moved)
        kept = journal.job(job.id)
        assert kept is not None
        assert kept.state is before


def test_a_job_cannot_change_what_it_buys(journal: SqliteJournal) -> None:
    journal.write([written()])
    with pytest.raises(IllegalMove, match="another request"):
        journal.save(replace(written(seed=5).move(JobState.SENT, 1.0)))


def test_a_job_that_was_never_written_cannot_be_saved(journal: SqliteJournal) -> None:
    with pytest.raises(IllegalMove, match="never written"):
        journal.save(written().move(JobState.SENT, 1.0))


def test_a_new_queue_position_is_kept_without_a_line_in_the_history(journal: SqliteJournal) -> None:
    job, sent, queued, *_ = moves(written())
    journal.write([job])
    journal.save(sent)
    journal.save(queued)
    journal.save(replace(queued, position=0))
    kept = journal.job(job.id)
    assert kept is not None
    assert kept.position == 0
    assert len(journal.history(job.id)) == 3


def test_the_history_says_why_a_job_failed(journal: SqliteJournal) -> None:
    job = written()
    journal.write([job])
    failed = job.move(JobState.FAILED, 2.0, failure=Failure("refused", "The policy said no.", "Say it otherwise."))
    journal.save(failed)
    assert journal.history(job.id)[-1].note == "refused: The policy said no."
    assert journal.job(job.id) == failed


def test_jobs_are_given_by_state_oldest_first_even_when_the_clock_went_back(journal: SqliteJournal) -> None:
    journal.write([written("late"), replace(written("early"), created=5.0), written("sent")])
    journal.save(written("sent").move(JobState.SENT, 1.0))
    assert [job.id for job in journal.jobs()] == ["late", "early", "sent"]
    assert [job.id for job in journal.jobs([JobState.WRITTEN])] == ["late", "early"]
    assert journal.jobs([JobState.FAILED]) == []


def test_a_duplicate_is_a_stored_job_and_a_real_one_first(journal: SqliteJournal) -> None:
    digest = written().request.digest
    for name, sandbox in (("real", False), ("sandbox", True), ("waiting", False)):
        job = written(name, sandbox=sandbox)
        journal.write([job])
        if name != "waiting":
            for step in [*moves(job)[1:], moves(job)[-1].move(JobState.STORED, 9.0, take="hero-stance-001")]:
                journal.save(step)
    found = journal.duplicate(digest)
    assert found is not None
    assert found.id == "real"
    assert journal.duplicate("0" * 64) is None


def test_an_answer_with_half_a_character_does_not_stop_the_money_path(journal: SqliteJournal) -> None:
    *_, running, done = moves(written())
    journal.write([written()])
    for step in moves(written())[1:4]:
        journal.save(step)
    journal.save(replace(done, result='{"description": "\ud83d"}'))
    kept = journal.job(done.id)
    assert kept is not None
    assert kept.result == '{"description": "\\ud83d"}'
    assert running.state is JobState.RUNNING


def test_totals_are_exact_and_leave_the_sandbox_out(journal: SqliteJournal) -> None:
    jobs = [replace(written(f"j{number}", seed=number), estimate=Decimal("0.1")) for number in range(3)]
    sandbox = written("play", seed=9, sandbox=True)
    unpriced = replace(written("odd", seed=10), estimate=None)
    journal.write([*jobs, sandbox, unpriced, written("waiting", seed=11)])
    for job in [*jobs, sandbox, unpriced]:
        journal.save(job.move(JobState.SENT, 100.0))
    for step in moves(jobs[0])[2:]:
        journal.save(replace(step, billed=Decimal("0.30") if step.state is JobState.COMPLETED else None))
    journal.save(jobs[1].move(JobState.SENT, 100.0).move(JobState.FAILED, 101.0))
    sums = journal.totals()
    assert sums.estimated == Decimal("0.2")
    assert sums.billed == Decimal("0.3")
    assert sums.spent == Decimal("0.4")
    assert sums.would_cost == Decimal("0.05")
    assert sums.unpriced == 1
    assert sums.counts[JobState.SENT] == 3
    assert journal.totals(since=100.5).spent == 0
    assert journal.totals(session="another").spent == 0
    assert [line.job for line in journal.spent()] == ["j0", "j1", "j2", "play", "odd"]


def test_a_window_that_has_not_heard_of_the_sending_cannot_make_it_leave_again(journal: SqliteJournal) -> None:
    paused = written().move(JobState.PAUSED, 1.0)
    again = paused.move(JobState.WRITTEN, 2.0)
    sent = again.move(JobState.SENT, 3.0)
    journal.write([written()])
    for job in (paused, again, sent):
        journal.save(job)
    for stale in (again, sent):
        with pytest.raises(IllegalMove):
            journal.save(stale)
    assert journal.job(sent.id) == sent


def test_what_fal_said_is_never_forgotten(journal: SqliteJournal) -> None:
    first, *rest = moves(written())
    journal.write([first])
    for job in rest[:2]:
        journal.save(job)
    # A window that still takes it for unsent cancels it.
    with pytest.raises(IllegalMove, match="moved on"):
        journal.save(first.move(JobState.CANCELLED, 9.0))
    for job in rest[2:]:
        journal.save(job)
    with pytest.raises(IllegalMove, match="moved on"):
        journal.save(replace(rest[1], state=JobState.FAILED))
    assert journal.job(first.id) == rest[-1]


def test_requests_that_belong_to_jobs_are_known_by_fals_id(journal: SqliteJournal) -> None:
    for name, seed in (("j1", 1), ("j2", 2)):
        first, *rest = moves(written(name, seed=seed))
        journal.write([first])
        for job in rest:
            journal.save(job)
    journal.write([written("never-sent", seed=3)])
    assert journal.claimed() == {"req-j1", "req-j2"}
    assert journal.claimed({"j1"}) == {"req-j2"}


def test_files_are_private(journal: SqliteJournal, path: Path) -> None:
    journal.write([written()])
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    modes = {name.name: stat.S_IMODE(name.stat().st_mode) for name in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert "journal.db-wal" in modes
    journal.close()
    path.chmod(0o644)
    SqliteJournal(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_commits_wait_for_the_disk(journal: SqliteJournal) -> None:
    pragmas = {name: journal.database.rows(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}


def test_on_a_network_file_system_there_is_no_write_ahead_log(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.library.database.is_network", lambda _: True)
    journal = SqliteJournal(path)
    journal.write([written()])
    assert journal.database.rows("PRAGMA journal_mode")[0][0] == "delete"
    assert journal.database.rows("PRAGMA synchronous")[0][0] == 2
    assert not path.with_name("journal.db-wal").exists()
    journal.close()


def test_an_older_journal_is_brought_up_to_date(path: Path) -> None:
    path.parent.mkdir(parents=True)
    old = sqlite3.connect(path, isolation_level=None)
    migrations.migrate(old, migrations.MIGRATIONS[:1])
    old.execute("INSERT INTO request VALUES (?, ?, ?, ?)", (written().request.digest, "e", written().request.body, "1"))
    old.execute(
        "INSERT INTO job (id, state, created, moved, session, sandbox, pose, digest, request_id, take, rest) "
        "VALUES ('old', 'sent', 1, 1, '', 0, 'p', ?, '', '', ?)",
        (
            written().request.digest,
            '{"provenance":{"character":"c","pose":"p"},"handle":null,"position":null,"failure":null}',
        ),
    )
    old.close()
    journal = SqliteJournal(path)
    assert [job.id for job in journal.jobs([JobState.SENT])] == ["old"]
    names = [row["name"] for row in journal.database.rows("SELECT name FROM migration ORDER BY number")]
    assert names == ["jobs", "takes", "decisions"]
    journal.close()


def test_a_newer_journal_is_left_alone_and_says_so(path: Path) -> None:
    SqliteJournal(path).close()
    newer = sqlite3.connect(path)
    newer.execute("INSERT INTO migration VALUES (4, 'holograms', 0)")
    newer.commit()
    newer.close()
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="newer Pose Studio") as caught:
        SqliteJournal(path)
    assert "newer version" in caught.value.remedy
    assert path.read_bytes() == before


def test_a_damaged_journal_is_named(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is no database, whatever its name says. " * 50)
    with pytest.raises(ProjectError, match="is damaged"):
        SqliteJournal(path)


def test_a_full_disk_writes_nothing_and_says_so(journal: SqliteJournal) -> None:
    pages = journal.database.rows("PRAGMA page_count")[0][0]
    journal.database.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProjectError, match="disk is full"):
        journal.write([written(f"job-{number}", seed=number) for number in range(500)])
    journal.database.rows("PRAGMA max_page_count = 100000")
    assert journal.jobs() == []
    journal.write([written()])
    assert len(journal.jobs()) == 1


def test_a_journal_that_was_deleted_while_open_is_noticed_before_anything_is_sent(
    journal: SqliteJournal, path: Path
) -> None:
    journal.write([written("a")])
    shutil.rmtree(path.parent)
    with pytest.raises(ProjectError, match="is gone"):
        journal.write([written("b", seed=2)])


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_without_write_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ProjectError, match="cannot be written"):
        SqliteJournal(tmp_path / "x" / "journal.db")
    tmp_path.chmod(0o700)


def test_threads_share_it(journal: SqliteJournal) -> None:
    def work(start: int) -> None:
        for number in range(start, start + 20):
            job = written(f"job-{number}", seed=number)
            journal.write([job])
            journal.save(job.move(JobState.SENT, 1.0))

    threads = [threading.Thread(target=work, args=(100 * number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(journal.jobs([JobState.SENT])) == 60


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(JobState)), st.booleans()), max_size=25))
def test_whatever_happens_the_journal_holds_the_last_legal_state(
    tmp_path_factory: pytest.TempPathFactory, wishes: list[tuple[int, JobState, bool]]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.db"
    journal = SqliteJournal(path)
    expected: dict[str, Job] = {f"j{number}": written(f"j{number}", seed=number) for number in range(4)}
    journal.write(list(expected.values()))
    for number, state, restart in wishes:
        before = expected[f"j{number}"]
        after = replace(before, state=state, moved=before.moved + 1)
        try:
            journal.save(after)
        except IllegalMove:
            assert state not in MOVES[before.state]
        else:
            expected[before.id] = after
        if restart:
            journal.close()
            journal = SqliteJournal(path)
    assert {job.id: job for job in journal.jobs()} == expected
    journal.close()
