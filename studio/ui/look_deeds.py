"""What every screen that shows takes large can ask for: the shown take, its words, decisions, one more of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.domain import money
from studio.domain.take import Take, Verdict
from studio.ui.generate_actions import GenerateActions
from studio.ui.host import Host
from studio.ui.openers import info_rows
from studio.ui.pictures.source import PictureSource
from studio.ui.session import Session
from studio.ui.take_actions import TakeActions
from studio.ui.view import View
from studio.workflows.take_settings import settings_of

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench

MARKS = {
    Verdict.PICKED: ("✓ picked", "good"),
    Verdict.REJECTED: ("✗ rejected", "bad"),
    Verdict.UNDECIDED: ("undecided", "muted"),
}
"""Words and look of each verdict."""

MAKES = ("again", "same", "final")
"""Verbs that make a picture."""


class LookDeeds:
    """Joins the actions, so that a key does the same in every screen."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self.session: Session = bench.session
        self.view: View = bench.view
        self.host: Host = bench.host
        self.takes: TakeActions = bench.takes
        self.generate: GenerateActions = bench.generate

    @property
    def take(self) -> Take | None:
        """The take that is shown everywhere."""
        return self.session.selection.take

    def current(self, take_id: str) -> Take | None:
        """A take as it is now; None when it went to the trash."""
        return self.session.studio.takes.get(take_id)

    def source(self, take: Take) -> PictureSource:
        """Its picture."""
        return PictureSource.of_take(self.session.project.folder, take)

    def do(self, verb: str) -> None:
        """A verb of the key tables about the shown take: `pick`, `stars-3`, `again`."""
        if verb in MAKES:
            self.generate.do(verb)
        else:
            self.takes.do(verb)

    def do_with(self, take: Take, verb: str) -> None:
        """The same about another take, which is shown then."""
        self.show(take)
        self.do(verb)

    def show(self, take: Take) -> None:
        """Show a take everywhere."""
        if self.take is None or self.take.id != take.id:
            self.takes.show(take.id)

    def page(self, by: int) -> None:
        """The take before or after within the pose."""
        self.takes.page(by)

    def turn(self, by: int) -> None:
        """The pose before or after that has takes."""
        session = self.session
        names = [pose.name for pose in session.project.poses]
        at = names.index(session.selection.pose) if session.selection.pose in names else -1
        following = names[at + 1 :] if by > 0 else names[:at][::-1]
        for name in following:
            if session.studio.takes.counts(name)[1]:
                self._bench.poses.go_to(name)
                return

    def open(self, what: str) -> None:
        """Another screen over this one."""
        self._bench.open(what, None)

    def history(self, verb: str) -> None:
        """`undo` or `redo`."""
        self.host.start(self.takes.undo() if verb == "undo" else self.takes.redo())

    def model(self, take: Take) -> str:
        """The title of its model."""
        model = self.session.studio.catalogue.model(take.endpoint)
        return model.title if model else take.endpoint

    def place(self, take: Take) -> str:
        """`take 3 of 5` of its pose."""
        ids = [other.id for other in self.session.studio.takes.of_pose(take.pose)]
        return f"take {ids.index(take.id) + 1} of {len(ids)}" if take.id in ids else ""

    def cost(self, take: Take) -> str:
        """What it cost: `$0.05`, `~ $0.05` where fal has not billed it, `~ $0.05 sandbox`."""
        if take.billed is not None and not take.sandbox:
            return money.shown(take.billed)
        words = "price unknown" if take.estimate is None else f"~ {money.shown(take.estimate)}"
        return f"{words} sandbox" if take.sandbox else words

    def rows(self, take: Take) -> list[tuple[str, str]]:
        """Everything known about a take, name by name."""
        known = [row for row in info_rows(take) if row[0] != "arguments"]
        more = [row for about in self.session.about_take for row in about(take)]
        return [*known, *more, *settings_of(take, self.session.studio.catalogue.model(take.endpoint))]

    def warnings(self, take: Take) -> Sequence[str]:
        """What should be known before it is picked."""
        return [
            *(["draft"] if take.draft else []),
            *(["blacked out by fal's safety checker"] if take.flagged else []),
        ]
