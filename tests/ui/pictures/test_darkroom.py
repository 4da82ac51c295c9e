from __future__ import annotations

import asyncio

import pytest

from studio.ui.pictures.backend import BrokenPicture, Prepared, Room, Unwanted
from studio.ui.pictures.cache import PictureCache, Plate
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.recording import RecordingBackend, source

ROOM = Room(30, 9)


def yes() -> bool:
    return True


def prepared(key: str, weight: int) -> Prepared:
    return Prepared(source(key), 1, 1, weight)


def test_the_cache_lets_go_of_what_was_used_longest_ago() -> None:
    cache = PictureCache(limit=100)
    for key in "abc":
        cache.put(Plate(source(key), ROOM), prepared(key, 40))
        cache.get(Plate(source("a"), ROOM))
    assert cache.get(Plate(source("a"), ROOM)) is not None
    assert cache.get(Plate(source("b"), ROOM)) is None
    assert cache.weight == 80


def test_a_picture_larger_than_the_cache_is_not_kept() -> None:
    cache = PictureCache(limit=100)
    cache.put(Plate(source("a"), ROOM), prepared("a", 60))
    cache.put(Plate(source("b"), ROOM), prepared("b", 101))
    assert len(cache) == 1


def test_putting_a_picture_again_does_not_count_it_twice() -> None:
    cache = PictureCache(limit=100)
    for _ in range(3):
        cache.put(Plate(source("a"), ROOM), prepared("a", 40))
    assert cache.weight == 40


async def test_a_picture_is_prepared_once_for_two_who_wait_and_for_later() -> None:
    backend = RecordingBackend()
    darkroom = Darkroom(backend)
    gate = backend.hold("a")
    both = asyncio.gather(darkroom.develop(source("a"), ROOM, yes), darkroom.develop(source("a"), ROOM, yes))
    gate.set()
    first, second = await both
    assert first is second
    assert await darkroom.develop(source("a"), ROOM, yes) is first
    assert darkroom.ready(source("a"), ROOM) is first
    assert backend.prepared == [("a", ROOM)]
    darkroom.close()


async def test_another_size_is_another_picture() -> None:
    backend = RecordingBackend()
    darkroom = Darkroom(backend)
    await darkroom.develop(source("a"), ROOM, yes)
    await darkroom.develop(source("a"), Room(60, 9), yes)
    assert len(backend.prepared) == 2
    darkroom.close()


async def test_a_picture_nobody_wants_any_more_is_given_up() -> None:
    backend = RecordingBackend()
    darkroom = Darkroom(backend)
    gate = backend.hold("a")
    wanted = True
    waiting = asyncio.ensure_future(darkroom.develop(source("a"), ROOM, lambda: wanted))
    await asyncio.sleep(0)
    wanted = False
    gate.set()
    with pytest.raises(Unwanted):
        await waiting
    assert backend.given_up == ["a"]
    darkroom.close()


async def test_who_joins_a_picture_just_given_up_still_gets_it() -> None:
    backend = RecordingBackend()
    darkroom = Darkroom(backend)
    gate = backend.hold("a")
    answers: list[bool] = []

    def asked_before() -> bool:
        answers.append(True)
        return False

    first = asyncio.ensure_future(darkroom.develop(source("a"), ROOM, asked_before))
    await asyncio.sleep(0)
    gate.set()
    while not backend.given_up:
        await asyncio.sleep(0)
    assert (await darkroom.develop(source("a"), ROOM, yes)).source.key == "a"
    with pytest.raises(Unwanted):
        await first
    darkroom.close()


async def test_a_broken_picture_is_said_every_time_and_never_kept() -> None:
    backend = RecordingBackend()
    darkroom = Darkroom(backend)
    backend.broken["a"] = "a.png is damaged."
    for _ in range(2):
        with pytest.raises(BrokenPicture, match="damaged"):
            await darkroom.develop(source("a"), ROOM, yes)
    del backend.broken["a"]
    assert (await darkroom.develop(source("a"), ROOM, yes)).source == source("a")
    darkroom.close()


async def test_pictures_fetched_ahead_are_ready_when_they_are_wanted() -> None:
    backend = RecordingBackend()
    darkroom = Darkroom(backend)
    backend.broken["b"] = "b.png is damaged."
    darkroom.prefetch([source("a"), source("b"), source("c")], ROOM)
    while darkroom.ready(source("c"), ROOM) is None:
        await asyncio.sleep(0)
    assert darkroom.ready(source("a"), ROOM) is not None
    darkroom.close()


async def test_fetching_ahead_stops_when_other_pictures_are_likelier() -> None:
    backend = RecordingBackend()
    darkroom = Darkroom(backend)
    gate = backend.hold("a")
    darkroom.prefetch([source("a"), source("b")], ROOM)
    await asyncio.sleep(0)
    darkroom.prefetch([source("c")], ROOM)
    gate.set()
    while darkroom.ready(source("c"), ROOM) is None:
        await asyncio.sleep(0)
    assert [key for key, _ in backend.prepared] == ["c"]
    darkroom.close()
