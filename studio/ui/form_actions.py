"""What an artist does with the whole form: open it, fill the reference slot, lock a seed to its pose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.request import Json
from studio.ui.form_desk import FormDesk
from studio.ui.host import Host
from studio.ui.panes.setting_fields import Kind, SettingRow
from studio.ui.session import Session
from studio.ui.view import View
from studio.workflows.arguments import reference_param
from studio.workflows.entry_check import most_entries

Refer = Callable[[Sequence[str], Callable[[], None]], None]
"""Puts pictures into the reference slot, and calls back when they are read."""


class FormActions:
    """Loaded when first wanted."""

    def __init__(self, session: Session, view: View, host: Host, refer: Refer) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._refer = refer

    def do(self, verb: str) -> None:
        """`all` settings, the `references`, or `lock` the shown take's seed to its pose."""
        if verb == "lock":
            self._lock()
            return
        model = self._session.model
        if model is None:
            self._host.say("This model is not in the catalogue: choose another one.", severity="warning")
        elif verb == "references":
            self._references(model, self._view.model.show_references)
        else:
            self._all(model)

    def _all(self, model: Model) -> None:
        from studio.ui.screens.all_settings import AllSettingsScreen

        desk = FormDesk(self._session, model, self._view.recipe_changed)
        screen = AllSettingsScreen(
            desk,
            lambda row, done: self._open_row(desk, row, done),
            advice=self._advice,
            request=self._request,
            utf8=self._view.utf8,
        )
        self._host.ask(screen, lambda _: None)

    def _open_row(self, desk: FormDesk, row: SettingRow, done: Callable[[], None]) -> None:
        match row.kind:
            case Kind.TEXT | Kind.LINES:
                self._write(desk, row, done)
            case Kind.ENTRIES | Kind.TABLE:
                self._entries(desk, row, done)
            case Kind.PICTURES:
                self._references(desk.model, done)
            case Kind.CHOICE | Kind.SIZE:
                self._choose(desk, row, done)
            case _:
                self._host.say("The studio fills this in itself.")

    def _write(self, desk: FormDesk, row: SettingRow, done: Callable[[], None]) -> None:
        from studio.ui.screens.setting_text import SettingTextScreen
        from studio.workflows.setting_text import value_text

        listed = isinstance(row.value, list) and row.kind is Kind.LINES
        text = "\n".join(map(str, row.value)) if listed and isinstance(row.value, list) else value_text(row.value)
        about = f"{row.about}{' One on each line.' if row.kind is Kind.LINES else ''}\n{row.facts}".strip()

        def keep(written: str) -> None:
            if row.kind is Kind.LINES:
                lines = [line.strip() for line in written.splitlines() if line.strip()]
                desk.put(row.key, list(lines)) if lines else desk.reset(row.key)
            elif not written:
                desk.reset(row.key)
            else:
                desk.type(row.key, written)

        self._host.ask(SettingTextScreen(row.label, about, text, keep), lambda _: done())

    def _entries(self, desk: FormDesk, row: SettingRow, done: Callable[[], None]) -> None:
        from studio.ui.entries_desk import EntriesDesk
        from studio.ui.screens.setting_entries import SettingEntriesScreen
        from studio.ui.screens.setting_text import SettingTextScreen
        from studio.workflows.setting_text import value_text

        if row.param is None:
            return
        character = self._session.project.character

        def put_all(value: Json) -> None:
            if not value and row.param is not None and row.param.role != "lora":
                desk.reset(row.key)
            else:
                desk.put(row.key, value)
            done()

        entries = EntriesDesk(desk.model, row.param, row.value, character, desk.says, put_all)

        def write(field: SettingRow, back: Callable[[], None]) -> None:
            about = f"{field.about}\n{field.facts}".strip()
            screen = SettingTextScreen(
                field.label, about, value_text(field.value), lambda text: entries.type(field.key, text)
            )
            self._host.ask(screen, lambda _: back())

        title = "LoRAs" if row.param.role == "lora" else row.label
        self._host.ask(SettingEntriesScreen(title, desk.model, entries, write), lambda _: done())

    def _choose(self, desk: FormDesk, row: SettingRow, done: Callable[[], None]) -> None:
        from studio.ui.screens.choose import Choice, ChooseScreen

        choices = [Choice(str(at), words, row.facts) for at, words in enumerate(desk.option_words(row))]
        current = next((str(at) for at, (value, _) in enumerate(row.options) if value == row.value), "")

        def chosen(at: str) -> None:
            desk.put(row.key, row.options[int(at)][0])
            done()

        self._host.ask(ChooseScreen(row.label, choices, current), chosen)

    def _references(self, model: Model, done: Callable[[], None]) -> None:
        from studio.ui.screens.reference_slots import Candidate, ReferenceSlotsScreen

        param = reference_param(model)
        if param is None:
            self._host.say(f"{model.title} takes no reference pictures.")
            return
        session, most = self._session, most_entries(model, param) if param.type == "array" else 1
        candidates = [Candidate(one.path, one.role or "reference") for one in session.project.character.references]
        if (take := session.selection.take) is not None:
            candidates.append(Candidate(take.path, f"the shown take, {take.id}"))
        limit = f"{most} at most" if most else "as many as you like"
        screen = ReferenceSlotsScreen(
            f"Reference pictures · {limit}", candidates, [one.path for one in session.references], most
        )
        self._host.ask(screen, lambda paths: self._refer(paths, done))

    def _advice(self) -> str:
        pressing = [entry for entry in self._session.advice() if entry.severity]
        return pressing[0].sentence if pressing else ""

    def _request(self) -> None:
        from studio.ui.screens.request import RequestScreen

        session = self._session
        try:
            plan = session.studio.plan(session.offered_poses()[:1], session.recipe, session.sent_references())
        except UsageError as error:
            self._host.say(f"{error.happened} {error.remedy}".strip(), severity="warning")
            return
        self._host.ask(RequestScreen(plan.jobs[0], self._host.copy), lambda _: None)

    def _lock(self) -> None:
        session = self._session
        take, poses = session.selection.take, session.project.poses
        pose = session.pose
        if pose is None:
            self._host.say("No pose is there yet: n writes one, b takes some from the sets.")
            return
        if pose.seed is not None and (take is None or take.seed in {None, pose.seed}):
            seed, said = None, f"{pose.name} is no longer locked to seed {pose.seed}."
        elif take is None or take.seed is None:
            self._host.say("Show a take with a seed first: # locks its seed to its pose.")
            return
        else:
            seed, said = take.seed, f"{pose.name} keeps seed {take.seed} from now on; # again lets it go."
        changed = [replace(other, seed=seed) if other is pose else other for other in poses]
        session.edit_poses(changed, f"{'locked' if seed is not None else 'unlocked'} the seed of {pose.name}")
        self._view.poses_edited()
        self._view.model.renew()
        self._host.say(said)
