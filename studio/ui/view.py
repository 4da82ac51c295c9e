"""What is on the main screen, and how each part is brought up to date when something it shows has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studio.domain import money
from studio.domain.take import Take
from studio.ui.panes.character_pane import CharacterPane
from studio.ui.panes.log_place import LogPlace
from studio.ui.panes.model_pane import ModelPane
from studio.ui.panes.pose_pane import PosePane
from studio.ui.panes.preview_pane import PreviewPane
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier
from studio.ui.session import Session
from studio.ui.state.budget_left import BudgetLeft
from studio.ui.widgets.header_line import HeaderLine, Standing
from studio.ui.widgets.log_lines import LogEntry


class View:
    """Owns the panes. Each method redraws as little as its name says."""

    def __init__(self, session: Session, darkroom: Darkroom, *, utf8: bool = True) -> None:
        self._session = session
        self.darkroom = darkroom
        if session.window.tier in list(Tier):
            darkroom.wish(Tier(session.window.tier))
        self.utf8 = utf8
        self.paid_before = money.ZERO
        """USD paid today before the screen opened; read from the journal after the first frame."""
        self.would_before = money.ZERO
        self.followers: list[Callable[[], None]] = []
        """Called when takes came, were decided or went to the trash, by screens that show many of them."""
        self._left: BudgetLeft | None = None
        self.header = HeaderLine(self._standing(), id="header")
        self.character = CharacterPane(session, id="character")
        self.poses = PosePane(session, utf8=utf8, id="poses")
        self.model = ModelPane(session, utf8=utf8, id="model")
        self.preview = PreviewPane(session, darkroom, id="preview")
        self.log = LogPlace(id="log", empty="Nothing yet. ctrl+g makes the ticked poses.")
        self.log.border_title = "Log"
        self.poses.show_offer(session.offer())

    def everything(self) -> None:
        """After a large change."""
        self.character.renew()
        self.poses.renew()
        self.model.renew()
        self.shown_changed()
        self.offer_changed()
        self.standing_changed()

    def poses_changed(self) -> None:
        """Counts or states of poses."""
        self.poses.update_states()

    def poses_edited(self) -> None:
        """Ticks, names or order."""
        self.poses.renew()
        self.offer_changed()

    def shown_changed(self) -> None:
        """The take that is shown, or its siblings."""
        self.poses.follow()
        self.preview.renew()
        self.model.show_references()
        self._follow()

    def decided(self) -> None:
        """Verdicts or stars."""
        self.poses.update_states()
        self.preview.renew()
        self._follow()

    def recipe_changed(self) -> None:
        """Model or settings, changed outside the form."""
        self.model.renew()
        self.offer_changed()

    def offer_changed(self) -> None:
        """What ctrl+g would do and cost."""
        offer = self._session.offer()
        self.model.show_offer(offer)
        self.poses.show_offer(offer)
        self.preview.refresh_words()

    def standing_changed(self) -> None:
        """Counts and money in the header; what a budget leaves is of weight for the offer too."""
        standing = self._standing()
        if standing.left != self._left:
            self._left = standing.left
            self.offer_changed()
        self.header.use(standing)

    def landed(self, take: Take) -> None:
        """A take is on the disk: small pictures of it are made before anybody looks."""
        self.darkroom.keep_small(PictureSource.of_take(self._session.project.folder, take))

    def logged(self, lines: Sequence[LogEntry]) -> None:
        """New lines of the log."""
        self.log.feed(lines)

    def _follow(self) -> None:
        for follower in tuple(self.followers):
            follower()

    def _standing(self) -> Standing:
        session, live = self._session, self._session.live
        return Standing(
            project=session.project.character.name,
            sandbox=session.studio.sandbox,
            running=live.running,
            queued=live.queued,
            paused=live.paused,
            holding=session.studio.engine.queue.paused,
            today=self.paid_before + live.paid,
            would_cost=self.would_before + live.would_cost,
            session=live.would_cost if session.studio.sandbox else live.paid,
            left=None if session.studio.sandbox else session.budget_left(),
        )
