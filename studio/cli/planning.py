"""From the flags of `estimate` and `render` to a plan: which poses, which model, which values."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.set_flag import with_settings
from studio.domain.character import Character
from studio.domain.errors import ProjectError, UsageError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.recipe import Guide, Recipe
from studio.domain.request import Json
from studio.workflows.arguments import parse_size, takes_seed
from studio.workflows.choices import choose_model, find_pose
from studio.workflows.coach.advice import Advice
from studio.workflows.coach.coach import advise
from studio.workflows.coach.view import view_of
from studio.workflows.lora_files import stand_in
from studio.workflows.plan import Plan, PlanContext, make_plan, new_job_id
from studio.workflows.references import LoadedReference, load_reference, local_reference
from studio.workflows.seeds import without_locks

if TYPE_CHECKING:
    from studio.config.catalogue import Catalogue
    from studio.config.presets import Presets
    from studio.config.settings import Settings
    from studio.workflows.studio import Studio

PICTURES = frozenset({"images", "image"})


@dataclass(frozen=True, slots=True)
class Bench:
    """What a plan is made from."""

    folder: Path
    character: Character
    poses: Sequence[Pose]
    settings: Settings
    catalogue: Catalogue
    presets: Presets
    last_seed: Callable[[], int | None]
    """Asks the journal for the seed that was used last."""

    def context(self, *, session: str = "", sandbox: bool = False) -> PlanContext:
        """What a plan needs besides the artist's choices."""
        return PlanContext(
            session=session or new_job_id(),
            sandbox=sandbox,
            styles=self.presets.styles,
            last_seed=self.last_seed,
            weights=partial(stand_in, self.folder),
        )


def read_bench(folder: Path) -> Bench:
    """The bench of a folder, read without leaving a trace in it. Raises ProjectError."""
    from studio.config import project
    from studio.config.catalogue import load_catalogue
    from studio.config.presets import Presets

    check_project(folder)
    return Bench(
        folder=folder,
        character=project.load_character(folder),
        poses=project.load_poses(folder),
        settings=project.load_settings(folder),
        catalogue=load_catalogue(),
        presets=Presets(),
        last_seed=lambda: _last_seed(folder),
    )


def _last_seed(folder: Path) -> int | None:
    from studio.compose import Options, open_studio

    studio = open_studio(folder, Options(sandbox=True))
    try:
        return studio.engine.desk.journal.last_seed()
    finally:
        asyncio.run(studio.close())


def bench_of(studio: Studio) -> Bench:
    """The bench of an open studio."""
    project = studio.project
    return Bench(
        folder=project.folder,
        character=project.character,
        poses=project.poses,
        settings=project.settings,
        catalogue=studio.catalogue,
        presets=studio.presets,
        last_seed=studio.engine.desk.journal.last_seed,
    )


def check_project(folder: Path) -> None:
    """Raise ProjectError, with what to do, when a folder holds no project."""
    from studio.config.project import is_project

    if is_project(folder):
        return
    shown = "this folder" if folder == Path() else str(folder)
    what = f"There is no project in {shown}." if folder.is_dir() else f"There is no folder {shown}."
    raise ProjectError(what, f"studio new {'DIR' if folder == Path() else folder} makes one.")


def wanted_advice(bench: Bench, flags: argparse.Namespace) -> list[Advice]:
    """What the coach says about the plan the flags ask for, weightiest first. Raises UsageError."""
    model = choose_model(bench.catalogue, flags.model or bench.settings.model)
    recipe, _ = wanted_recipe(bench.settings.recipe(model.id), model, flags)
    poses = wanted_poses(bench.poses, flags.pose)
    view = view_of(bench.character, poses, model, recipe, bench.presets.styles, references=len(flags.reference))
    return advise(view)


def make_wanted_plan(bench: Bench, flags: argparse.Namespace, *, session: str = "", sandbox: bool = False) -> Plan:
    """The plan the flags ask for; its notes say what had to be adjusted. Raises UsageError."""
    model = choose_model(bench.catalogue, flags.model or bench.settings.model)
    check_kind(model)
    poses = wanted_poses(bench.poses, flags.pose)
    recipe, notes = wanted_recipe(bench.settings.recipe(model.id), model, flags)
    if flags.seed is not None:
        poses, unlocked = without_locks(poses)
        notes += [unlocked] if unlocked else []
    references, more = wanted_references(bench, model, flags.reference)
    context = bench.context(session=session, sandbox=sandbox)
    return make_plan(bench.character, poses, model, recipe, context, references, [*notes, *more])


def check_kind(model: Model) -> None:
    """Raise UsageError for a model that draws no pose from words."""
    if model.output_kind not in PICTURES or model.role("prompt") is None:
        raise UsageError(
            f"{model.title} (kind: {model.kind}) draws no pose from words.", "studio models lists those that do."
        )


def wanted_poses(poses: Sequence[Pose], names: Sequence[str]) -> list[Pose]:
    """The named poses, each once, or the ticked ones when none is named. Raises UsageError."""
    if not names:
        ticked = [pose for pose in poses if pose.ticked]
        if not ticked:
            raise UsageError("No pose is ticked.", "Write ticked = true in poses.toml, or name one: --pose NAME.")
        return ticked
    wanted: list[Pose] = []
    for name in names:
        pose = find_pose(poses, name)
        if pose not in wanted:
            wanted.append(pose)
    return wanted


def wanted_recipe(recipe: Recipe, model: Model, flags: argparse.Namespace) -> tuple[Recipe, list[str]]:
    """The recipe with what the flags say, and sentences about what had to be adjusted. Raises UsageError."""
    notes: list[str] = []
    for role, value in (("steps", flags.steps), ("guidance", flags.guidance)):
        if value is None:
            continue
        param = model.role(role)
        if param is None:
            raise UsageError(f"{model.title} has no {role} setting.", f"Leave --{role} out.")
        recipe = recipe.with_value(param.name, _json_number(value))
    if flags.size is not None:
        values, note = parse_size(model, flags.size)
        for name, size in values.items():
            recipe = recipe.with_value(name, size)
        notes += [note] if note else []
    recipe = with_settings(recipe, model, flags.settings)
    if flags.seed is not None:
        if not takes_seed(model):
            notes.append(f"{model.title} takes no seed, so --seed is left out.")
        recipe = flags.seed.on(recipe)
    if flags.takes is not None:
        recipe = _with_takes(recipe, flags)
    if model.deprecated:
        notes.append(f"{model.title} is deprecated{f'; {model.newer} follows it' if model.newer else ''}.")
    if model.unread:
        notes.append(f"The settings of {model.title} were never read from fal: studio models refresh {model.id}")
    return _with_guide(replace(recipe, draft=recipe.draft or flags.draft), flags), notes


def _with_guide(recipe: Recipe, flags: argparse.Namespace) -> Recipe:
    if flags.guide is not None:
        recipe = replace(recipe, guide=Guide(flags.guide))
    if flags.guide_strength is None:
        return recipe
    return replace(recipe, guide_strength=float(flags.guide_strength))


def _with_takes(recipe: Recipe, flags: argparse.Namespace) -> Recipe:
    if flags.seed is not None and flags.seed.seeds and flags.takes != len(flags.seed.seeds):
        raise UsageError(
            f"--seed names {len(flags.seed.seeds)} seeds and --takes asks for {flags.takes}.",
            "A list of seeds is one take for each: leave --takes out.",
        )
    return replace(recipe, takes=flags.takes)


def _json_number(value: Decimal | int) -> Json:
    return value if isinstance(value, int) else int(value) if value == value.to_integral_value() else float(value)


def wanted_references(bench: Bench, model: Model, files: Sequence[Path]) -> tuple[list[LoadedReference], list[str]]:
    """The reference pictures a model is sent: those of the flags, else the character's own where it needs some."""
    if files:
        return [local_reference(bench.folder, file) for file in files], []
    if model.pose is not None:
        return [], []  # its picture is the pose's, which the guide draws
    needs = any(param.required for role in ("image", "images") if (param := model.role(role)) is not None)
    own = bench.character.references
    if needs and not own and model.kind != "text-to-image":
        raise UsageError(f"{model.title} edits a picture.", "Give it one with --reference FILE.")
    if not needs or not own:
        return [], []
    most = (model.reference_max or len(own)) if model.role("images") is not None else 1
    chosen = [load_reference(bench.folder / reference.path, reference.path) for reference in own[:most]]
    return chosen, [f"{model.title} edits the character's own {', '.join(one.path for one in chosen)}."]
