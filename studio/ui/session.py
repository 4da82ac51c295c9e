"""One sitting at the screen: the open studio, what is looked at, what runs, and every edit on its way to the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.config.project import Project
from studio.domain import money
from studio.domain.character import Character
from studio.domain.errors import StudioError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.recipe import Recipe
from studio.domain.take import Take
from studio.ui.state.again_prices import AgainPrices
from studio.ui.state.budget_left import BudgetLeft, budget_left
from studio.ui.state.grid_taste import GridTaste
from studio.ui.state.live import LiveJobs
from studio.ui.state.marks import Marks
from studio.ui.state.plan_watch import Finished, PlanWatch
from studio.ui.state.saver import Saver, rebased
from studio.ui.state.selection import Selection
from studio.ui.state.undo import PoseEdit, UndoLine
from studio.ui.state.window_state import WindowState, load_window_state
from studio.ui.widgets.pose_rows import PoseRow
from studio.workflows.references import LoadedReference
from studio.workflows.studio import Studio

if TYPE_CHECKING:
    from studio.ui.explore_actions import LastSweep
    from studio.workflows.coach.advice import Advice, View
    from studio.workflows.drift_meter import DriftMeter
    from studio.workflows.take_sorts import TakeSort
    from studio.workflows.take_terms import MakeTest


@dataclass(frozen=True, slots=True)
class Offer:
    """What ctrl+g would do now: the poses, how many pictures, and the price in USD."""

    poses: tuple[Pose, ...]
    takes: int
    each: Decimal | None
    """Price of one picture; None when it is unknown."""
    trouble: str = ""
    """Why it cannot be made, with the remedy; empty when it can."""
    unsure: tuple[str, ...] = ()
    """Parts that are not in the price because only fal will know them, each a sentence."""
    left: BudgetLeft | None = None
    """What the budget leaves, when one is set and this is charged."""

    @property
    def pictures(self) -> int:
        """Poses times takes."""
        return len(self.poses) * self.takes

    @property
    def total(self) -> Decimal | None:
        """Price of all pictures; None when unknown."""
        return None if self.each is None else self.each * self.pictures

    def words(self) -> str:
        """`6 poses × 1 = 6`."""
        noun = "pose" if len(self.poses) == 1 else "poses"
        return f"{len(self.poses)} {noun} × {self.takes} = {self.pictures}"

    def price(self) -> str:
        """`~ $0.30`, `~ $0.30 and more`, or that it is unknown."""
        more = " and more" if self.unsure else ""
        return "price unknown" if self.total is None else f"~ {money.shown(self.total)}{more}"

    @property
    def too_dear(self) -> bool:
        """Whether the budget would refuse it."""
        return self.left is not None and (self.total is None or self.total > self.left.amount)


class Session:
    """Every pane reads from it; edits go through it, so that one place saves them and one place undoes them."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.window: WindowState = load_window_state(studio.project.folder)
        self.live = LiveJobs(studio.engine.queue.live)
        self.undo = UndoLine()
        self.marks = Marks(lambda take_id: studio.takes.get(take_id) is not None)
        self.again_prices = AgainPrices(studio)
        self.grid = GridTaste.read(self.window.grid)
        self.take_sorts: dict[str, TakeSort] = {}
        """Further orders of takes by name, besides those there always are."""
        self.take_fields: dict[str, MakeTest] = {}
        """Further fields of the filter line by name."""
        self.plans = PlanWatch()
        self.on_plan_done: Callable[[Finished], None] = lambda finished: None
        """Hears when everything that was planned has ended."""
        self.about_take: list[Callable[[Take], list[tuple[str, str]]]] = []
        """Further rows about a take, name and value, for every place that tells what a take is."""
        self.drift: DriftMeter | None = None
        """What takes measured against the anchor, once the artist asked for it."""
        self.references: tuple[LoadedReference, ...] = ()
        """Pictures in the reference slot, already read; sent with models that take some."""
        self.day_before = money.ZERO
        """USD paid in the day before the screen opened; read from the journal when a budget needs it."""
        self.left_behind = ""
        """What the model chosen last could not take along, a sentence; empty when it could, or it was said."""
        self.last_sweep: LastSweep | None = None
        """The sweep that was begun last."""
        self._coach: Callable[[View], list[Advice]] | None = None
        self.on_fault: Callable[[StudioError], None] = lambda error: None
        """Hears of an edit that could not be written."""
        self.on_ended: Callable[[], None] = lambda: None
        """Hears that jobs came to their ends, so that the money can be read anew."""
        self.on_weights: Callable[[], None] = lambda: None
        """Hears that a training brought weights home; the workbench sets it."""
        self._saver = Saver(studio.project, self._merged, lambda error: self.on_fault(error))
        first = studio.project.poses[0].name if studio.project.poses else ""
        known = {pose.name for pose in studio.project.poses}
        self.selection = Selection(
            studio.takes, self.window.pose if self.window.pose in known else first, self.window.seen
        )
        self._recipe: Recipe = studio.project.settings.recipe()

    @property
    def project(self) -> Project:
        """The project as the artist wants it at this moment."""
        return self.studio.project

    @property
    def recipe(self) -> Recipe:
        """What is chosen now."""
        return self._recipe

    @property
    def model(self) -> Model | None:
        """The chosen model; None when the catalogue has none of that id."""
        return self.studio.catalogue.model(self._recipe.model)

    @property
    def pose(self) -> Pose | None:
        """The current pose."""
        return next((pose for pose in self.project.poses if pose.name == self.selection.pose), None)

    def edit_recipe(self, recipe: Recipe) -> None:
        """Another model or another value; remembered for that model."""
        self._recipe = recipe
        self._keep(replace(self.project, settings=self.project.settings.with_recipe(recipe)))

    def choose_model(self, model_id: str) -> None:
        """Another model with the values remembered for it. One that was never used takes along what means the same
        there; `left_behind` says what does not. Takes, seed and draft stay.
        """
        before, after, self.left_behind = self.model, self.studio.catalogue.model(model_id), ""
        values, guided = self.project.settings.recipe(model_id).values, self._recipe
        if before is not None and after is not None and model_id not in self.project.settings.values:
            from studio.workflows.carry_over import carried

            moved, self.left_behind = carried(before, self._recipe, after, len(self.references))
            values, guided = moved.values, moved
        elif after is not None:
            from studio.workflows.carry_over import without_strange_guide

            guided, self.left_behind = without_strange_guide(self._recipe, after)
        chosen = replace(self._recipe, guide=guided.guide, guide_strength=guided.guide_strength)
        self.edit_recipe(replace(chosen, model=model_id, values=values))

    def edit_character(self, character: Character) -> None:
        """The character as it is typed."""
        if character != self.project.character:
            self._keep(replace(self.project, character=character))

    def edit_poses(self, poses: Sequence[Pose], words: str = "") -> None:
        """Another pose list. With `words` it can be undone; ticks are no deed."""
        after = tuple(poses)
        if after == self.project.poses:
            return
        if words:
            self.undo.did(PoseEdit(words, self.project.poses, after))
        self._keep(replace(self.project, poses=after))
        names = {pose.name for pose in after}
        if self.selection.pose not in names:
            self.selection.go_to_pose(after[0].name if after else "")

    def edit_settings(self, project: Project) -> None:
        """Other settings."""
        self._keep(project)

    def offered_poses(self) -> tuple[Pose, ...]:
        """The ticked poses; with none ticked, the one under the cursor."""
        ticked = tuple(self.studio.ticked())
        return ticked or ((self.pose,) if self.pose else ())

    def offer(self, recipe: Recipe | None = None) -> Offer:
        """What would be made now and for how much. Quick: one picture is planned and multiplied."""
        recipe = recipe or self._recipe
        poses = self.offered_poses()
        if not poses:
            return Offer((), recipe.takes, None, "No pose is there yet: n writes one, b takes some from the sets.")
        try:
            plan = self.studio.plan(poses[:1], replace(recipe, takes=1), self.sent_references())
        except StudioError as error:
            return Offer(poses, recipe.takes, None, f"{error.happened} {error.remedy}".strip())
        left = None if self.studio.sandbox else self.budget_left()
        return Offer(poses, recipe.takes, plan.jobs[0].estimate, unsure=plan.notes, left=left)

    def budget_left(self) -> BudgetLeft | None:
        """What may still be spent; None where no budget is set."""
        return budget_left(self.project.settings, self.live, self.day_before)

    def wake_coach(self, advise: Callable[[View], list[Advice]]) -> None:
        """The coach is loaded; it has nothing to say before."""
        self._coach = advise

    def advice(self) -> list[Advice]:
        """What the coach says about the present choices, weightiest first."""
        if self._coach is None or self.model is None:
            return []
        from studio.workflows.coach.view import view_of

        project, styles = self.project, self.studio.presets.styles
        sent = len(self.sent_references())
        return self._coach(
            view_of(project.character, self.offered_poses(), self.model, self._recipe, styles, references=sent)
        )

    def sent_references(self) -> tuple[LoadedReference, ...]:
        """The references this model would be sent: none when it takes none."""
        model = self.model
        takes = model is not None and (model.role("image") or model.role("images")) is not None
        return self.references if takes else ()

    def pose_rows(self) -> list[PoseRow]:
        """Every pose with its counts and its state."""
        takes = self.studio.takes
        return [PoseRow(pose, *takes.counts(pose.name), self.live.pose(pose.name)) for pose in self.project.poses]

    async def flush(self) -> None:
        """Write every edit that is still waiting."""
        await self._saver.flush()

    def _keep(self, project: Project) -> None:
        self.studio.project = project
        self._saver.want(project)

    def _merged(self, wanted: Project, written: Project) -> None:
        self.studio.project = rebased(self.studio.project, wanted, written)
