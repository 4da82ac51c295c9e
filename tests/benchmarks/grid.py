"""The grid of takes with ten thousand of them, in the scripted pty: key to paint, bytes of a key, memory.

    python -m tests.benchmarks.grid [--takes 10000] [--terminal plain|kitty]

Prints each figure beside what it should reach. Nothing is asserted; it needs Linux (/proc).
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence

from studio.config.paths import journal_file
from studio.config.project import Project
from studio.library import take_rows
from studio.library.journal import SqliteJournal
from studio.ui.state.grid_list import GridList
from studio.ui.state.grid_scroll import GridScroll
from studio.workflows.take_query import parse_query
from studio.workflows.take_sorts import SORTS
from tests.benchmarks.harness.measures import Effect, Press, press
from tests.benchmarks.harness.screen import Screen
from tests.benchmarks.harness.session import Session
from tests.benchmarks.harness.stats import median, quantile
from tests.benchmarks.screen import FRAME, Bench, Row, changed, effects, show
from tests.benchmarks.trial_project import fill, trial

KEYS = 40
QUERIES = ("s", "sword", "stars:>=3", "verdict:undecided", "price:<0.1", "date:>2023-01-01", "pose:run", "-neon draft")
"""Filter lines, each measured as one keystroke would be."""


def pure(project: Project) -> list[Row]:
    """Filter and order without a screen: what a keystroke adds to a frame."""
    journal = SqliteJournal(journal_file(project.id))
    takes = {take.id: take for take in take_rows.listed(journal.database, None, False)}
    journal.close()
    shown = GridList(takes.get, GridScroll())
    shown.fill(takes.values(), lambda take: True)
    warmed = timed(shown.warm)
    filtered = [timed(lambda text=text: shown.filter(parse_query(text, time.time()))) for text in QUERIES * 5]
    shown.filter(parse_query("", 0))
    ordered = [timed(lambda sort=sort: shown.order(sort)) for sort in SORTS.values() for _ in range(5)]
    return [
        Row("texts folded when the filter opens, ms", warmed, None, "ms"),
        Row("filter keystroke, worst, ms", max(filtered), FRAME, "ms", note=f"median {median(filtered):.1f}"),
        Row("another order, worst, ms", max(ordered), None, "ms", note=f"median {median(ordered):.1f}"),
    ]


def timed(work: object) -> float:
    """Milliseconds of a call."""
    assert callable(work)
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def place(screen: Screen) -> str:
    """`12/10000` at the end of the first row."""
    found = re.findall(r"(\d+/\d+)", screen.lines()[0])
    return str(found[-1]) if found else ""


def elsewhere(session: Session) -> Effect:
    """The place in the first row is not the one it is now."""
    before = place(session.screen)
    return lambda screen: place(screen) != before


def keys(bench: Bench, session: Session, wanted: Sequence[str]) -> list[Press]:
    """Press keys, each until the place in the first row is another one."""
    return [press(session, key, elsewhere(session), bench.pause) for key in wanted]


def on_screen(bench: Bench, project: Project) -> list[Row]:
    """The grid of the whole project, after the floor's moves in the same minute."""
    with bench.opened(bench.minimal()) as session:
        floor = effects(bench.floor_moves(session, KEYS))
    note = f"p50 {median(floor):.1f}; {len(floor)} keys"
    with bench.opened(bench.studio("many", project)) as session:
        session.key("v")
        session.settle()
        opened = press(session, "w", changed(session), bench.pause)
        session.key("g")
        session.settle()
        rows = [
            Row("the floor's key to paint, p99, ms", quantile(floor, 0.99), None, "ms", note=note),
            Row("all poses in the grid, ms", opened.effect or 0.0, None, "ms"),
        ]
        for what, wanted in (
            ("beside", "l" * KEYS),
            ("down", "j" * KEYS),
            ("page down, no small pictures kept yet", ["pagedown"] * KEYS),
            ("page up, small ones kept", ["pageup"] * KEYS),
            ("last and first", "Gg" * (KEYS // 4)),
        ):
            presses = keys(bench, session, list(wanted))
            took, sizes = effects(presses), [float(one.bytes) for one in presses]
            note = f"p50 {median(took):.1f}; {median(sizes):.0f} bytes; {len(took)} of {len(wanted)} keys"
            rows.append(Row(f"key to paint, {what}, p99, ms", quantile(took, 0.99), 33.0, "ms", note=note))
        session.key("g")
        session.key("/")
        session.settle()
        typed = effects(keys(bench, session, "landing"))
        note = f"p50 {median(typed):.1f}; {len(typed)} letters changed what is shown" if typed else "no effect"
        rows.append(Row("key to paint, filter, worst, ms", max(typed, default=0.0), None, "ms", note=note))
        rows.append(Row("peak memory, MiB", session.usage().peak_rss_kib / 1024, None, "MiB"))
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--takes", type=int, default=10_000)
    parser.add_argument("--terminal", choices=("plain", "kitty"), default="plain")
    options = parser.parse_args()
    with trial() as where:
        bench = Bench(where, options.terminal)
        project = where.glitch("many")
        fill(project, options.takes)
        show(pure(project))
        show(on_screen(bench, project))


if __name__ == "__main__":
    main()
