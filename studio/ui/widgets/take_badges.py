"""What stands under a small picture of a take: its name, what was decided, and what should be known about it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from studio.domain import money
from studio.domain.take import Take, Verdict
from studio.ui.widgets.run_line import Run, clipped, harmless, justified, width_of
from studio.workflows.take_terms import price_of

VERDICTS = {Verdict.PICKED: Run("✓ ", "good"), Verdict.REJECTED: Run("✗ ", "bad")}
ROWS = 2


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the take itself does not know: whether it is marked, new, and whether its seed is the one in use."""

    marked: bool = False
    fresh: bool = False
    locked: bool = False


def badges(take: Take, about: Circumstances, width: int, *, cursor: bool = False) -> list[list[Run]]:
    """Two rows of at most `width` cells. Signs give way before stars, stars before the name's end."""
    front = [Run("◆ ", "accent")] if about.marked else []
    if take.verdict in VERDICTS:
        front.append(VERDICTS[take.verdict])
    if about.fresh:
        front.append(Run("new ", "accent"))
    name = short_name(take.id, width - width_of(front))
    return [[*front, Run(name, "strong" if cursor else "")], _signs(take, about, width)]


def short_name(name: str, width: int) -> str:
    """A take's id in so many cells: when it is too long its middle goes, and its number stays."""
    name = harmless(name)
    if cell_len(name) <= width:
        return name
    stem, dash, number = name.rpartition("-")
    end = f"…{dash}{number}"
    room = width - cell_len(end)
    return set_cell_size(stem, room).rstrip() + end if stem and room > 0 else clipped(name, width)


def price_words(take: Take) -> str:
    """`$0.05`, `~$0.05` where it is an estimate, nothing where nobody knows."""
    price = price_of(take)
    if price is None:
        return ""
    return money.shown(price) if take.billed is not None and not take.sandbox else f"~{money.shown(price)}"


def _signs(take: Take, about: Circumstances, width: int) -> list[Run]:
    signs = [
        *([Run("black", "bad")] if take.flagged else []),
        *([Run("★" * take.stars, "warn")] if take.stars else []),
        *([Run("draft", "muted")] if take.draft else []),
        *([Run("seed", "accent")] if about.locked else []),
    ]
    left: list[Run] = []
    for sign in signs:
        gap = [Run(" ")] if left else []
        if width_of([*left, *gap, sign]) <= width:
            left += [*gap, sign]
    price = Run(price_words(take), "muted")
    right = [price] if width_of([*left, price]) < width else []
    return justified(left, right, width)
