"""Verdicts, stars and the trash: files follow the row, and every decision can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import ProjectError, UsageError
from studio.domain.take import Take, Verdict
from studio.library.journal import SqliteJournal
from studio.library.shelf import FolderShelf
from tests.fakes.disk import FakeDisk, Stopped
from tests.library.samples import RESULT, completed, downloaded, picture, visible_files


class Desk:
    """A project with three takes of one pose, and the shelf over it."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "glitch"
        self.project.mkdir()
        self.journal = SqliteJournal(folder / "state" / "journal.db")
        self.shelf = FolderShelf(self.project, self.journal)
        for number in range(1, 4):
            job = completed(f"job-{number}", "run", seed=number)
            self.shelf.store(job, downloaded(self.shelf, job, picture(seed=number)), RESULT)

    def open(self, disk: FakeDisk | None = None) -> FolderShelf:
        """The shelf as the next start of the program has it."""
        self.shelf = FolderShelf(self.project, self.journal, disk)
        return self.shelf

    def picks(self) -> list[str]:
        return sorted(path.name for path in (self.project / "picks").glob("*")) if self.has_picks() else []

    def has_picks(self) -> bool:
        return (self.project / "picks").is_dir()

    def agrees(self) -> bool:
        """True when every row tells the truth about its files, and there are no other files."""
        expected = {"run-001", "run-002", "run-003"}
        files: set[str] = set()
        for take in [*self.shelf.takes(), *self.shelf.takes(trashed=True)]:
            expected.discard(take.id)
            files.add(take.path)
            wants = take.verdict is Verdict.PICKED and not take.trashed
            if bool(take.pick) != wants:
                return False
            if wants:
                files.add(take.pick)
                if not (self.project / take.path).samefile(self.project / take.pick):
                    return False
        there = {path.relative_to(self.project).as_posix() for path in self.project.rglob("*") if path.is_file()}
        return not expected and files == there


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.journal.close()


def test_picking_links_the_file_and_a_second_pick_gets_a_number(desk: Desk) -> None:
    first = desk.shelf.decide("run-002", Verdict.PICKED)
    second = desk.shelf.decide("run-001", Verdict.PICKED)
    assert (first.pick, second.pick) == ("picks/run.png", "picks/run-2.png")
    assert (desk.project / first.pick).samefile(desk.project / first.path)
    assert not (desk.project / first.pick).is_symlink()
    assert desk.agrees()


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.UNDECIDED])
def test_any_other_verdict_takes_the_picked_file_away(desk: Desk, verdict: Verdict) -> None:
    desk.shelf.decide("run-001", Verdict.PICKED)
    assert desk.shelf.decide("run-001", verdict).pick == ""
    assert desk.picks() == []
    assert desk.agrees()


def test_a_strangers_file_in_picks_is_neither_replaced_nor_taken_away(desk: Desk) -> None:
    (desk.project / "picks").mkdir()
    (desk.project / "picks" / "run.jpg").write_text("mine")
    (desk.project / "picks" / "run.txt").write_text("a caption is in nobody's way")
    assert desk.shelf.decide("run-001", Verdict.PICKED).pick == "picks/run-2.png"
    desk.shelf.decide("run-001", Verdict.REJECTED)
    assert desk.picks() == ["run.jpg", "run.txt"]


def test_a_pick_that_was_edited_stays_when_it_is_unpicked(desk: Desk) -> None:
    pick = desk.project / desk.shelf.decide("run-001", Verdict.PICKED).pick
    pick.unlink()
    pick.write_bytes(b"painted over")
    desk.shelf.decide("run-001", Verdict.REJECTED)
    assert pick.read_bytes() == b"painted over"
    assert desk.shelf.decide("run-001", Verdict.PICKED).pick == "picks/run-2.png"


def test_picking_again_brings_a_lost_link_back(desk: Desk) -> None:
    pick = desk.project / desk.shelf.decide("run-001", Verdict.PICKED).pick
    pick.unlink()
    desk.shelf.decide("run-001", Verdict.PICKED)
    assert pick.exists()
    assert len(desk.shelf.last_decisions()) == 1


def test_the_trash_hides_a_take_and_gives_it_back_exactly(desk: Desk) -> None:
    before = desk.shelf.decide("run-001", Verdict.PICKED)
    content = (desk.project / before.path).read_bytes()
    gone = desk.shelf.trash("run-001", trashed=True)
    assert gone.path == "takes/.trash/run-001.png"
    assert visible_files(desk.project) == ["takes/run/run-002.png", "takes/run/run-003.png"]
    assert [take.id for take in desk.shelf.takes(trashed=True)] == ["run-001"]
    assert desk.agrees()
    assert desk.shelf.trash("run-001", trashed=False) == before
    assert (desk.project / before.path).read_bytes() == content
    assert desk.agrees()


def test_the_number_of_a_take_in_the_trash_is_not_given_away(desk: Desk) -> None:
    desk.shelf.trash("run-003", trashed=True)
    job = completed("job-4", "run", seed=4)
    assert desk.shelf.store(job, downloaded(desk.shelf, job), RESULT).id == "run-004"


def test_stars_are_kept_and_checked(desk: Desk) -> None:
    assert desk.shelf.rate("run-001", 5).stars == 5
    with pytest.raises(UsageError, match="6 is no number"):
        desk.shelf.rate("run-001", 6)


def test_a_take_that_does_not_exist_is_named_harmlessly(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"There is no take bad\.$"):
        desk.shelf.decide("\x1b[31mbad", Verdict.PICKED)


def test_every_decision_is_undone_and_redone_in_order(desk: Desk) -> None:
    states: list[list[Take]] = [desk.shelf.takes()]
    acts: list[Callable[[], Take]] = [
        lambda: desk.shelf.decide("run-001", Verdict.PICKED),
        lambda: desk.shelf.rate("run-001", 3),
        lambda: desk.shelf.decide("run-002", Verdict.PICKED),
        lambda: desk.shelf.decide("run-001", Verdict.REJECTED),
        lambda: desk.shelf.trash("run-002", trashed=True),
    ]
    for act in acts:
        act()
        states.append(desk.shelf.takes())
    for expected in reversed(states[:-1]):
        assert desk.shelf.undo() is not None
        assert desk.shelf.takes() == expected
        assert desk.agrees()
    assert desk.shelf.undo() is None
    for expected in states[1:]:
        assert desk.shelf.redo() is not None
        assert desk.shelf.takes() == expected
        assert desk.agrees()
    assert desk.shelf.redo() is None


def test_a_new_decision_leaves_nothing_to_redo(desk: Desk) -> None:
    desk.shelf.rate("run-001", 3)
    desk.shelf.undo()
    desk.shelf.rate("run-002", 1)
    assert desk.shelf.redo() is None


def test_deciding_what_was_decided_is_not_remembered(desk: Desk) -> None:
    desk.shelf.decide("run-001", Verdict.REJECTED)
    desk.shelf.decide("run-001", Verdict.REJECTED)
    desk.shelf.undo()
    assert desk.shelf.undo() is None


def test_all_of_this_session_and_a_hundred_before_can_be_undone(desk: Desk) -> None:
    for number in range(130):
        desk.shelf.rate("run-001", 1 + number % 2)
    again = desk.open()
    for number in range(120):
        again.rate("run-002", 1 + number % 2)
    undone = 0
    while again.undo() is not None:
        undone += 1
    assert undone == 220


def test_undo_and_redo_survive_a_restart(desk: Desk) -> None:
    desk.shelf.decide("run-001", Verdict.PICKED)
    undone = desk.open().undo()
    assert undone is not None
    assert undone.verdict is Verdict.UNDECIDED
    redone = desk.open().redo()
    assert redone is not None
    assert redone.pick == "picks/run.png"


ACTS: dict[str, Callable[[FolderShelf], Take | None]] = {
    "pick": lambda shelf: shelf.decide("run-001", Verdict.PICKED),
    "unpick": lambda shelf: shelf.decide("run-002", Verdict.REJECTED),
    "trash a pick": lambda shelf: shelf.trash("run-002", trashed=True),
    "restore a pick": lambda shelf: shelf.trash("run-003", trashed=False),
    "undo": lambda shelf: shelf.undo(),
}


def prepare(desk: Desk) -> None:
    desk.shelf.decide("run-002", Verdict.PICKED)
    desk.shelf.decide("run-003", Verdict.PICKED)
    desk.shelf.trash("run-003", trashed=True)


@pytest.mark.parametrize("no_links", [False, True])
@pytest.mark.parametrize("step", range(10))
@pytest.mark.parametrize("act", ACTS)
def test_a_full_disk_takes_the_whole_decision_back(desk: Desk, act: str, step: int, no_links: bool) -> None:
    prepare(desk)
    before = [desk.shelf.takes(), desk.shelf.takes(trashed=True)]
    history = desk.shelf.last_decisions()
    try:
        ACTS[act](desk.open(FakeDisk(full_at=step, no_links=no_links)))
    except ProjectError as error:
        assert error.happened.startswith("The disk is full")
        desk.open()
        assert [desk.shelf.takes(), desk.shelf.takes(trashed=True)] == before
        assert desk.shelf.last_decisions() == history
    desk.open()
    assert no_links or desk.agrees()


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("step", range(8))
@pytest.mark.parametrize("act", ACTS)
def test_stopping_at_any_step_is_made_good_at_the_next_start(desk: Desk, act: str, step: int, late: bool) -> None:
    prepare(desk)
    with suppress(Stopped):
        ACTS[act](desk.open(FakeDisk(stop_at=step, late=late)))
    decided = desk.open()
    assert decided.unfinished == []
    assert desk.agrees()
    newest = decided.last_decisions()[0]
    assert decided.undo() is not None
    assert desk.agrees()
    assert newest.take in {"run-001", "run-002", "run-003"}


def test_a_pick_whose_take_is_gone_is_refused_and_named(desk: Desk) -> None:
    (desk.project / "takes" / "run" / "run-001.png").unlink()
    with pytest.raises(ProjectError, match=r"run-001\.png is gone"):
        desk.shelf.decide("run-001", Verdict.PICKED)
    take = desk.shelf.take("run-001")
    assert take is not None
    assert take.verdict is Verdict.UNDECIDED
    assert desk.shelf.trash("run-001", trashed=True).trashed


def test_the_last_copy_of_a_picture_is_never_taken_away(desk: Desk) -> None:
    pick = desk.project / desk.shelf.decide("run-001", Verdict.PICKED).pick
    (desk.project / "takes" / "run" / "run-001.png").unlink()
    desk.shelf.trash("run-001", trashed=True)
    assert pick.exists()


@settings(max_examples=30, deadline=None)
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["run-001", "run-002", "run-003"]),
            st.sampled_from([*Verdict, "trash", "restore", "undo", "redo", "restart", 4]),
        ),
        max_size=14,
    )
)
def test_rows_and_files_agree_after_anything(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, Verdict | str | int]]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    for take, act in acts:
        match act:
            case Verdict():
                desk.shelf.decide(take, act)
            case "trash" | "restore":
                desk.shelf.trash(take, trashed=act == "trash")
            case "undo":
                desk.shelf.undo()
            case "redo":
                desk.shelf.redo()
            case "restart":
                desk.open()
            case int():
                desk.shelf.rate(take, act)
        assert desk.agrees()
    while desk.shelf.undo() is not None:
        assert desk.agrees()
    assert all(take.verdict is Verdict.UNDECIDED and take.stars == 0 for take in desk.shelf.takes())
    assert len(desk.shelf.takes()) == 3
    desk.journal.close()
