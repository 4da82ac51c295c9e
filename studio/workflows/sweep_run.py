"""A sweep in an open studio: from two axes to a grid, and from what happens to its sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from studio.domain.job import JobState
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.recipe import Recipe
from studio.domain.take import Take
from studio.engine.events import Ended, Event, Stored
from studio.workflows.references import LoadedReference
from studio.workflows.studio import Studio
from studio.workflows.sweep import Prepared, Sweep, SweepBench, make_sweep
from studio.workflows.sweep_axis import parse_axis
from studio.workflows.sweep_sheet import Outcome, write_sheet


def sweep_of(
    studio: Studio,
    x: str,
    y: str,
    recipe: Recipe,
    poses: Sequence[Pose],
    references: Callable[[Model], Sequence[LoadedReference]],
) -> Sweep:
    """The grid of two axes as they are typed (`y` may be empty), by the chosen recipe. Other models take the values
    remembered for them, and the references that `references` gives them. Pure and quick. Raises UsageError.
    """

    def prepare(model: Model) -> Prepared:
        own = recipe if model.id == recipe.model else _as_chosen(studio, model, recipe)
        return own, tuple(references(model)), ()

    bench = SweepBench(
        character=studio.project.character,
        poses=studio.project.poses,
        chosen=poses,
        model=studio.model(recipe.model),
        catalogue=studio.catalogue,
        prepare=prepare,
        context=studio.context(),
    )
    return make_sweep(parse_axis(x), parse_axis(y) if y.strip() else None, bench)


class SweepWatch:
    """Hears what comes of the cells of one sweep, whoever else is at work."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self.outcomes: dict[str, Outcome] = {}
        self._jobs = {job.id for job in sweep.plan.jobs}

    def had(self, job_id: str, take: Take) -> None:
        """This cell's picture was there before."""
        price = take.billed if take.billed is not None else take.estimate
        self.outcomes[job_id] = Outcome(take, price, bought=False)

    def hear(self, event: Event) -> None:
        """Keep what an event says about a cell."""
        match event:
            case Stored(job, take) if job.id in self._jobs:
                self.outcomes[job.id] = Outcome(take, job.billed if job.billed is not None else job.estimate)
            case Ended(job) if job.id in self._jobs and job.state is JobState.UNKNOWN:
                self.outcomes[job.id] = Outcome(trouble="It left and no answer came, so it may be paid.")
            case Ended(job) if job.id in self._jobs and job.state is not JobState.STORED:
                failure = job.failure
                self.outcomes[job.id] = Outcome(trouble=failure.message if failure else f"It was {job.state.value}.")
            case _:
                pass

    @property
    def complete(self) -> bool:
        """True when every cell has ended."""
        return self._jobs <= set(self.outcomes)

    @property
    def pictures(self) -> int:
        """How many cells have one."""
        return sum(outcome.take is not None for outcome in self.outcomes.values())


async def draw_sheet(studio: Studio, watch: SweepWatch) -> Path:
    """Draw the sheet of a sweep into the project, off the event loop, and give its path. Raises ProjectError."""
    return await studio.engine.desk.hands(write_sheet, studio.project.folder, watch.sweep, dict(watch.outcomes))


def _as_chosen(studio: Studio, model: Model, recipe: Recipe) -> Recipe:
    remembered = studio.project.settings.recipe(model.id)
    return replace(remembered, seed_policy=recipe.seed_policy, seed=recipe.seed, seeds=recipe.seeds, draft=recipe.draft)
