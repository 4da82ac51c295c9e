"""A cull of a hundred takes by keys alone, while more come in: nothing jumps, everything can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.take import Take, Verdict
from tests.ui.stage import Stage, stage

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
POSES, EACH, MORE = 4, 25, 20


async def make(on: Stage, pose: str, takes: int) -> None:
    """Ask for takes of a pose, and do not wait for them."""
    studio = on.session.studio
    await studio.generate(studio.plan([studio.pose(pose)], replace(on.session.recipe, takes=takes)))


def decisions(takes: list[Take]) -> list[tuple[str, int]]:
    return [(str(take.verdict), take.stars) for take in takes]


async def test_a_hundred_takes_are_decided_by_keys_while_twenty_more_arrive(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A")
        names = [pose.name for pose in on.session.project.poses[:POSES]]
        for name in names:
            await make(on, name, EACH)
        await on.takes(POSES * EACH)
        table = on.session.studio.takes
        culled = {name: [take.id for take in table.of_pose(name)] for name in names}
        came = 0
        for name in names:
            on.app.bench.poses.go_to(name)
            on.app.bench.takes.show(culled[name][0])
            for at, take_id in enumerate(culled[name]):
                assert on.shown is not None and on.shown.id == take_id
                if at % 5 == 4 and came < MORE:
                    await make(on, names[came % POSES], 1)
                    came += 1
                match at % 3:
                    case 0:
                        await on.press("p")
                    case 1:
                        await on.press("x")
                    case _:
                        await on.press("4", "right_square_bracket")
        await on.takes(POSES * EACH + MORE)
        wanted = [("picked", 0), ("rejected", 0), ("undecided", 4)]
        expected = [wanted[at % 3] for at in range(EACH)]

        def now(name: str) -> list[tuple[str, int]]:
            return decisions([take for take_id in culled[name] if (take := table.get(take_id)) is not None])

        await on.until(lambda: all(now(name) == expected for name in names), "every decision is the one that was meant")
        late = [take for take in table.all() if take.id not in {one for ids in culled.values() for one in ids}]
        assert len(late) == MORE and {take.verdict for take in late} == {Verdict.UNDECIDED}
        for _ in range(POSES * EACH):
            await on.pilot.press("ctrl+z")
        nothing = [("undecided", 0)] * EACH
        await on.until(lambda: all(now(name) == nothing for name in names), "everything is taken back")
        assert on.shown is not None and on.shown.id == culled[names[0]][0]
