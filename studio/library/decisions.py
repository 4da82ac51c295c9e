"""What the artist decides about takes, with undo and redo, safe against stopping between the row and the file."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from studio.domain.errors import ProjectError, UsageError
from studio.domain.take import Take, Verdict
from studio.domain.text import plain
from studio.library import take_rows
from studio.library.database import Database, text_for_sqlite
from studio.library.disk import Disk, trouble
from studio.library.picks import PickFolder

REMEMBERED = 100
"""Decisions of earlier sessions that can be taken back; those of this session all can."""

TRIES = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """What a decision is about: verdict, stars, whether it is in the trash, and the name in `picks/`."""

    verdict: Verdict
    stars: int
    trashed: bool
    pick: str = ""

    @property
    def wants_pick(self) -> bool:
        """True when the take has to have a name in `picks/`."""
        return self.verdict is Verdict.PICKED and not self.trashed

    def text(self) -> str:
        """The mark as the database keeps it."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Mark:
        """The mark of a text made by `text`."""
        kept: dict[str, Any] = json.loads(text)
        return cls(Verdict(kept["verdict"]), kept["stars"], kept["trashed"], kept["pick"])

    @classmethod
    def of(cls, row: sqlite3.Row) -> Mark:
        """The mark a take has now."""
        return cls(Verdict(row["verdict"]), row["stars"], bool(row["trashed"]), row["pick"])


@dataclass(frozen=True, slots=True)
class Decision:
    """One remembered decision; `at` is seconds since the epoch."""

    take: str
    at: float
    before: Mark
    after: Mark
    undone: bool


@dataclass(frozen=True, slots=True)
class Step:
    """How a change goes into the memory: `decide`, `undo` or `redo` of a decision, or `mend`, which leaves no trace."""

    name: str
    decision: int | None = None


class Decisions:
    """Changes marks. A change whose files could not follow is taken back whole.

    What is left to do with files is an errand in the same transaction as the row, so a stop in between is made good
    by `finish` at the next start. Raises UsageError for an unknown take, ProjectError when the disk refuses.
    """

    def __init__(self, project: Path, database: Database, disk: Disk, now: Callable[[], float] = time.time) -> None:
        self._project = project
        self._database = database
        self._files = PickFolder(project, disk)
        self._now = now
        oldest = database.row(
            "SELECT seq FROM decision WHERE undone = 0 ORDER BY seq DESC LIMIT 1 OFFSET ?", (REMEMBERED,)
        )
        self._floor: int = oldest["seq"] if oldest else 0

    def change(self, take_id: str, verdict: Verdict | None = None, **changes: Any) -> Take:
        """Decide something about a take, and remember it unless it was so before."""
        if verdict is not None:
            changes["verdict"] = verdict
        return self._apply(take_id, lambda mark: replace(mark, **changes), Step("decide"))

    def undo(self) -> Take | None:
        """Take back the last decision; None when there is none left."""
        row = self._database.row(
            "SELECT * FROM decision WHERE undone = 0 AND seq > ? ORDER BY seq DESC LIMIT 1", (self._floor,)
        )
        return self._repeat(row, "before", "undo") if row else None

    def redo(self) -> Take | None:
        """Decide again what was taken back last; None when there is nothing."""
        row = self._database.row("SELECT * FROM decision WHERE undone = 1 ORDER BY seq LIMIT 1")
        return self._repeat(row, "after", "redo") if row else None

    def last(self, limit: int = REMEMBERED) -> list[Decision]:
        """The newest decisions first, those taken back among them."""
        rows = self._database.rows("SELECT * FROM decision ORDER BY seq DESC LIMIT ?", (limit,))
        return [
            Decision(row["take"], row["at"], Mark.read(row["before"]), Mark.read(row["after"]), bool(row["undone"]))
            for row in rows
        ]

    def finish(self) -> list[ProjectError]:
        """Do the file work that a stop left undone; what still cannot be done is told and kept for the next time."""
        problems: list[ProjectError] = []
        for errand in self._database.rows("SELECT seq FROM errand ORDER BY seq"):
            try:
                self._carry_out(errand["seq"])
            except OSError as error:
                problems.append(trouble(error, "an earlier decision could not be finished", self._project))
        return problems

    def _repeat(self, row: sqlite3.Row, side: str, name: str) -> Take:
        wanted = Mark.read(row[side])
        return self._apply(row["take"], lambda _: wanted, Step(name, row["seq"]))

    def _apply(self, take_id: str, wish: Callable[[Mark], Mark], step: Step) -> Take:
        with self._database.transaction() as connection:
            row = _row(connection, take_id)
            before = Mark.of(row)
            wanted = wish(before)
            pick = self._files.free_name(connection, row, wanted.pick) if wanted.wants_pick else ""
            after = replace(wanted, pick=pick)
            _set_mark(connection, take_id, after)
            seq = None
            if after.wants_pick or (before.pick, before.trashed) != (after.pick, after.trashed):
                seq = _add_errand(connection, take_id, self._now(), before, after, step)
            else:
                _remember(connection, take_id, self._now(), before, after, step)
        if seq is not None:
            try:
                self._carry_out(seq)
            except OSError as error:
                self._take_back(seq)
                raise trouble(error, f"the decision about {plain(take_id)} could not be kept", self._project) from error
        return take_rows.take_of(self._current(take_id))

    def _carry_out(self, seq: int) -> None:
        errand = self._database.row("SELECT * FROM errand WHERE seq = ?", (seq,))
        if errand is None:  # another studio on the same project was quicker
            return
        before = Mark.read(errand["before"])
        row = self._current(errand["take"])
        self._files.move(row)
        if before.pick and before.pick != row["pick"]:
            self._files.unpick(row, before.pick)
        for _ in range(TRIES):
            if not row["pick"] or self._files.pick(row):
                break
            row = self._choose_again(row)
        with self._database.transaction() as connection:
            after = Mark.of(row)
            step = Step(errand["step"], errand["decision"])
            if connection.execute("DELETE FROM errand WHERE seq = ?", (seq,)).rowcount:
                _remember(connection, errand["take"], errand["at"], before, after, step)

    def _choose_again(self, row: sqlite3.Row) -> sqlite3.Row:
        with self._database.transaction() as connection:
            pick = self._files.free_name(connection, row)
            connection.execute("UPDATE take SET pick = ? WHERE id = ?", (pick, row["id"]))
        return self._current(row["id"])

    def _take_back(self, seq: int) -> None:
        """Turn an errand round, so that row and files are again as they were."""
        with self._database.transaction() as connection:
            errand = connection.execute("SELECT * FROM errand WHERE seq = ?", (seq,)).fetchone()
            reached = Mark.of(_row(connection, errand["take"]))
            _set_mark(connection, errand["take"], Mark.read(errand["before"]))
            connection.execute(
                "UPDATE errand SET before = ?, after = ?, step = 'mend' WHERE seq = ?",
                (reached.text(), errand["before"], seq),
            )
        # What cannot be turned round now is an errand of the next start.
        self.finish()

    def _current(self, take_id: str) -> sqlite3.Row:
        row = self._database.row(f"{take_rows.SELECT} WHERE id = ?", (text_for_sqlite(take_id),))
        if row is None:
            raise UsageError(f"There is no take {plain(take_id)}.", "studio takes lists what there is.")
        return row


def _row(connection: sqlite3.Connection, take_id: str) -> sqlite3.Row:
    there = f"{take_rows.SELECT} WHERE id = ? AND placed AND trashed <> {take_rows.GONE}"
    found = connection.execute(there, (text_for_sqlite(take_id),)).fetchone()
    if not isinstance(found, sqlite3.Row):
        raise UsageError(f"There is no take {plain(take_id)}.", "studio takes lists what there is.")
    return found


def _set_mark(connection: sqlite3.Connection, take_id: str, mark: Mark) -> None:
    connection.execute(
        "UPDATE take SET verdict = ?, stars = ?, trashed = ?, pick = ? WHERE id = ?",
        (mark.verdict.value, mark.stars, int(mark.trashed), mark.pick, take_id),
    )


def _add_errand(connection: sqlite3.Connection, take_id: str, at: float, before: Mark, after: Mark, step: Step) -> int:
    cursor = connection.execute(
        "INSERT INTO errand (take, at, before, after, step, decision) VALUES (?, ?, ?, ?, ?, ?)",
        (take_id, at, before.text(), after.text(), step.name, step.decision),
    )
    return int(cursor.lastrowid or 0)


def _remember(connection: sqlite3.Connection, take_id: str, at: float, before: Mark, after: Mark, step: Step) -> None:
    match step.name:
        case "undo" | "redo":
            connection.execute(
                "UPDATE decision SET undone = ? WHERE seq = ?", (int(step.name == "undo"), step.decision)
            )
        case "decide" if before != after:
            # Deciding something new leaves nothing to do again.
            connection.execute("DELETE FROM decision WHERE undone = 1")
            connection.execute(
                "INSERT INTO decision (take, at, before, after) VALUES (?, ?, ?, ?)",
                (take_id, at, before.text(), after.text()),
            )
