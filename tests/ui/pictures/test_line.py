from __future__ import annotations

import asyncio
from collections.abc import Callable

from studio.ui.pictures.line import BATCH, LEAST, QUEUED, Line, Parcel
from studio.ui.pictures.tier import Tier, tiers_for
from tests.fakes.picture_host import FakeWire

UNIT = "x" * 4096


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it did not come true")


def parcel(units: int, done: list[str], *, name: str = "p", wanted: Callable[[], bool] = lambda: True) -> Parcel:
    return Parcel(lambda: [UNIT] * units, wanted, lambda: done.append(name), f"<end {name}>")


async def idle_turns() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_no_more_is_sent_than_the_terminal_can_take_in_shortly() -> None:
    now = [0.0]
    wire, line, done = FakeWire(), Line(lambda: now[0]), list[str]()
    line.use(wire, lambda: "<bye>")
    line.send(parcel(100, done))
    await idle_turns()
    assert wire.text.count("x") <= LEAST + BATCH
    assert not done
    while not done:
        now[0] += 0.1
        wire.answer(now[0])
        await idle_turns()
        assert wire.asked * BATCH <= LEAST + BATCH, "a slow line never gets more than the least at once"
    assert wire.text.count("x") == 100 * 4096


async def test_a_fast_line_is_kept_full_and_asked_less_often() -> None:
    now, flying = [0.0], 0
    wire, line, done = FakeWire(), Line(lambda: now[0]), list[str]()
    line.use(wire, lambda: "<bye>")
    line.send(parcel(400, done))
    await idle_turns()
    answered = 0
    while answered < len(wire.written):
        now[0] += len(wire.written[answered]) / 20e6
        wire.answer(now[0])
        answered += 1
        await idle_turns()
        flying = max(flying, sum(map(len, wire.written[answered:])))
    assert done
    assert line.rate is not None
    assert 15e6 < line.rate < 25e6
    assert flying > 4 * LEAST
    assert answered < 400 * len(UNIT) / BATCH / 2


async def test_one_picture_comes_after_the_other_and_short_words_between_them() -> None:
    wire, line, done = FakeWire(), Line(), list[str]()
    line.use(wire, lambda: "<bye>")
    line.send(parcel(20, done, name="a"))
    line.send(parcel(2, done, name="b"))
    await idle_turns()
    line.say("<word>")
    assert "<word>" not in wire.text, "a picture's commands must not be interrupted"
    while len(done) < 2:
        wire.answer(1.0)
        await idle_turns()
    assert done == ["a", "b"]
    assert wire.text.replace("\x1b[6n", "").index("<word>") == 20 * 4096


async def test_what_is_passed_by_is_ended_and_what_never_began_costs_nothing() -> None:
    wire, line, done = FakeWire(), Line(), list[str]()
    line.use(wire, lambda: "<bye>")
    wanted = True
    line.send(parcel(50, done, name="a", wanted=lambda: wanted))
    line.send(parcel(50, done, name="b", wanted=lambda: wanted))
    line.send(parcel(1, done, name="c"))
    await idle_turns()
    wanted = False
    while "c" not in done:
        wire.answer(1.0)
        await idle_turns()
    assert done == ["c"]
    assert "<end a>" in wire.text
    assert "<end b>" not in wire.text


async def test_nothing_is_written_while_the_writer_is_behind() -> None:
    wire, line, done = FakeWire(answers=False), Line(), list[str]()
    wire.backlog = QUEUED + 1
    line.use(wire, lambda: "<bye>")
    line.send(parcel(3, done))
    await idle_turns()
    assert not wire.written
    wire.backlog = 0
    while not done:
        await asyncio.sleep(0.001)


async def test_cutting_ends_the_picture_under_way_forgets_the_others_and_leaves_the_line_ready() -> None:
    wire, line, done = FakeWire(), Line(), list[str]()
    line.use(wire, lambda: "<bye>")
    line.send(parcel(50, done, name="a"))
    line.send(parcel(50, done, name="b"))
    await idle_turns()
    wire.leave()
    assert wire.text.endswith("<end a><bye>")
    line.send(parcel(1, done, name="c"))
    await until(lambda: done == ["c"])


def test_a_slow_line_gets_a_lean_picture_first_and_a_very_slow_one_only_that() -> None:
    assert tiers_for(None, far=False) == (Tier.FULL,)
    assert tiers_for(None, far=True) == (Tier.LEAN, Tier.FULL)
    assert tiers_for(20e6, far=True) == (Tier.FULL,)
    assert tiers_for(1e6, far=False) == (Tier.LEAN, Tier.FULL)
    assert tiers_for(2e5, far=False) == (Tier.LEAN,)
    assert tiers_for(20e6, far=False, wish=Tier.LEAN) == (Tier.LEAN,)
    assert tiers_for(2e5, far=False, wish=Tier.FULL) == (Tier.LEAN, Tier.FULL)
    assert tiers_for(20e6, far=False, wish=Tier.FULL) == (Tier.FULL,)


async def test_answers_that_were_held_up_and_come_together_do_not_flood_a_slow_line() -> None:
    now = [0.0]
    wire, line, done = FakeWire(), Line(lambda: now[0]), list[str]()
    line.use(wire, lambda: "<bye>")
    line.send(parcel(400, done))
    await idle_turns()
    answered, most = 0, 0
    while answered < len(wire.written):
        # A line of 1 MB/s that hands over the answers in threes.
        together = min(3, len(wire.written) - answered)
        now[0] += sum(map(len, wire.written[answered : answered + together])) / 1e6
        for _ in range(together):
            wire.answer(now[0])
            answered += 1
        await idle_turns()
        most = max(most, sum(map(len, wire.written[answered:])))
    assert done
    assert most < 120_000, "more than a tenth of a second of picture in front of a key"


async def test_small_pictures_on_a_long_way_are_not_taken_for_a_slow_line_but_many_of_them_are() -> None:
    now = [0.0]
    wire, line, done = FakeWire(), Line(lambda: now[0]), list[str]()
    line.use(wire, lambda: "<bye>")

    async def sent(units: int) -> None:
        before = len(done)
        line.send(parcel(units, done))
        while len(done) == before or wire.asked:
            await idle_turns()
            now[0] += 0.1
            wire.answer(now[0])

    for _ in range(5):
        await sent(1)
    assert line.words() == ""
    await sent(40)
    assert line.words().endswith(" KB/s")
