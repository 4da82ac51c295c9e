"""What a person in front of the terminal would notice: the first frame, the first key, a key's effect, quiet."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.harness.attributes import PLAIN
from tests.benchmarks.harness.screen import Screen
from tests.benchmarks.harness.session import Session, now

MATCH = 0.99
"""Share of the settled frame's cells that make a frame painted."""
RETRY = 0.15
"""Seconds after which a first key is pressed again when the program was not listening yet."""
PATIENCE = 5.0
"""Seconds to wait for the effect of a key."""

Effect = Callable[[Screen], bool]


@dataclass(frozen=True, slots=True)
class Start:
    """One cold start; times in milliseconds from the start of the process."""

    frame: float
    """The first whole frame with the text that was waited for."""
    painted: float
    cpu: float
    rss_mib: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Press:
    """One key: milliseconds to its effect, None when there was none, and bytes until the next pause."""

    effect: float | None
    bytes: int


def cold_start(session: Session, text: str) -> Start:
    """From the start of a session with `keep` until its first frame stands. `text` is in that frame."""
    frame = session.wait_text(text)
    session.settle()
    shown, painted = ((moment - session.started) * 1000 for moment in (frame, painted_at(session)))
    used = session.usage()
    return Start(shown, painted, used.run_ns / 1e6, used.peak_rss_kib / 1024, session.bytes_out)


def painted_at(session: Session) -> float:
    """The first moment from which nearly all of the settled frame's cells stay in place."""
    final = session.screen
    weighed = [
        (y, x)
        for y in range(final.rows)
        for x in range(final.cols)
        if final.chars[y][x] not in ("", " ") or final.attributes[y][x].background != PLAIN.background
    ]
    replay = Screen(final.rows, final.cols)
    since: float | None = None
    for moment, data in session.log:
        replay.feed(data)
        if replay.in_sync:
            continue
        chars, looks = replay.chars, replay.attributes
        same = sum(chars[y][x] == final.chars[y][x] and looks[y][x] == final.attributes[y][x] for y, x in weighed)
        since = (since or moment) if same >= MATCH * len(weighed) else None
    return since or session.last_output


def first_key(session: Session, text: str, key: str, effect: Effect) -> float:
    """Milliseconds from the start until a key pressed in the first frame has its effect."""
    session.wait_text(text)
    session.key(key)
    pressed = now()
    while not (session.pump(0.02) and not session.screen.in_sync and effect(session.screen)):
        if now() - pressed > RETRY:
            pressed = session.key(key)
        if now() - session.started > PATIENCE:
            raise TimeoutError(f"{key} had no effect; the screen was:\n{session.screen.text()}")
    return (session.screen_time - session.started) * 1000


def press(session: Session, key: str, effect: Effect, pause: random.Random) -> Press:
    """Press a key at a random moment, so that no timer is met in phase, and wait for its effect."""
    session.drain(0.03 + 0.03 * pause.random())
    session.settle(0.0, 0.05)
    before = session.bytes_out
    at, seen = session.key(key), None
    while seen is None and now() - at < PATIENCE and not session.ended:
        moved = session.pump(0.02)
        if moved and session.screen_time >= at and not session.screen.in_sync and effect(session.screen):
            seen = session.screen_time
    session.settle(0.05, 0.25)
    return Press(None if seen is None else (seen - at) * 1000, session.bytes_out - before)


def idle_percent(session: Session, seconds: float) -> float:
    """Per cent of a core that the program takes while nobody does anything."""
    session.drain(1.0)
    before, begun = session.usage(), now()
    session.drain(seconds)
    return (session.usage().run_ns - before.run_ns) / 1e7 / (now() - begun)
