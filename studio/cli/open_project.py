"""Opening a project for a command that sends nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from studio.cli.flags import options
from studio.cli.planning import check_project

if TYPE_CHECKING:
    from studio.workflows.studio import Studio


def offline_studio(flags: argparse.Namespace) -> Studio:
    """The project of the flags, opened so that it needs no key. Raises ProjectError. Close it afterwards."""
    from studio.compose import open_studio

    check_project(flags.dir)
    return open_studio(flags.dir, options(flags, offline=True))
