"""The ledger can be read by keys alone, in a small terminal and with ten thousand takes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.widgets import Static

from studio.domain.spent import Spent
from studio.ui.screens.ledger import LedgerScreen
from studio.ui.state.ledger_rows import LedgerView, heading, remark, row
from studio.ui.widgets.long_table import LongTable
from studio.workflows.ledger import Ledger, make_ledger
from tests.workflows.test_ledger import LOST, S, spent

MANY = 10_000
DAY = 86_400.0


class Host(App[None]):
    """Shows the ledger of some rows; remembers how often a file was asked for."""

    def __init__(self, rows: Sequence[Spent]) -> None:
        super().__init__()
        self.ledger = make_ledger(rows)
        self.exports = 0
        self.made: list[int] = []

    def on_mount(self) -> None:
        self.push_screen(LedgerScreen(self.ledger, "2023-11-15", "s1", self.export))

    def export(self) -> None:
        self.exports += 1

    def told(self, name: str) -> str:
        return str(self.screen.query_one(f"#{name}", Static).content)

    @property
    def table(self) -> LongTable:
        return self.screen.query_one(LongTable)

    def seen(self) -> list[str]:
        """The lines of the table as they are painted."""
        return [self.table.render_line(y).text.rstrip(" ▐") for y in range(self.table.size.height)]


def few() -> list[Spent]:
    return [
        spent(picked=True),
        spent(**LOST, pose="sitting", state=S.UNKNOWN),
        spent(pose="[b]jump[/b]\x1b[2J", session="s0", sent=spent().sent + DAY),
        spent(sandbox=True, pose="clay"),
    ]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_totals_stand_above_a_table_by_pose_and_keys_lay_it_out_in_other_ways(size: tuple[int, int]) -> None:
    host = Host(few())
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        assert "$0.165 ($0.12 billed, $0.045 maybe)" in host.told("ledger-total")
        assert "1 picked take" in host.told("ledger-total")
        assert host.told("ledger-standing") == "Today $0.06 · this session $0.105"
        lines = host.seen()
        assert lines[0].split()[:2] == ["pose", "jobs"]
        assert [line.split()[0] for line in lines[1:5]] == ["running", "sitting", "[b]jump[/b]", "clay"]
        assert "est. $0.045, paid $0.06" in lines[1] and "would cost $0.06" in lines[4]
        await pilot.press("3")
        assert [line.split()[0] for line in host.seen()[1:3]] == ["2023-11-15", "2023-11-14"]
        await pilot.press("2")
        assert len([line for line in host.seen()[1:] if line]) == 2
        await pilot.press("4", "down", "down")
        await pilot.pause()
        assert "no take" in host.seen()[3] and "maybe $0.045" in host.seen()[3]
        assert "fal-ai/flux-2-pro" in host.told("ledger-remark")
        await pilot.press("e", "dollar_sign")
        await pilot.pause()
        assert host.exports == 1
        assert not isinstance(host.screen, LedgerScreen)


async def test_ten_thousand_takes_are_made_only_where_they_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counted(ledger: Ledger, view: LedgerView, number: int, width: int) -> object:
        made.append(number)
        return row(ledger, view, number, width)

    monkeypatch.setattr("studio.ui.screens.ledger.row", counted)
    host = Host([spent(take=f"running-{number:05}", job=f"j{number}") for number in range(MANY)])
    async with host.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("4")
        await pilot.pause()
        assert host.table.count == MANY
        assert len(set(made)) < 100
        await pilot.press("G")
        await pilot.pause()
        assert "running-00000" in host.seen()[-1]
        await pilot.press("g", "pagedown")
        await pilot.pause()
        assert "running-09999" not in host.seen()[1]
        assert len(set(made)) < 300


async def test_an_empty_ledger_says_how_to_fill_it() -> None:
    host = Host([])
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "ctrl+g" in host.seen()[1]
        await pilot.press("4", "G", "e", "escape")
        await pilot.pause()
        assert not isinstance(host.screen, LedgerScreen)


@pytest.mark.parametrize("width", [40, 72, 110])
def test_every_row_fills_its_cells_exactly(width: int) -> None:
    ledger = make_ledger([*few(), spent(pose="跳躍" * 30)])
    for view in LedgerView:
        count = len(ledger.entries) if view is LedgerView.TAKES else 1
        if width > 60:
            lines = [heading(view, width), *(row(ledger, view, number, width) for number in range(count))]
            assert {sum(cell_len(run.text) for run in line) for line in lines} == {width}
        assert "\x1b" not in "".join(run.text for run in row(ledger, view, 0, width))


def test_the_line_below_says_how_a_bill_came_about() -> None:
    ledger = make_ledger([spent(), spent(**LOST, state=S.FAILED, charged="fal may charge a refusal")])
    assert "est. $0.045, billed $0.06 · 2 units at $0.03" in remark(ledger, LedgerView.TAKES, 1)
    assert "fal may charge a refusal" in remark(ledger, LedgerView.TAKES, 0)
    assert remark(ledger, LedgerView.TAKES, 9) == ""
