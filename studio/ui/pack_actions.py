"""The character pack from the screen: plans go through the engine, files are written in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from studio.domain import money
from studio.domain.errors import StudioError, UsageError
from studio.domain.model import Model
from studio.domain.pack import STANDARD, PackView, view_named, view_of_pose
from studio.domain.text import plain, slug
from studio.ui.pictures.source import PictureSource
from studio.ui.state.pack_rows import ViewRow, price_line, standing
from studio.workflows.pack import FIRST_CHOICE, PackWish, own_references, pack_models, pack_plan, with_pack_poses
from studio.workflows.pack_files import MANIFEST, SHEET, pack_state, with_references, write_pack
from studio.workflows.plan import Plan
from studio.workflows.references import LoadedReference, load_reference

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench


class PackActions:
    """Loaded when first wanted. Is the desk of the pack screen."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._session = bench.session
        self._host = bench.host
        self._view = bench.view
        self._model: Model = self._first_model()
        self._wanted: dict[str, bool] = {}
        self._extra: list[PackView] = []
        self._references: tuple[LoadedReference, ...] = ()
        self._plan: Plan | None = None
        self._trouble = ""
        self._planned: object = None
        """The choices the plan was made from."""
        self._written = False

    async def do(self, verb: str) -> None:
        """`open` the pack, `write` it, or show its `sheet`. Raises UsageError when there is nothing to write."""
        match verb:
            case "write":
                await self._write()
            case "sheet":
                self.sheet()
            case _:
                await self._open()

    async def _open(self) -> None:
        from studio.ui.screens.pack import PackScreen

        folder = self._session.project.folder
        self._written = await asyncio.to_thread((folder / "pack" / MANIFEST).is_file)
        try:
            self._references = await self._loaded()
        except StudioError as error:
            self._host.say(f"{error.happened} {error.remedy}".strip(), severity="warning")
        self._renew()
        self._host.ask(PackScreen(self, self._view.darkroom), lambda _: None)

    def rows(self) -> Sequence[ViewRow]:
        """Every view, in order."""
        session = self._session
        state = pack_state(session.project, session.studio.takes)
        picked = {entry.view.stem: entry.take for entry in state.entries}
        rows = []
        for view in self._views():
            takes = session.studio.takes.of_pose(view.pose.name)
            going = session.live.pose(view.pose.name).live > 0
            newest = takes[-1] if takes else None
            wanted = self._wanted.get(view.stem, not takes and not going)
            rows.append(ViewRow(view, wanted, len(takes), going, picked.get(view.stem), newest))
        return rows

    def about(self) -> tuple[str, str, bool]:
        """What the next press costs, how far the pack is, and whether the first is a trouble."""
        self._renew()
        price = price_line(self._plan, self._trouble, self._model)
        return price, standing(self.rows(), self._written), bool(self._trouble)

    def source(self, row: ViewRow) -> PictureSource | None:
        """The picture of a view."""
        take = row.shown
        if take is None or take.flagged:
            return None
        try:
            return PictureSource.of_take(self._session.project.folder, take)
        except OSError:
            return None

    def tick(self, row: ViewRow) -> None:
        """Draw it with the next press, or do not."""
        self._wanted[row.view.stem] = not row.wanted

    def add(self, text: str) -> str:
        """One more view."""
        try:
            view = view_named(text)
        except UsageError as error:
            return f"{error.happened} {error.remedy}".strip()
        if view.stem not in {known.stem for known in self._views()}:
            self._extra.append(view)
        self._wanted[view.stem] = True
        return ""

    def draw(self) -> None:
        """Send what is ticked; the poses of the views join the list, so that their takes are reviewed there."""
        self._renew()
        plan = self._plan
        if plan is None or not plan.jobs:
            self._host.say(self._trouble or "Nothing is ticked.", severity="warning")
            return
        named = {job.pose for job in plan.jobs}
        views = [view for view in self._views() if view.pose.name in named]
        poses = with_pack_poses(self._session.project.poses, views)
        self._session.edit_poses(poses, "the poses of the pack")
        self._view.poses_edited()
        self._wanted = {view.stem: False for view in views}
        # What is ticked again is another plan, with seeds and ids of its own.
        self._planned = None
        self._bench.generate.send(plan, "")

    def choose_model(self) -> None:
        """Choose another model."""
        from studio.ui.screens.choose import Choice, ChooseScreen

        models = pack_models(self._session.studio.catalogue)
        choices = [Choice(model.id, self._model_words(model), model.best_for) for model in models]

        def chosen(model_id: str) -> None:
            self._model = next(model for model in models if model.id == model_id)

        self._host.ask(ChooseScreen("Models that keep the person of a reference", choices, self._model.id), chosen)

    def go_to(self, row: ViewRow) -> None:
        """Show its takes on the main screen."""
        name = row.view.pose.name
        if any(slug(pose.name) == slug(name) for pose in self._session.project.poses):
            self._session.selection.go_to_pose(name)
            self._view.shown_changed()

    def write(self) -> None:
        """Make `pack/` of what is picked."""
        self._host.start(self._write())

    def sheet(self) -> None:
        """Show the turnaround sheet."""
        from studio.ui.screens.picture_page import PicturePage

        path = self._session.project.folder / "pack" / SHEET
        if not path.is_file():
            self._host.say("There is no sheet yet: pick the views, then w writes the pack.")
            return
        self._host.ask(PicturePage(self._view.darkroom, path, f"pack/{SHEET}"), lambda _: None)

    async def _write(self) -> None:
        session = self._session
        project = session.project
        entries = pack_state(project, session.studio.takes).entries
        sheet = await asyncio.to_thread(write_pack, project.folder, project.character, entries)
        session.edit_character(with_references(session.project.character, entries))
        self._view.character.renew()
        self._view.model.show_references()
        self._written = True
        names = ", ".join(entry.view.name for entry in entries)
        self._host.say(plain(f"pack/ holds {names}, all of them references now; the sheet is pack/{sheet.name}."))

    def _views(self) -> list[PackView]:
        found = {view.stem: view for view in STANDARD}
        for pose in self._session.project.poses:
            if (view := view_of_pose(pose)) is not None:
                found[view.stem] = view
        return [*found.values(), *(view for view in self._extra if view.stem not in found)]

    def _renew(self) -> None:
        """Plan anew what is ticked, when something of it has changed; quick, nothing is read."""
        session = self._session
        views = tuple(row.view for row in self.rows() if row.wanted)
        choices = views, self._model, session.project
        if choices == self._planned:
            return
        self._planned = choices
        self._plan, self._trouble = None, ""
        if not views:
            return
        wish = PackWish(self._model, views, self._references)
        try:
            context = session.studio.context()
            self._plan = pack_plan(session.project.character, wish, session.project.settings.recipe, context)
        except StudioError as error:
            self._trouble = f"{error.happened} {error.remedy}".strip()

    async def _loaded(self) -> tuple[LoadedReference, ...]:
        """The pictures the pack is drawn from: the reference slot's, else the character's own, else the shown take."""
        session = self._session
        if session.references:
            return session.references
        folder = session.project.folder
        named = [one.path for one in own_references(session.project.character)]
        take = session.selection.take
        if not named and take is not None:
            named = [take.path]
        return tuple([await asyncio.to_thread(partial(load_reference, folder / path, path)) for path in named])

    def _first_model(self) -> Model:
        chosen = self._session.model
        offered = pack_models(self._session.studio.catalogue)
        if chosen is not None and chosen in offered:
            return chosen
        return next(model for model in offered if model.id == FIRST_CHOICE)

    def _model_words(self, model: Model) -> str:
        amount = model.price.amount
        return f"{model.title}  {model.id}" + (
            "" if amount is None else f"  {money.shown(amount)} per {model.price.unit}"
        )
