"""A sweep: a grid of pictures in which only one or two things differ, as Jobs that nobody has sent yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from studio.config.catalogue import Catalogue
from studio.domain.character import Character
from studio.domain.errors import UsageError
from studio.domain.job import Job
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.price import picture_size
from studio.domain.recipe import Recipe
from studio.workflows.arguments import takes_seed
from studio.workflows.choices import ON_PURPOSE, choose_model, find_model, find_pose
from studio.workflows.plan import Plan, PlanContext, plan_job
from studio.workflows.references import LoadedReference
from studio.workflows.seeds import SeedLine
from studio.workflows.size_fit import with_size
from studio.workflows.sweep_axis import Axis, AxisKind, Spot, checked_axis, with_stop

MOST_CELLS = 144
"""Pictures of one sweep; a slip of the finger must not cost a month's money."""

Prepared = tuple[Recipe, tuple[LoadedReference, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SweepBench:
    """What a sweep is made from besides its axes."""

    character: Character
    poses: Sequence[Pose]
    """Every pose of the project."""
    chosen: Sequence[Pose]
    """The poses that an axis `pose` without values goes over; without such an axis the first one is drawn."""
    model: Model
    catalogue: Catalogue
    prepare: Callable[[Model], Prepared]
    """Recipe, references and notes of a model, as a plain plan would have them. Where models differ, those without a
    size of the artist's own take that of the first one.
    """
    context: PlanContext


@dataclass(frozen=True, slots=True)
class Sweep:
    """A grid of Jobs: `rows[y][x]`. Without a second axis there is one row."""

    x: Axis
    y: Axis | None
    rows: tuple[tuple[Job, ...], ...]
    models: tuple[Model, ...]
    """The models that draw, without repeats."""
    columns_named: tuple[str, ...]
    rows_named: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def plan(self) -> Plan:
        """Its Jobs, row by row, priced."""
        return Plan(tuple(job for row in self.rows for job in row), self.notes)

    @property
    def pixels(self) -> tuple[int, int] | None:
        """Width and height of the first picture, where its model does not choose them."""
        return picture_size(self.models[0], self.rows[0][0].request.arguments)

    @property
    def title(self) -> str:
        """`guidance × pose`."""
        return self.x.title if self.y is None else f"{self.x.title} × {self.y.title}"


def make_sweep(x: Axis, y: Axis | None, bench: SweepBench) -> Sweep:
    """The grid of two axes, or a row of one. Every picture has the same seed unless the seed is an axis.

    Each Job's provenance names its cell. Raises UsageError when the axes are the same, a value is unknown or out of
    range, or the grid is too large.
    """
    axes = [_resolved(axis, bench) for axis in (x, y) if axis is not None]
    if len(axes) == 2 and axes[0].kind is axes[1].kind:
        raise UsageError(f"Both axes are {axes[0].kind}.", "Let the second one be something else, or leave it out.")
    cells = len(axes[0].stops) * (len(axes[1].stops) if len(axes) == 2 else 1)
    if cells > MOST_CELLS:
        raise UsageError(f"This grid has {cells} cells; {MOST_CELLS} is the most.", "Take fewer values.")
    maker = _Maker(bench, axes)
    rows = tuple(
        tuple(maker.job([stop for stop in (across, down) if stop is not None]) for across in axes[0].stops)
        for down in (axes[1].stops if len(axes) == 2 else (None,))
    )
    return Sweep(
        x=axes[0],
        y=axes[1] if len(axes) == 2 else None,
        rows=rows,
        models=tuple(maker.models.values()),
        columns_named=_named(axes[0], bench.catalogue),
        rows_named=_named(axes[1], bench.catalogue) if len(axes) == 2 else ("",),
        notes=tuple(dict.fromkeys(maker.notes)),
    )


class _Maker:
    """Makes the Job of one cell after the other, all with one seed."""

    def __init__(self, bench: SweepBench, axes: Sequence[Axis]) -> None:
        self._bench = bench
        self._axes = axes
        self._prepared: dict[str, Prepared] = {}
        self._seed: int | None = None
        self.models: dict[str, Model] = {}
        self.notes: list[str] = []
        over = {axis.kind for axis in axes}
        if AxisKind.POSE not in over and len(bench.chosen) > 1:
            first = bench.chosen[0].name
            self.notes.append(f"{first} is drawn in every cell; --pose NAME takes another one.")
        if AxisKind.SEED not in over:
            self._warn_of_locks()

    def job(self, stops: Sequence[str | Decimal]) -> Job:
        """The Job of the cell with these values, one for each axis."""
        bench = self._bench
        pose, model = self._subject(stops)
        recipe, references, notes = self._prepare(model)
        spot = Spot(
            pose, model, replace(recipe, takes=1), self._common_seed(recipe, pose) if takes_seed(model) else None
        )
        said = []
        for axis, stop in zip(self._axes, stops, strict=True):
            said.append(f"{axis.title} {axis.label(stop)}")
            if axis.kind not in {AxisKind.POSE, AxisKind.MODEL}:
                spot, note = with_stop(spot, axis.kind, stop, bench.character)
                self.notes += [note] if note else []
        self.models[model.id] = model
        return plan_job(
            *(bench.character, spot.pose, spot.model, spot.recipe, bench.context),
            seed=spot.seed,
            references=references,
            notes=notes,
            cell=", ".join(said),
        )

    def _subject(self, stops: Sequence[str | Decimal]) -> tuple[Pose, Model]:
        pose, model = None, self._bench.model
        for axis, stop in zip(self._axes, stops, strict=True):
            if axis.kind is AxisKind.POSE:
                pose = find_pose(self._bench.poses, str(stop))
            if axis.kind is AxisKind.MODEL:
                model = find_model(self._bench.catalogue, str(stop))
        return pose or self._bench.chosen[0], model

    def _prepare(self, model: Model) -> Prepared:
        if model.id not in self._prepared:
            recipe, references, notes = self._bench.prepare(model)
            recipe, said = self._same_size(model, recipe)
            self._prepared[model.id] = recipe, references, (*notes, *said)
            self.notes += self._prepared[model.id][2]
            if not takes_seed(model):
                self.notes.append(f"{model.title} takes no seed: its pictures differ by chance as well.")
        return self._prepared[model.id]

    def _same_size(self, model: Model, recipe: Recipe) -> tuple[Recipe, tuple[str, ...]]:
        """The recipe with the size that the bench's model would draw; as it is where the size is an axis."""
        bench = self._bench
        if model.id == bench.model.id or AxisKind.SIZE in {axis.kind for axis in self._axes}:
            return recipe, ()
        recipe, said = with_size(recipe, model, picture_size(bench.model, bench.prepare(bench.model)[0].values))
        return recipe, (said,) if said else ()

    def _common_seed(self, recipe: Recipe, pose: Pose) -> int:
        if self._seed is None:
            locked = AxisKind.POSE not in {axis.kind for axis in self._axes}
            context = self._bench.context
            line = SeedLine(recipe, context.new_seed, context.last_seed)
            self._seed = line.seed(pose if locked else replace(pose, seed=None), 0)
        return self._seed

    def _warn_of_locks(self) -> None:
        names = [str(stop) for axis in self._axes if axis.kind is AxisKind.POSE for stop in axis.stops]
        locked = [name for name in names if find_pose(self._bench.poses, name).seed is not None]
        if locked:
            self.notes.append(f"{', '.join(locked)}: the seed lock is left aside, for the whole grid has one seed.")


def _resolved(axis: Axis, bench: SweepBench) -> Axis:
    match axis.kind:
        case AxisKind.POSE if not axis.stops:
            stops = tuple(pose.name for pose in bench.chosen)
        case AxisKind.POSE:
            stops = tuple(find_pose(bench.poses, str(stop)).name for stop in axis.stops)
        case AxisKind.MODEL:
            stops = tuple(
                choose_model(bench.catalogue, _whole_id(bench.catalogue, str(stop))).id for stop in axis.stops
            )
        case _:
            return axis
    return checked_axis(replace(axis, stops=stops))


def _whole_id(catalogue: Catalogue, named: str) -> str:
    """An id as it is typed in a hurry: fal's own need no `fal-ai/` before them."""
    whole = f"fal-ai/{named}"
    known = catalogue.model(named.removesuffix(ON_PURPOSE)) is not None
    return named if known or catalogue.model(whole.removesuffix(ON_PURPOSE)) is None else whole


def _named(axis: Axis, catalogue: Catalogue) -> tuple[str, ...]:
    if axis.kind is AxisKind.MODEL:
        return tuple(find_model(catalogue, str(stop)).title for stop in axis.stops)
    return tuple(axis.label(stop) for stop in axis.stops)
