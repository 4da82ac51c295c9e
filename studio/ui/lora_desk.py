"""The desk of the dataset page: what is chosen there, kept as it is done; slow work in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from studio.domain.character import Lora
from studio.domain.dataset import FOLDER, DatasetItem
from studio.domain.errors import UsageError
from studio.domain.price import Estimate
from studio.domain.request import Json
from studio.domain.trigger import trigger_trouble
from studio.ui.pictures.source import PictureSource
from studio.workflows.dataset import leave_out, write_caption
from studio.workflows.dataset_desk import Examined, built_and_examined, examined, trigger_word
from studio.workflows.lora_trainers import TrainingWish, form_params, trainer_of, trainers
from studio.workflows.plan import Plan
from studio.workflows.training import pack_archive, refuse_broken, trained_before, training_plan, training_price
from studio.workflows.under_way import under_way

if TYPE_CHECKING:
    from studio.ui.screens.dataset import DatasetScreen
    from studio.ui.workbench import Workbench


class LoraDesk:
    """Made anew each time the page is opened; what it wrote lies in `dataset/`."""

    def __init__(self, bench: Workbench, use: Callable[[], None], proof: Callable[[], None]) -> None:
        self._session = bench.session
        self._host = bench.host
        self._view = bench.view
        self.use, self.proof = use, proof
        self.screen: DatasetScreen | None = None
        model = trainers(self._session.studio.catalogue)[0]
        project = self._session.project
        self._wish = TrainingWish(model, trigger_word(project, project.folder), trainer_of(model).steps)
        self._examined: Examined | None = None
        self._turn = asyncio.Lock()
        self._asking = False

    @property
    def wish(self) -> TrainingWish:
        """What would be trained."""
        return self._wish

    @property
    def examined(self) -> Examined | None:
        """The set and the doctor's words; None while they are being made."""
        return self._examined

    def price(self) -> tuple[Estimate | None, str]:
        """What it would cost, or why it cannot be said."""
        try:
            return training_price(self._wish), ""
        except UsageError as error:
            return None, f"{error.happened} {error.remedy}".strip()

    def loras(self) -> Sequence[Lora]:
        """The character's LoRAs."""
        return self._session.project.character.loras

    def source(self, item: DatasetItem) -> PictureSource | None:
        """The picture of the set."""
        try:
            return PictureSource.of(self._session.project.folder / FOLDER / item.file) if item.file else None
        except OSError:
            return None

    def value(self, what: str) -> str:
        """The text that a line for typing begins with."""
        match what:
            case "trigger":
                return self._wish.trigger
            case "steps":
                return str(self._wish.steps)
            case _:
                known = self._wish.values.get(what)
                return "" if known is None else str(known)

    def typed(self, what: str, text: str, item: DatasetItem | None) -> None:
        """Something was typed: a caption, the trigger, the steps, or a setting of the trainer."""
        match what:
            case "caption":
                if item is not None:
                    self._host.start(self._captioned(item, text))
            case "trigger":
                if trouble := trigger_trouble(text):
                    self._host.say(trouble, severity="warning")
                else:
                    self._wish = replace(self._wish, trigger=text)
                    self._host.start(self.build())
            case "steps":
                if text.isascii() and text.isdigit() and int(text):
                    self._wish = replace(self._wish, steps=int(text))
                else:
                    self._host.say(f"{text or 'Nothing'} is no number of steps.", severity="warning")
                self._renew()
            case _:
                self._set(what, text)

    def leave_out(self, item: DatasetItem) -> None:
        """Take it out of the set, or in again."""
        self._host.start(self._left_out(item))

    def choose_trainer(self) -> None:
        """Choose another trainer, each with its own form."""
        from studio.ui.screens.choose import Choice, ChooseScreen

        models = trainers(self._session.studio.catalogue)
        choices = [
            Choice(model.id, f"{model.title}  {model.id}", f"{model.best_for} {' '.join(model.price.rules)}")
            for model in models
        ]

        def chosen(model_id: str) -> None:
            model = next(model for model in models if model.id == model_id)
            self._wish = TrainingWish(model, self._wish.trigger, trainer_of(model).steps)
            self._host.start(self.examine())

        self._host.ask(ChooseScreen("Trainers", choices, self._wish.trainer.id), chosen)

    def choose_setting(self) -> None:
        """Choose one of the trainer's other settings: switches turn over, the rest is typed."""
        from studio.ui.screens.choose import Choice, ChooseScreen

        params = {param.name: param for param in form_params(self._wish.trainer)}
        values = {name: self._wish.values.get(name, param.default) for name, param in params.items()}
        choices = [Choice(name, f"{name}  {values[name]}", param.about) for name, param in params.items()]

        def chosen(name: str) -> None:
            if params[name].type == "boolean":
                self._put(name, not values[name])
            elif self.screen is not None:
                self.screen.ask_for(name)

        self._host.ask(ChooseScreen(f"Settings of {self._wish.trainer.title}", choices), chosen)

    def show_remarks(self) -> None:
        """Everything the doctor says, whole."""
        from studio.ui.screens.doctor import DoctorScreen

        if self._examined is not None:
            self._host.ask(DoctorScreen(self._examined.diagnosis.remarks), lambda _: None)

    def train(self) -> None:
        """Refuse a broken set, else ask and train. While that is being done the key means nothing."""
        if not self._asking:
            self._asking = True
            self._host.start(self._train())

    async def build(self) -> None:
        """Bring the set up to date with picks, pack and references, and examine it."""
        session = self._session
        desk = session.studio.engine.desk
        session.studio.takes.fill(await desk.hands(desk.shelf.takes))
        async with self._turn:
            self._examined = await asyncio.to_thread(
                built_and_examined, session.project, session.studio.takes, self._wish
            )
        self._renew()

    async def examine(self) -> None:
        """Examine the set as it lies there."""
        async with self._turn:
            self._examined = await asyncio.to_thread(examined, self._session.project.folder, self._wish)
        self._renew()

    async def _captioned(self, item: DatasetItem, text: str) -> None:
        await asyncio.to_thread(write_caption, self._session.project.folder, item.stem, text)
        await self.examine()

    async def _left_out(self, item: DatasetItem) -> None:
        await asyncio.to_thread(partial(leave_out, self._session.project.folder, item.stem, not item.left_out))
        await self.build()

    async def _train(self) -> None:
        from studio.ui.screens.confirm_training import ConfirmTrainingScreen

        asked = False
        try:
            session, wish = self._session, self._wish
            plan = await self._planned(wish)
            if plan is None or self._examined is None:
                return

            def answered(yes: bool) -> None:
                if yes:
                    self._host.start(self._send(plan))
                else:
                    self._asking = False

            weak, used = self._examined.diagnosis.weak, len(self._examined.used)
            self._host.ask(ConfirmTrainingScreen(wish, plan, used, weak, sandbox=session.studio.sandbox), answered)
            asked = True
        finally:
            self._asking = asked

    async def _planned(self, wish: TrainingWish) -> Plan | None:
        """The training as it would be sent; None where it was made before or is being made, which is said."""
        session = self._session
        await self.examine()
        if self._examined is None:
            return None
        refuse_broken(self._examined.diagnosis)
        archive = await asyncio.to_thread(pack_archive, session.project.folder, self._examined.items)
        plan = training_plan(wish, archive, session.project.character.name, session.studio.context())
        known = await trained_before(session.studio, plan)
        if known is not None:
            self._host.say(f"{known.path} was trained on exactly this set already: change something first.")
            return None
        return None if await self._under_way(plan) else plan

    async def _under_way(self, plan: Plan) -> bool:
        going = await under_way(self._session.studio, plan)
        if going:
            self._host.say("This very training is on the way already; the log tells how far it is.")
        return bool(going)

    async def _send(self, plan: Plan) -> None:
        try:
            if await self._under_way(plan):
                return
            await self._session.studio.generate(plan)
        finally:
            self._asking = False
        self._host.say("The training is on its way; the log tells how far it is. It goes on when the studio is closed.")

    def _set(self, name: str, text: str) -> None:
        param = next((one for one in form_params(self._wish.trainer) if one.name == name), None)
        value: Json = text
        if param is not None and param.type in {"number", "integer"} and text:
            try:
                value = float(text) if param.type == "number" else int(text)
            except ValueError:
                self._host.say(f"{text} is no number.", severity="warning")
                return
        self._put(name, value)

    def _put(self, name: str, value: Json) -> None:
        values = {key: kept for key, kept in self._wish.values.items() if key != name}
        if value not in (None, ""):
            values[name] = value
        self._wish = replace(self._wish, values=values)
        self._host.start(self.examine())

    def _renew(self) -> None:
        if self.screen is not None and self.screen.is_attached:
            self.screen.renew()
