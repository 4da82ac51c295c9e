"""`studio train`: a LoRA of the character from `dataset/`, examined before, priced before, brought home verified."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from studio.cli import flags as flag_sets
from studio.cli import json_lines, sending
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.planning import read_bench
from studio.cli.terminal_text import say
from studio.cli.training_flags import add_training, tell_remarks, wanted_training
from studio.domain import money
from studio.domain.errors import UsageError
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio

if TYPE_CHECKING:
    from studio.domain.lora import Weights

ABOUT = (
    "Train a LoRA of the character on dataset/, which is made of the picks, the pack and the references where it is "
    "not there yet. A broken set is refused before anything is sent. The weights come into loras/, verified, and into "
    "character.toml; a training that was cut off is picked up by studio rescue."
)


class AlreadyTrained(Exception):
    """The same training was paid for before, and its weights are there."""

    def __init__(self, weights: Weights) -> None:
        super().__init__(weights.path)
        self.weights = weights


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, trainer, trigger, steps, price."""
    flag_sets.add_project(parser)
    add_training(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the exact request and its price, send nothing")
    parser.add_argument(
        "--proof",
        action="store_true",
        help="train nothing: a sheet of three poses at three scales with the newest LoRA",
    )
    parser.add_argument("--again", action="store_true", help="train once more where the same set was trained on before")
    flag_sets.add_cost(parser)


def run(flags: argparse.Namespace) -> int:
    """Examine, ask, upload, send, follow, bring home. The exit code says how it ended."""
    flags.pick = False
    if flags.proof:
        return _proof(flags)
    if flags.dry_run:
        studio = offline_studio(flags)
        try:
            plan = _plan(studio, flags)
        finally:
            asyncio.run(studio.close())
        tell_notes(plan)
        return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)
    try:
        drawn = sending.draw(flags, lambda studio: _plan_new(studio, flags))
    except AlreadyTrained as known:
        return _tell_known(flags, known.weights)
    for weights in drawn.tally.brought.values():
        say(f"Draw with it: studio render {flags.dir} --model {_taker(weights)}")
        say(f"See whether it took: studio train {flags.dir} --proof")
    return drawn.code


def _proof(flags: argparse.Namespace) -> int:
    """The proof sheet, which is a sweep and asks for its price as every sweep does."""
    from studio.cli import sweep
    from studio.cli.parser import parse
    from studio.workflows.lora_proof import newest, proof_axes, proof_recipe, taker
    from studio.workflows.pack import SIZE

    bench = read_bench(flags.dir)
    model = taker(bench.catalogue, newest(bench.character))
    x, y = proof_axes(bench.poses, model)
    remembered = bench.settings.recipe(model.id)
    size = ["--size", SIZE] if proof_recipe(remembered, model) != remembered else []
    wanted = parse("sweep", [str(flags.dir), "--x", x, "--y", y, "--model", model.id, *size])
    for name in ("json", "sandbox", "faults", "key_file", "graphics", "max_cost", "yes", "dry_run", "again"):
        setattr(wanted, name, getattr(flags, name))
    return sweep.run(wanted)


def _plan(studio: Studio, flags: argparse.Namespace) -> Plan:
    from studio.workflows.dataset_desk import ready_for
    from studio.workflows.training import pack_archive, refuse_broken, training_plan

    wish = wanted_training(studio, flags)
    found = ready_for(studio.project, studio.takes, wish)
    tell_remarks(found, good=False)
    refuse_broken(found.diagnosis)
    archive = pack_archive(studio.project.folder, found.items)
    plan = training_plan(wish, archive, studio.project.character.name, studio.context())
    say(
        f"{archive.pictures} pictures ({archive.size / 1_000_000:.1f} MB), {wish.steps} steps of {wish.trainer.title}: "
        f"{money.shown(plan.jobs[0].estimate)}."
    )
    return plan


def _plan_new(studio: Studio, flags: argparse.Namespace) -> Plan:
    from studio.workflows.training import trained_before
    from studio.workflows.under_way import under_way

    plan = _plan(studio, flags)
    known = None if flags.again else asyncio.run(trained_before(studio, plan))
    if known is not None:
        raise AlreadyTrained(known)
    if not flags.again and asyncio.run(under_way(studio, plan)):
        raise UsageError(
            "This very training is on the way already. Nothing was sent.",
            "studio rescue follows it; --again trains once more.",
        )
    return plan


def _tell_known(flags: argparse.Namespace, weights: Weights) -> int:
    if json_lines.wanted(flags):
        json_lines.emit("duplicate", path=weights.path, trigger=weights.training.trigger, endpoint=weights.trainer)
    else:
        say(f"{weights.path} was trained on exactly this set already; --again trains once more.")
    return Exit.OK


def _taker(weights: Weights) -> str:
    return {"flux1": "fal-ai/flux-lora", "flux2": "fal-ai/flux-2/lora"}.get(weights.training.family, "ID")
