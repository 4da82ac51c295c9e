"""The rows of the pose list: which pose or set heading lies where, and what each row says. Pure; knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.domain.pose import Pose
from studio.ui.state.live import Phase, PoseState
from studio.ui.widgets.run_line import Run, clipped, justified, width_of

LOOK_OF = {
    Phase.RUNNING: "accent",
    Phase.STORING: "accent",
    Phase.HELD: "warn",
    Phase.FAILED: "bad",
    Phase.UNKNOWN: "warn",
    Phase.PAUSED: "warn",
}


@dataclass(frozen=True, slots=True)
class PoseRow:
    """A pose with everything its row shows."""

    pose: Pose
    picked: int
    takes: int
    state: PoseState


@dataclass(frozen=True, slots=True)
class Line:
    """One screen line of the list: a heading, or the first or second line of the pose at `index`."""

    index: int
    """Index of the pose; -1 for a heading."""
    part: int = 0
    heading: str = ""


Figure = Callable[[Pose, bool], Sequence[str]]
"""The tiny figure of a pose: one row of two cells, or, where a pose has two lines, two rows of four."""


def layout(poses: Sequence[Pose], *, tall: bool) -> list[Line]:
    """The lines of the list, two a pose if tall. A heading stands where a new set begins, unless the sets are so
    mixed that there would be nearly as many headings as poses.
    """
    groups = sum(pose.set != before for pose, before in zip(poses, [None, *(pose.set for pose in poses)], strict=False))
    several = 1 < groups <= len(poses) / 2
    lines: list[Line] = []
    last: str | None = None
    for index, pose in enumerate(poses):
        if several and pose.set != last:
            lines.append(Line(-1, heading=pose.set or "own"))
            last = pose.set
        lines.append(Line(index))
        if tall:
            lines.append(Line(index, 1))
    return lines


def counts(row: PoseRow) -> list[Run]:
    """`✓1 ·5`: how many are picked, how many there are."""
    if not row.takes:
        return []
    picked = [Run(f"✓{row.picked} ", "good")] if row.picked else []
    return [*picked, Run(f"·{row.takes}", "muted")]


def state_runs(row: PoseRow) -> list[Run]:
    """The words for what is going on, in their colour."""
    words = row.state.words()
    return [Run(words, LOOK_OF.get(row.state.phase, "muted"))] if words else []


def heading_runs(heading: str, width: int) -> list[Run]:
    """A set's name, with a rule to the right end."""
    title = clipped(heading, width - 4)
    return [Run(f"{title} ", "muted"), Run("─" * max(0, width - len(title) - 1), "faint")]


def first_line(row: PoseRow, figure: str, width: int, *, cursor: bool, tall: bool) -> list[Run]:
    """Bar, tick, figure, name; counts at the right, and the state too where there is no second line."""
    right = counts(row)
    if not tall and (state := state_runs(row)):
        right = [*state, Run(" "), *right] if width_of(state) + width_of(right) < width // 2 else state
    left = [
        Run("▌" if cursor else " ", "accent"),
        Run("■ " if row.pose.ticked else "□ ", "accent" if row.pose.ticked else "muted", "tick"),
        Run(f"{figure} ", "strong" if cursor else "muted"),
        Run(row.pose.name, "strong" if cursor else ""),
        *([Run(" ◆", "accent")] if row.pose.seed is not None else []),
    ]
    return justified(left, [*right, Run(" ")], width)


def second_line(row: PoseRow, figure: str, width: int, *, cursor: bool) -> list[Run]:
    """The figure's lower half; the state with its bar while something goes on, else the sentence."""
    left = [Run("▌" if cursor else " ", "accent"), Run("  "), Run(f"{figure} ", "strong" if cursor else "muted")]
    room = width - width_of(left) - 1
    state = state_runs(row)
    if row.state.phase is Phase.RUNNING and row.state.fraction is not None:
        bar = progress_bar(row.state.fraction, room - width_of(state) - 1)
        return [*left, *bar, Run(" "), *state, Run(" ")]
    if state and (failure := row.state.job.failure if row.state.job else None):
        told = " ".join(part for part in (failure.message, failure.remedy) if part)
        return [*left, *state, Run(clipped(f" · {told}", room - width_of(state)), "muted"), Run(" ")]
    if state:
        return justified([*left, *state], [Run(" ")], width)
    return [*left, Run(clipped(" ".join(row.pose.text.split()), room), "muted"), Run(" ")]


def progress_bar(fraction: float, cells: int) -> list[Run]:
    """A bar with steps of half a cell."""
    halves = round(max(0.0, min(1.0, fraction)) * cells * 2)
    done = "━" * (halves // 2) + "╸" * (halves % 2)
    return [Run(done, "accent"), Run("─" * max(0, cells - len(done)), "faint")]
