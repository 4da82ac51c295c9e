"""The character's references from the screen: edits go through the session, looks at files into threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from studio.config.project_references import bring_back, put_away
from studio.domain.character import Character, Reference
from studio.domain.errors import StudioError
from studio.domain.take import Take, Verdict
from studio.domain.text import plain
from studio.ui.host import Host
from studio.ui.pictures.source import PictureSource
from studio.ui.session import Session
from studio.ui.view import View
from studio.workflows.reference_list import Looked, look_at, moved, taken_in, with_reference, without_reference


class RefsActions:
    """Loaded when first wanted. Is the shelf of the reference screen."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._renew: Callable[[str], None] = lambda path: None
        """Shows the list anew, the cursor on the reference of that path; where it was when there is none."""
        self._looked: dict[Reference, Looked] = {}
        self._away: list[tuple[Reference, int, str]] = []
        """What was put away: the reference, its place, where its file lies now."""

    async def do(self, verb: str) -> None:
        """`open` the list, or `add` the shown take to it."""
        if verb == "add":
            self.add_take()
            return
        from studio.ui.screens.references import ReferencesScreen

        screen = ReferencesScreen(self, self._view.darkroom)

        def renew(path: str) -> None:
            if screen.is_attached:
                screen.renew(path)

        self._renew = renew
        self._host.ask(screen, lambda _: None)
        self._host.start(self._look())

    def listed(self) -> Sequence[Reference]:
        """The references in their order."""
        return self._session.project.character.references

    def looked(self, reference: Reference) -> Looked | None:
        """What was seen of one; None before it was looked at."""
        return self._looked.get(reference)

    def source(self, reference: Reference) -> PictureSource | None:
        """Its picture, if it is there."""
        try:
            return PictureSource.of(self._session.project.folder / reference.path)
        except OSError:
            return None

    def add(self, text: str) -> None:
        """Take in the file, or the files, of typed or pasted paths."""
        from studio.ui.screens.references import paths_of

        self._host.start(self._take_in([(path, "") for path in paths_of(text, Path.cwd())]))

    def add_take(self) -> None:
        """Take in the shown take."""
        take = self._session.selection.take
        if take is None:
            self._host.say("No take is shown yet: ctrl+g makes some.")
        else:
            self._host.start(self._take_in([(self._session.studio.path(take), take.id)]))

    def add_pick(self) -> None:
        """Choose one of the picked takes and take it in."""
        self._host.start(self._choose_pick())

    async def _choose_pick(self) -> None:
        from studio.ui.screens.choose import Choice, ChooseScreen

        desk = self._session.studio.engine.desk
        picked = [take for take in await desk.hands(desk.shelf.takes) if take.verdict is Verdict.PICKED]
        if not picked:
            self._host.say("Nothing is picked yet: p picks the shown take.")
            return
        choices = [Choice(take.id, take.id, _pick_words(take)) for take in reversed(picked)]

        def chosen(take_id: str) -> None:
            take = self._session.studio.takes.get(take_id)
            if take is not None:
                self._host.start(self._take_in([(self._session.studio.path(take), take.id)]))

        self._host.ask(ChooseScreen("A pick as a reference", choices), chosen)

    def give_role(self, reference: Reference, role: str) -> None:
        """Say what one shows."""
        character = self._session.project.character
        listed = tuple(replace(one, role=role) if one == reference else one for one in character.references)
        self._keep(replace(character, references=listed))
        self._host.start(self._look())

    def move(self, reference: Reference, by: int) -> None:
        """Put one further down, or up."""
        self._keep(moved(self._session.project.character, reference.path, by))
        self._renew("")

    def remove(self, reference: Reference) -> None:
        """Put one away; its file goes to the folder's trash when it lies in `references/`."""
        self._host.start(self._remove(reference))

    def undo(self) -> None:
        """Bring back what was put away last."""
        if self._away:
            self._host.start(self._bring_back(*self._away.pop()))
        else:
            self._host.say("Nothing was put away since this list was opened.")

    async def _take_in(self, sources: Sequence[tuple[Path, str]]) -> None:
        troubles = []
        for path, name in sources:
            before = self._session.project.character
            try:
                after = await asyncio.to_thread(partial(taken_in, self._session.project.folder, before, path, "", name))
            except StudioError as error:
                troubles.append(f"{error.happened} {error.remedy}".strip())
                continue
            new = [one for one in after.references if one not in before.references]
            known = after.references == before.references
            for one in new:
                # The character may have been edited while the file was copied.
                self._keep(with_reference(self._session.project.character, one))
            named = f"{path.name} is a reference already." if known else f"{new[0].path} is a reference now."
            self._host.say(plain(named))
            if new:
                self._renew(new[-1].path)
        for trouble in troubles:
            self._host.say(trouble, severity="warning")
        await self._look()

    async def _remove(self, reference: Reference) -> None:
        character = self._session.project.character
        if reference not in character.references:
            return  # a key that repeats: it is away already
        at = character.references.index(reference)
        self._keep(without_reference(character, reference.path))
        self._renew("")
        trashed = await asyncio.to_thread(put_away, self._session.project.folder, reference.path)
        self._away.append((reference, at, trashed))
        where = f"its file is kept as {trashed}" if trashed else "its file stays where it is"
        self._host.say(f"{reference.path} is no reference any more; {where}. ctrl+z brings it back.")

    async def _bring_back(self, reference: Reference, at: int, trashed: str) -> None:
        if trashed:
            await asyncio.to_thread(bring_back, self._session.project.folder, reference.path, trashed)
        character = with_reference(self._session.project.character, reference)
        self._keep(moved(character, reference.path, at - len(character.references) + 1))
        await self._look()

    async def _look(self) -> None:
        """Look at every reference again, in a thread; the list stands there meanwhile."""
        self._renew("")
        listed = tuple(self.listed())
        looked = await asyncio.to_thread(look_at, self._session.project.folder, listed)
        self._looked = dict(zip(listed, looked, strict=True))
        self._renew("")

    def _keep(self, character: Character) -> None:
        self._session.edit_character(character)
        self._view.character.renew()
        self._view.model.show_references()
        self._view.offer_changed()


def _pick_words(take: Take) -> str:
    return f"{take.pose}, {take.width}×{take.height} {'★' * take.stars}".strip()
