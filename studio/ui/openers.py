"""Opening the screens that lie over the main one. Each is imported when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widget import Widget

from studio.domain import money
from studio.domain.job import Job
from studio.domain.prompt import FIELDS, TEMPLATE, compose_prompt
from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.host import Host
from studio.ui.panes.helpable import Helpable
from studio.ui.session import Session
from studio.ui.state.log_words import clock
from studio.ui.view import View
from studio.workflows.lora_use import lora_use, with_triggers
from studio.workflows.plan import style_text

if TYPE_CHECKING:
    from studio.ui.places import Places
    from studio.workflows.coach.advice import Advice


LONGEST = 40_000
"""Characters of a prompt that are shown."""


class Openers:
    """Opens a screen by its word and does what its answer says."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self.explain: Callable[[Job], None] = lambda job: None
        """Opens the card of a failed job; the workbench sets it."""

    def open(self, what: str, focused: Widget | None) -> None:
        """One of: help, info, ledger, models, prompt, queue, settings."""
        match what:
            case "help":
                self._help(focused)
            case "ledger":
                from studio.ui.ledger_opener import open_ledger

                open_ledger(self._session, self._host)
            case "models":
                self._models()
            case "prompt":
                self._prompt()
            case "queue":
                self._queue()
            case "settings":
                self._settings()
            case _:
                take = self._session.selection.take
                if take is None:
                    self._host.say("No take is shown yet: ctrl+g makes some.")
                else:
                    self._info(take)

    def jump(self, places: Places) -> None:
        """Letters over the panes."""
        from studio.ui.places import JUMPS
        from studio.ui.screens.jump import JumpOverlay

        self._host.ask(JumpOverlay(places.jumps()), lambda key: places.show(JUMPS[key], focus=True))

    def _help(self, focused: Widget | None) -> None:
        from studio.ui.screens.help import HelpScreen

        nodes = focused.ancestors_with_self if focused else []
        pane = next((node for node in nodes if isinstance(node, Helpable)), self._view.poses)
        self._host.ask(HelpScreen(pane.help_title, pane.help_text, self._host.keys_of(focused)), lambda _: None)

    def _models(self) -> None:
        from studio.ui.screens.model_picker import ModelPickerScreen
        from studio.workflows.finding import FalList
        from studio.workflows.model_offers import model_offers

        session = self._session

        def chosen(model_id: str) -> None:
            session.choose_model(model_id)
            self._view.recipe_changed()

        self._host.ask(
            ModelPickerScreen(
                lambda: model_offers(session.studio, session.recipe, session.references),
                session.recipe.model,
                FalList(session.studio),
            ),
            chosen,
        )

    def _prompt(self) -> None:
        from studio.ui.coach_words import advice_on_words, mend
        from studio.ui.screens.prompt import PromptScreen

        session, pose = self._session, self._session.pose
        if pose is None:
            self._host.say("No pose is there yet: n writes one, b takes some from the sets.")
            return

        def preview(template: str) -> str:
            character = replace(session.project.character, template=template)
            prompt = compose_prompt(character, pose, style_text(character, session.studio.presets.styles))
            if session.model is not None:
                use = lora_use(character, session.model, session.recipe, lambda path: path)
                prompt = with_triggers(prompt, use.triggers)
            return plain(prompt.text, limit=LONGEST)

        def kept(template: str) -> None:
            session.edit_character(replace(session.project.character, template=template))
            self._view.offer_changed()

        def coach(template: str) -> list[Advice]:
            return advice_on_words(session, replace(session.project.character, template=template), (pose,))

        def mended(advice: Advice) -> None:
            mend(session, advice)
            self._view.everything()

        template = session.project.character.template
        self._host.ask(PromptScreen(plain(pose.name), template, TEMPLATE, FIELDS, preview, coach, mended), kept)

    def _queue(self) -> None:
        from studio.ui.screens.queue import QueueScreen

        studio = self._session.studio
        faults = self._session.live
        self._host.ask(QueueScreen(studio.engine.queue, studio.resume, lambda: faults.faults), self.explain)

    def _settings(self) -> None:
        from studio.ui.screens.settings import SettingsAnswer, SettingsScreen

        session = self._session

        def kept(answer: SettingsAnswer) -> None:
            session.edit_settings(replace(session.project, settings=answer.settings))
            self._host.use_settings(answer.settings, answer.key)

        source = session.studio.key_source or "none"
        self._host.ask(SettingsScreen(session.project.settings, self._host.theme_names, source), kept)

    def _info(self, take: Take) -> None:
        from studio.ui.screens.info import InfoScreen

        self._host.ask(InfoScreen(take.id, info_rows(take), take.prompt), lambda _: None)


def info_rows(take: Take) -> list[tuple[str, str]]:
    """What a take was made from, name by name."""
    rows = [
        ("pose", take.pose),
        ("model", take.endpoint),
        ("seed", "none" if take.seed is None else str(take.seed)),
        ("size", f"{take.width}×{take.height}"),
        ("made", clock(take.created)),
        ("verdict", f"{take.verdict} {'★' * take.stars}".strip()),
        ("estimate", money.shown(take.estimate)),
        ("billed", "nothing: sandbox" if take.sandbox else money.shown(take.billed)),
        ("request", take.request_id),
        ("file", take.path),
        ("pick", take.pick),
        ("arguments", take.arguments),
    ]
    return [(name, value) for name, value in rows if value]
