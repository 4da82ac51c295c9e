"""`studio dataset`: pictures and captions for a LoRA, and what the doctor says of them. Nothing is sent."""

from __future__ import annotations

import argparse
import asyncio

from studio.cli import flags as flag_sets
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.training_flags import add_training, tell_examined, wanted_training

ABOUT = (
    "Make dataset/ of the picks, the pack and the references, a caption for each, and examine it for a trainer. "
    "Captions that were changed stay. It costs nothing; a set that must not be trained on ends with exit code 1."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the trainer, what to leave out."""
    flag_sets.add_project(parser)
    add_training(parser)
    group = parser.add_argument_group("which pictures")
    group.add_argument("--leave-out", action="append", default=[], metavar="STEM", help="take a picture out of the set")
    group.add_argument("--take-back", action="append", default=[], metavar="STEM", help="take it in again")
    group.add_argument("--check", action="store_true", help="only examine what lies in dataset/, change nothing")


def run(flags: argparse.Namespace) -> int:
    """Build, examine, tell. The exit code is 1 when the set would be refused."""
    from studio.workflows.dataset import leave_out
    from studio.workflows.dataset_desk import built_and_examined, examined

    studio = offline_studio(flags)
    try:
        wish = wanted_training(studio, flags)
        for stem in flags.leave_out:
            leave_out(flags.dir, stem, True)
        for stem in flags.take_back:
            leave_out(flags.dir, stem, False)
        found = examined(flags.dir, wish) if flags.check else built_and_examined(studio.project, studio.takes, wish)
    finally:
        asyncio.run(studio.close())
    tell_examined(found, wish, flags)
    return Exit.FAILED if found.diagnosis.broken else Exit.OK
