"""LoRA from the screen: the dataset page, training, what came of it into the character, and drawing with it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.character import Character
from studio.ui.lora_desk import LoraDesk
from studio.workflows.lora_proof import newest, proof_axes, proof_recipe, taker
from studio.workflows.lora_record import take_up
from studio.workflows.sweep import Sweep
from studio.workflows.sweep_run import sweep_of

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench


class LoraActions:
    """Loaded when first wanted."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._session = bench.session
        self._host = bench.host
        self._view = bench.view

    async def do(self, what: str) -> None:
        """`lora-open` and `dataset-open` show the page, `lora-use` draws with the newest LoRA, `lora-proof` proves it,
        `lora-record` writes what trainings brought home into the character. Raises UsageError where there is none.
        """
        match what:
            case "lora-record":
                await self.record()
            case "lora-use":
                self.use()
            case "lora-proof":
                self.proof()
            case _:
                await self._open()

    async def record(self) -> None:
        """Write weights that came home into `character.toml`, also those of a run that died before it could."""

        async def edit(character: Character) -> None:
            self._session.edit_character(character)
            await self._session.flush()

        for weights in await take_up(self._session.studio, edit):
            self._host.say(f"{weights.path} is in character.toml: F9 or the palette draws with it.")
            self._view.character.renew()
            self._view.offer_changed()

    def use(self) -> None:
        """Choose the model that loads the newest LoRA; its trigger word goes into every prompt by itself."""
        lora = newest(self._session.project.character)
        model = taker(self._session.studio.catalogue, lora)
        self._session.choose_model(model.id)
        self._view.recipe_changed()
        self._host.say(f"{model.title} from now on, with {lora.path} and the word {lora.trigger} in every prompt.")

    def proof(self) -> None:
        """The proof sheet through the sweep's own screen, which says its price first."""
        from studio.ui.explore_actions import ExploreActions
        from studio.ui.screens.sweep import SweepScreen

        session = self._session
        model = taker(session.studio.catalogue, newest(session.project.character))
        x, y = proof_axes(session.project.poses, model)
        remembered = replace(session.project.settings.recipe(model.id), seed_policy=session.recipe.seed_policy)
        recipe = proof_recipe(remembered, model)
        explore = ExploreActions(self._bench)

        def make(across: str, down: str) -> Sweep:
            return sweep_of(session.studio, across, down, recipe, session.offered_poses(), lambda _: ())

        self._host.ask(SweepScreen(make, x, y), lambda sweep: self._host.start(explore.run(sweep)))

    async def _open(self) -> None:
        from studio.ui.screens.dataset import DatasetScreen

        desk = LoraDesk(self._bench, self.use, self.proof)
        desk.screen = DatasetScreen(desk, self._view.darkroom)
        self._host.ask(desk.screen, lambda _: None)
        await asyncio.sleep(0)
        await desk.build()
