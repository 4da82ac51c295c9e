"""What a scenario of the campaign found, and the table it is printed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.faults.audit import Auditor, Findings
from tests.faults.world import World

COLUMNS = (
    "scenario",
    "kills",
    "paid",
    "on disk",
    "lost",
    "twice",
    "half",
    "sent unasked",
    "unknown",
    "pending",
    "USD off",
    "temp files",
)


@dataclass
class Row:
    """One scenario: how often a process died, what the last audit found, and everything any audit found wrong."""

    name: str
    kills: int = 0
    runs: int = 0
    paid: int = 0
    on_disk: int = 0
    unknown: dict[str, str] = field(default_factory=dict)
    pending: dict[str, str] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    twice: dict[str, str] = field(default_factory=dict)
    half: dict[str, str] = field(default_factory=dict)
    pressed: dict[str, str] = field(default_factory=dict)
    off: str = "0"
    leftovers: int = 0
    allowed: bool = False
    """True when *unknown* is what has to come out: the answer was lost and fal's history says nothing."""

    def take(self, found: Findings, step: str = "") -> None:
        """Add an audit; `step` says after what it was made."""
        self.paid, self.on_disk = self.paid + found.paid, self.on_disk + found.on_disk
        self.merge(found, step)
        self.unknown.update(found.unknown)
        self.pending.update(found.pending)
        self.leftovers += found.leftovers
        if found.owed != found.booked and not found.unknown and not found.pending:
            self.off = str(found.owed - found.booked)

    def merge(self, found: Findings, step: str) -> None:
        """Keep what an audit found wrong, whatever a later one says."""
        told = f" [{step}]" if step else ""
        pairs = ((self.lost, found.lost), (self.twice, found.twice | found.doubles), (self.half, found.half))
        for mine, new in (*pairs, (self.pressed, found.pressed)):
            for name, why in new.items():
                mine.setdefault(name, why + told)

    broke: str = ""
    """Why the scenario itself could not be played to its end."""

    @property
    def good(self) -> bool:
        """True when the promise held."""
        unsaid = {} if self.allowed else self.unknown | self.pending
        return not (self.broke or self.lost or self.twice or self.half or self.pressed or unsaid or self.off != "0")

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        numbers = (self.kills, self.paid, self.on_disk, len(self.lost), len(self.twice), len(self.half))
        more = (len(self.pressed), len(self.unknown), len(self.pending))
        return (self.name, *map(str, (*numbers, *more)), self.off, str(self.leftovers))

    def troubles(self) -> list[str]:
        """Everything that needs words, one line each."""
        kinds = {"LOST": self.lost, "TWICE": self.twice, "HALF": self.half, "SENT UNASKED": self.pressed}
        left = {"unknown": self.unknown, "pending": self.pending}
        first = [f"{self.name}: {self.broke}"] if self.broke else []
        first += [f"{self.name}: the books are {self.off} USD off"] if self.off != "0" else []
        return first + [
            f"{self.name}: {kind}: {name}: {why}"
            for kind, found in (*kinds.items(), *left.items())
            for name, why in found.items()
        ]


def check(world: World, auditor: Auditor, row: Row, step: str) -> Findings:
    """Audit a world now, and keep what is wrong under the name of this step."""
    found = auditor.audit(world.server.ledger(), world.journal)
    row.merge(found, step)
    return found


def conclude(world: World, auditor: Auditor, row: Row, step: str = "the end") -> Row:
    """The last audit of a world; its kills and its sums become the row's."""
    row.kills += world.kills
    row.take(auditor.audit(world.server.ledger(), world.journal), step)
    return row


def total(rows: Sequence[Row]) -> Row:
    """The last line of the table; rows that had to stay blind are counted once they could see."""
    whole = Row("all")
    for row in rows:
        if row.allowed:
            continue
        whole.kills += row.kills
        whole.paid += row.paid
        whole.on_disk += row.on_disk
        whole.leftovers += row.leftovers
        for mine, theirs in (
            (whole.lost, row.lost),
            (whole.twice, row.twice),
            (whole.half, row.half),
            (whole.pressed, row.pressed),
            (whole.unknown, row.unknown),
            (whole.pending, row.pending),
        ):
            mine.update({f"{row.name}: {name}": why for name, why in theirs.items()})
        whole.off = row.off if row.off != "0" else whole.off
    return whole


def table(rows: Sequence[Row]) -> str:
    """The table, with a last line of sums."""
    lines = [COLUMNS, *(row.cells() for row in (*rows, total(rows)))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
