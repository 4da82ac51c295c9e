"""The campaign behind the promise: nothing paid is lost, nothing is bought twice, no picture is half written.

    python -m tests.faults.campaign [--kills 300] [--seed 1] [--pairs [N]] [--minutes 60] [--jobs 2] [--only WORD]
                                    [--keep DIR]

The sandbox runs as one process and the studio as others, which are killed at every durable step, at random moments
and in the middle of rescues; all of it again through every scripted fault, with full disks and with wrong clocks. After
each of these the real `studio rescue` runs, and what the sandbox accepted and billed is compared with the journal and
the pictures on the disk. Prints a line for each scenario when it ends and the table at last; the exit code is 1 when
anything was lost, bought twice, half written, sent unasked, or left unknown where it could have been known.

`--pairs` adds faults in pairs: all of them, or N drawn at random. No scenario begins after `--minutes`.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.faults import cancels, clocks, faults, kills, outages, shortages, storms, windows
from tests.faults.report import Row, table

PAIRS_A_STORM = 120
"""Pairs that share one sandbox; a project with thousands of poses would be an experiment of its own."""

Scenario = Callable[[Path, random.Random], Iterable[Row | None]]


def scenarios(pairs: int | None, seed: int) -> Iterator[tuple[str, Scenario]]:
    """Every scenario by name, but for the random moments, which come last."""
    yield "fault", lambda at, dice: [storms.storm(at, faults.singles(), dice, name="every fault", kill=0.0)]
    yield "fault-and-kill", lambda at, dice: [storms.storm(at, faults.singles(), dice, name="every fault, and kills")]
    yield "step", lambda at, dice: [kills.every_step(at, ["probe"])]
    yield "pair-of-jobs", lambda at, dice: [kills.every_step(at, ["probe", "other"], more=["--pick"])]
    yield "rescue", lambda at, dice: [kills.every_step_of_rescue(at)]
    yield "hang-up", lambda at, dice: [kills.random_moments(at, 10, dice, how=signal.SIGHUP)]
    yield "terminate", lambda at, dice: [kills.random_moments(at, 10, dice, how=signal.SIGTERM)]
    yield "windows", lambda at, dice: [windows.two_windows(at, 20, dice)]
    yield "network", lambda at, dice: [outages.outages(at, 8, dice)]
    yield "disk", lambda at, dice: [shortages.full_disk(at)]
    yield "journal", lambda at, dice: [shortages.full_journal(at)]
    yield "tmpfs", lambda at, dice: [shortages.small_file_system(at, dice, runs=12, journal_too=False)]
    yield "tmpfs-journal", lambda at, dice: [shortages.small_file_system(at, dice, runs=12, journal_too=True)]
    yield "clock", lambda at, dice: [clocks.wrong_clocks(at)]
    yield "cancel", lambda at, dice: [cancels.cancelling(at, dice)]
    once = [trouble for trouble in faults.singles() if trouble.faults[0][0] in faults.ONCE]
    yield "history-refused", lambda at, dice: storms.forgotten(at, once, storms.HISTORY_REFUSED, name="history refused")
    yield "history-silent", lambda at, dice: storms.forgotten(at, once, storms.HISTORY_SILENT, name="history silent")
    yield "forgotten", lambda at, dice: [storms.forgetful(at)]
    if pairs is not None:
        yield from _pairs(pairs, random.Random(f"{seed} pairs"))


def _pairs(number: int, chance: random.Random) -> Iterator[tuple[str, Scenario]]:
    every = faults.pairs()
    drawn = chance.sample(every, number) if 0 < number < len(every) else every
    for start in range(0, len(drawn), PAIRS_A_STORM):
        part = drawn[start : start + PAIRS_A_STORM]
        name = f"pairs of faults {start + 1}-{start + len(part)} of {len(drawn)}"
        yield f"pairs-{start + 1}", partial(_storm, part, name)


def _storm(part: Sequence[faults.Trouble], name: str, folder: Path, dice: random.Random) -> Iterable[Row]:
    return [storms.storm(folder, part, dice, name=name, kill=0.3)]


class Campaign:
    """Runs scenarios, a few at a time, and tells each line when it is known."""

    def __init__(self, flags: argparse.Namespace, root: Path) -> None:
        self._flags = flags
        self._root = root
        self._ends = time.monotonic() + 60 * flags.minutes
        self.rows: list[Row] = []

    def run(self) -> None:
        """All of it; the random moments last, to make up the number of kills."""
        self._together(scenarios(self._flags.pairs, self._flags.seed))
        wanted = self._flags.kills
        rest = max(wanted // 4, wanted - sum(row.kills for row in self.rows))
        self._together([("random", lambda at, dice: [kills.random_moments(at, rest, dice)])])

    def _together(self, named: Iterable[tuple[str, Scenario]]) -> None:
        with ThreadPoolExecutor(self._flags.jobs) as pool:
            chosen = [(name, scenario) for name, scenario in named if self._flags.only in name]
            for _ in pool.map(lambda one: self._one(*one), chosen):
                pass

    def _one(self, name: str, scenario: Scenario) -> None:
        if time.monotonic() > self._ends:
            tell(f"{name}: left out, the time is over")
            return
        begun = time.monotonic()
        try:
            found = list(scenario(self._root / name, random.Random(f"{self._flags.seed} {name}")))
        except Exception as error:
            found = [Row(name, broke=f"{type(error).__name__}: {error}")]
        for row in found:
            if row is None:
                tell(f"{name}: left out, it needs the right to mount")
                continue
            self.rows.append(row)
            seconds = time.monotonic() - begun
            said = [f"{row.name}: {'good' if row.good else 'BAD'}, {row.kills} kills, {seconds:.0f} s"]
            tell("\n    ".join(said + ([] if row.good else row.troubles())))


def tell(line: str) -> None:
    """Say a line at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def verdict(rows: Sequence[Row]) -> str:
    """What came out, in a sentence."""
    held = all(row.good for row in rows)
    kills_made, paid = sum(row.kills for row in rows), sum(row.paid for row in rows if not row.allowed)
    known = f"{kills_made} kills, {paid} pictures paid for"
    return f"The promise held: {known}." if held else f"THE PROMISE WAS BROKEN: {known}. The lines above say where."


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, run, print; 0 when the promise held."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.campaign", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=300, help="processes to kill at least (default 300)")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is drawn at random")
    parser.add_argument("--pairs", type=int, nargs="?", const=0, help="faults in pairs too; N of them, else all")
    parser.add_argument("--minutes", type=float, default=60.0, help="no scenario begins later (default 60)")
    parser.add_argument("--only", default="", metavar="WORD", help="only scenarios whose name has this in it")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave projects, journals and records there")
    parser.add_argument("--jobs", type=int, default=2, help="scenarios at a time (default 2)")
    flags = parser.parse_args(argv)
    root = flags.keep or Path(tempfile.mkdtemp(prefix="campaign-"))
    campaign = Campaign(flags, root)
    campaign.run()
    rows = campaign.rows
    if not flags.keep:
        shutil.rmtree(root, ignore_errors=True)
    tell(f"\n{table(rows)}\n\n{verdict(rows)}")
    return 0 if rows and all(row.good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
