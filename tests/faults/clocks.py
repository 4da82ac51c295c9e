"""Clocks that are wrong, are set while the studio runs, or have run on for days before somebody comes back."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.faults.audit import Auditor
from tests.faults.report import Row, check, conclude
from tests.faults.world import new_world, render_words

HOUR, DAY = 3600.0, 86_400.0
AT_SENDING = (0.0, -HOUR, HOUR, -30 * DAY, 3 * DAY)
AT_RESCUE = (0.0, -DAY, 20 * 60.0, 5 * DAY)
"""Seconds by which the clock is wrong; when only the one at the rescue is ahead, so much time has simply passed."""


def wrong_clocks(folder: Path) -> Row:
    """Lose the answer to a submit under one clock and rescue under another; set the clock in the middle of a render."""
    row = Row("clock wrong, set back, days later")
    with new_world(folder, ["probe"]) as world:
        auditor = Auditor(world.project)
        for sent, rescued in itertools.product(AT_SENDING, AT_RESCUE):
            words = render_words(world.project, ["probe"])
            world.dying({"die_at": "provider: after submit", "clock": sent}, *words)
            world.dying({"clock": rescued}, "rescue", world.project, "--json")
            row.runs += 1
            row.unknown.update(check(world, auditor, row, f"sent {sent:+.0f} s, rescued {rescued:+.0f} s").unknown)
        for looks, by in itertools.product(range(1, 8, 2), (-DAY, DAY)):
            world.dying({"jump": [looks, by]}, *render_words(world.project, ["probe"]))
            row.runs += 1
            check(world, auditor, row, f"set by {by:+.0f} s after {looks} looks")
        return conclude(world, auditor, row)
