"""One line of undo for two kinds of deeds: decisions on takes, which the library remembers, and edits of the poses."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.pose import Pose


@dataclass(frozen=True, slots=True)
class PoseEdit:
    """The pose list before and after an edit, and the words for it: `deleted running`."""

    words: str
    before: tuple[Pose, ...]
    after: tuple[Pose, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Decisions on takes that were made with one key; the library knows which, `steps` says how many."""

    steps: int = 1


Deed = PoseEdit | Decision


class UndoLine:
    """Deeds of this run, newest last. When it is empty the library may still know decisions of earlier runs."""

    def __init__(self) -> None:
        self._done: list[Deed] = []
        self._undone: list[Deed] = []

    def did(self, deed: Deed) -> None:
        """Something new was done; what was undone before is gone."""
        self._done.append(deed)
        self._undone.clear()

    def undo(self) -> Deed:
        """The deed to take back now. A Decision when nothing of this run is left."""
        deed = self._done.pop() if self._done else Decision()
        self._undone.append(deed)
        return deed

    def nothing_undone(self) -> None:
        """The library had no decision to take back, so there is none to do again either."""
        self._undone.pop()

    def nothing_redone(self) -> None:
        """The library had no decision to do again, so there is none to take back either."""
        self._done.pop()

    def redo(self) -> Deed:
        """The deed to do again now. A Decision when nothing of this run was undone."""
        deed = self._undone.pop() if self._undone else Decision()
        self._done.append(deed)
        return deed
