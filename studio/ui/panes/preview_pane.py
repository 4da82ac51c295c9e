"""The pane of the shown take: its picture, its title in the frame, what went wrong, and the strip of its siblings."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region

from studio.domain.model import Model
from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.later import Later
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.session import Session
from studio.ui.state.failure_card import card_of
from studio.ui.state.live import FAULTS
from studio.ui.widgets.run_line import Run, RunLine, escaped
from studio.ui.widgets.take_strip import TakeStrip

STAYED = 0.2
"""Seconds a take is shown before the journal is asked what one more of it costs."""


class PreviewWords(RunLine):
    """Stands where the picture would be: what to do next, or what went wrong and what helps."""

    DEFAULT_CSS = """
    PreviewWords { height: 1fr; width: 1fr; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """The sentences in the middle."""
        lines = self._words()
        broken = [Run(part, look) for text, look in lines for part in (wrap(text, max(20, min(64, width - 4))) or [""])]
        above = max(0, (self.content_size.height - len(broken)) // 2)
        centred = [[Run(" " * max(0, (width - len(run.text)) // 2)), run] for run in broken]
        return [*([] for _ in range(above)), *centred]

    def _words(self) -> list[tuple[str, str]]:
        session = self._session
        if session.pose is None:
            return [("No pose yet", "strong"), ("", ""), ("n writes one, b takes some from the sets.", "muted")]
        state = session.live.pose(session.pose.name)
        if state.phase in FAULTS and state.job and state.job.failure:
            card = card_of(state.job)
            told = [(card.title, "bad"), ("", ""), (plain(card.happened), ""), (plain(card.advice), "muted")]
            return [*told, (plain(card.money), "muted"), ("", ""), ("! shows what helps", "muted")]
        if state.live:
            return [(state.words(), "accent"), ("", ""), ("The picture comes here by itself.", "muted")]
        offer = session.offer()
        next_step = offer.trouble or f"ctrl+g makes {offer.words()}  {offer.price()}"
        look = "warn" if offer.trouble else "muted"
        words = [(f"{session.pose.name} has no take yet", "strong"), ("", ""), (next_step, look)]
        if session.studio.sandbox and not session.studio.key_source:
            words += [("", ""), ("Drawn by the built-in sandbox, for nothing; F2 takes your fal key.", "muted")]
        return words


class PreviewPane(Vertical):
    """The picture before stays until the next one is complete; neighbours are prepared ahead."""

    help_title = "Preview"
    help_text = (
        "The take you look at. p picks it and x rejects it, both go on to the next take of the pose; u takes that "
        "back; digits give stars; space is the loupe; [ and ] page. r makes one more with a new seed, R with the same, "
        "f the final of a draft; what that costs stands beside the strip. s uses its seed, a all its settings, i shows "
        "its recipe, d puts it into the trash, o opens its folder, O a viewer.\n\n"
        "m marks takes: c compares them side by side, n surveys them large. C goes pose by pose to the best of each. "
        "In the strip ✓ is picked, ✗ rejected, ● the one you look at, ◆ marked, ★ its stars, ! blacked out by fal. "
        "New takes are added at its end and never move what you look at."
    )

    def __init__(self, session: Session, darkroom: Darkroom, **options: Any) -> None:
        super().__init__(**options)
        self._session = session
        self.picture = PictureView(darkroom, empty="", id="picture")
        self.words = PreviewWords(session)
        self._titles = ("", "")
        self._entitling = False
        self.strip = TakeStrip(id="strip")

    def compose(self) -> ComposeResult:
        """Picture, words in its place, strip."""
        yield self.picture
        yield self.words
        yield self.strip

    def on_mount(self) -> None:
        """What was shown last."""
        self.renew()

    def renew(self) -> None:
        """Another take, other siblings, another verdict."""
        session = self._session
        take = session.selection.take
        self._entitle(title_of(session), self._below())
        live = session.live.pose(session.selection.pose).live
        self.strip.use(session.selection.of_pose(), take.id if take else "", live, session.marks.ids)
        self._say_price(take)
        self.picture.display = take is not None
        self.words.display = take is None
        self.words.refresh()
        if take is None:
            self.picture.clear()
            return
        source = self._source(take)
        if self.picture.source != source and not self._covered():
            came_from = self.picture.source
            self.picture.show(source)
            self.picture.prefetch(*self._near(take, came_from.key if came_from else ""))

    def _near(self, take: Take, came_from: str) -> list[PictureSource]:
        """What will probably be looked at next: two takes on in the direction of travel, then the one behind."""
        takes = self._session.studio.takes
        after = takes.neighbour(take.id, 1)
        ahead = -1 if after is not None and after.id == came_from else 1
        near = [takes.neighbour(take.id, by) for by in (ahead, 2 * ahead, -ahead)]
        return [self._source(other) for other in near if other is not None]

    def _covered(self) -> bool:
        """Whether a screen lies over the whole of this one: a picture would be sent for nobody. It is shown when the
        screen comes back.
        """
        over = self.app.screen_stack[self.app.screen_stack.index(self.screen) + 1 :]
        return any(screen.styles.background.a == 1 for screen in over)

    def _say_price(self, take: Take | None) -> None:
        """What one more costs is looked up when a take is stayed with."""
        known = self._session.again_prices.known(take) if take else None
        self.strip.remark(*((known.words(), known.short()) if known else ()))
        if take is not None and known is None:

            async def learn() -> None:
                await asyncio.sleep(STAYED)
                offer = await self._session.again_prices.learn(take)
                if self._session.selection.take == take:
                    self.strip.remark(offer.words(), offer.short())

            self.run_worker(Later(learn), group="price", exclusive=True, exit_on_error=False)

    def on_click(self, event: events.Click) -> None:
        """A click on the picture is the loupe."""
        if event.widget is not self.strip and self.picture.display:
            event.stop()
            self.call_later(self.run_action, "screen.open('loupe')")

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel pages through the takes."""
        event.stop()
        self.strip.action_step(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel pages through the takes."""
        event.stop()
        self.strip.action_step(-1)

    def show_again(self) -> None:
        """Pictures are sent in another way from now on."""
        self.picture.show(self.picture.source)

    def on_picture_view_shown(self, event: PictureView.Shown) -> None:
        """Say how the picture came, where that takes a while."""
        self._entitle(self._titles[0], self._below())

    def on_picture_view_refined(self, event: PictureView.Refined) -> None:
        """The same of the finer one."""
        self._entitle(self._titles[0], self._below())

    def refresh_words(self) -> None:
        """The price or the progress is another one."""
        if self.words.display:
            self.words.refresh()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> PreviewPane:
        """Other titles repaint the frame alone: a picture is the largest thing on the screen."""
        if self._entitling:
            width, height = self.outer_size
            corner = -self.content_offset
            regions = tuple(Region(0, y, width, 1).translate(corner) for y in (0, height - 1))
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _entitle(self, above: str, below: str) -> None:
        if (above, below) == self._titles:
            return
        self._titles = (above, below)
        self._entitling = True
        self.border_title, self.border_subtitle = above, below
        self._entitling = False

    def _below(self) -> str:
        take, shown = self._session.selection.take, self.picture.shown
        came = self.picture.darkroom.seen_words(shown.tier) if shown else ""
        return " · ".join(part for part in (marks_of(take), came) if part) if take else ""

    def _source(self, take: Take) -> PictureSource:
        return PictureSource.of_take(self._session.project.folder, take)


def title_of(session: Session) -> str:
    """`hero-stance · take 3 of 5 · seed 184467 · FLUX.2 [flex] · 35 steps`."""
    take = session.selection.take
    if take is None:
        return escaped(session.selection.pose) or "Preview"
    parts = [take.pose, f"take {session.selection.number()} of {len(session.selection.of_pose())}"]
    if take.seed is not None:
        parts.append(f"seed {take.seed}")
    model = session.studio.catalogue.model(take.endpoint)
    parts.append(model.title if model else take.endpoint)
    if (steps := steps_of(take, model)) is not None:
        parts.append(f"{steps} steps")
    if take.draft:
        parts.append("draft")
    return escaped(" · ".join(parts))


def marks_of(take: Take) -> str:
    """Verdict, stars, size, and what should be known about it."""
    parts = [str(take.verdict), "★" * take.stars, f"{take.width}×{take.height}"]
    parts += ["sandbox" if take.sandbox else "", "blacked out by fal's safety checker" if take.flagged else ""]
    return escaped(" · ".join(part for part in parts if part))


def steps_of(take: Take, model: Model | None) -> int | None:
    """The steps that were sent for a take, where its model has them."""
    param = model.role("steps") if model else None
    value = json.loads(take.arguments).get(param.name) if param else None
    return value if isinstance(value, int) else None
