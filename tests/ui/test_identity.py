"""The ways to the same character, from the keyboard: the hub, the references, the family of a take."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from textual import events
from textual.widgets import Input

from studio.domain.take import Verdict
from studio.ui.screens.references import paths_of
from tests.ui.stage import Stage, stage

SIZES = [(80, 24), (120, 36), (200, 60)]


def picture(path: Path, colour: str = "red") -> Path:
    Image.new("RGB", (600, 800), colour).save(path)
    return path


async def one_take(on: Stage) -> str:
    """One take of the pose under the cursor with a picture in its file; its id."""
    await on.press("ctrl+g")
    await on.until(lambda: on.shown is not None, "a take")
    await on.until(lambda: not on.session.studio.engine.queue.busy(), "the end")
    assert on.shown is not None
    picture(on.session.studio.path(on.shown), "teal")
    return on.shown.id


async def edited(on: Stage, words: str) -> str:
    """A child of the shown take; its id."""
    before = {take.id for take in on.session.studio.takes.all()}

    def children() -> list[str]:
        return [take.id for take in on.session.studio.takes.all() if take.parent and take.id not in before]

    await on.press("E")
    await on.until(lambda: on.over == "ChangeScreen", "the screen")
    await on.press(*words, "ctrl+s")
    await on.until(lambda: bool(children()), "the edit")
    return children()[0]


@pytest.mark.parametrize("size", SIZES)
async def test_the_hub_lists_every_way_that_is_there_and_opens_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size) as on:
        await on.press("f9")
        await on.until(lambda: on.over == "IdentityScreen", "the hub")
        text = on.text()
        assert all(way in text for way in ("Description", "References", "Change a take", "Drift"))
        assert "cousin" in text and "free" in text
        await on.press("down", "enter")
        await on.until(lambda: on.over == "ReferencesScreen", "the references")


@pytest.mark.parametrize("size", SIZES)
async def test_pictures_come_in_get_a_role_and_an_order_and_are_kept(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path / "p", size) as on:
        await on.app.run_action("open('refs-open')", on.screen)
        await on.until(lambda: on.over == "ReferencesScreen", "the references")
        for colour in ("red", "blue"):
            await typed(on, picture(tmp_path / f"{colour}.png", colour))
            await on.until(partial(is_listed, on, colour), f"{colour} in the list")
        await on.press("1", "K")
        await on.until(lambda: listed(on) == ["references/blue.png", "references/red.png"], "the order")
        assert on.session.project.character.references[0].role == "front"
        await on.session.flush()
        assert 'path = "references/blue.png"\nrole = "front"' in (tmp_path / "p" / "character.toml").read_text()


async def typed(on: Stage, path: Path) -> None:
    await on.press("a")
    on.app.screen.query_one(Input).value = str(path)
    await on.press("enter")


def is_listed(on: Stage, colour: str) -> bool:
    return f"references/{colour}.png" in listed(on)


def listed(on: Stage) -> list[str]:
    return [one.path for one in on.session.project.character.references]


async def test_what_is_put_away_comes_back_to_its_place(tmp_path: Path) -> None:
    async with stage(tmp_path / "p") as on:
        await on.app.run_action("open('refs-open')", on.screen)
        await on.until(lambda: on.over == "ReferencesScreen", "the references")
        for colour in ("red", "blue"):
            await typed(on, picture(tmp_path / f"{colour}.png", colour))
            await on.until(partial(is_listed, on, colour), colour)
        await on.press("home", "d")
        await on.until(lambda: listed(on) == ["references/blue.png"], "the removal")
        await on.until(lambda: (tmp_path / "p/references/.trash/red.png").is_file(), "the file in the trash")
        await on.press("ctrl+z")
        await on.until(lambda: listed(on) == ["references/red.png", "references/blue.png"], "it back in its place")
        await on.until((tmp_path / "p/references/red.png").is_file, "its file back")


async def test_the_shown_take_becomes_a_reference_from_the_palette(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        take = await one_take(on)
        await on.press("ctrl+p")
        await on.press(*(key.replace(" ", "space") for key in "add this take"), "enter")
        await on.until(lambda: listed(on), "the reference")
        assert listed(on) == [f"references/{take}.png"]
        assert on.provider.uploaded == []


async def test_a_pick_is_chosen_from_a_list(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        take = await one_take(on)
        await on.session.studio.decide(take, Verdict.PICKED)
        await on.app.run_action("open('refs-open')", on.screen)
        await on.until(lambda: on.over == "ReferencesScreen", "the references")
        await on.press("p")
        await on.until(lambda: on.over == "ChooseScreen", "the picks")
        await on.press("enter")
        await on.until(lambda: listed(on) == [f"references/{take}.png"], "the reference")


async def test_paths_that_are_pasted_over_the_list_come_in(tmp_path: Path) -> None:
    async with stage(tmp_path / "p") as on:
        await on.app.run_action("open('refs-open')", on.screen)
        await on.until(lambda: on.over == "ReferencesScreen", "the references")
        pasted = "\n".join(str(picture(tmp_path / f"{colour}.png", colour)) for colour in ("red", "blue"))
        on.app.post_message(events.Paste(pasted))
        await on.until(lambda: listed(on) == ["references/red.png", "references/blue.png"], "both")


async def test_a_path_that_is_no_picture_is_refused_with_its_reason(tmp_path: Path) -> None:
    async with stage(tmp_path / "p") as on:
        await on.app.run_action("open('refs-open')", on.screen)
        await on.until(lambda: on.over == "ReferencesScreen", "the references")
        await typed(on, tmp_path / "none.png")
        await on.until(lambda: any("none.png cannot be read" in text for text in on.toasts()), "the reason")
        assert listed(on) == []


def test_pasted_paths_are_read_as_terminals_write_them(tmp_path: Path) -> None:
    text = f"'{tmp_path}/my face.png'\n{tmp_path}/my\\ back.png\nfile://{tmp_path}/a%20b.png\n\nrelative.png"
    names = [path.relative_to(tmp_path).as_posix() for path in paths_of(text, tmp_path)]
    assert names == ["my face.png", "my back.png", "a b.png", "relative.png"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_family_of_a_take_is_walked_and_another_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size) as on:
        first = await one_take(on)
        child = await edited(on, "green")
        await on.press("W")
        await on.until(lambda: on.over == "TreeScreen", "the tree")
        text = on.text()
        assert first in text and f"└─ {child}" in text
        await on.press("right")
        assert f"made from {first}" in on.text()
        await on.press("enter")
        await on.until(lambda: on.over == "MainScreen", "the main screen")
        assert on.shown is not None and on.shown.id == child


async def test_a_family_grows_while_it_is_looked_at(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await one_take(on)
        await edited(on, "green")
        await on.press("W")
        await on.until(lambda: on.over == "TreeScreen", "the tree")
        await on.press("E")
        await on.until(lambda: on.over == "ChangeScreen", "the change")
        await on.press(*"blue", "ctrl+s")
        await on.until(lambda: "3 in this family" in on.text(), "the third")
        assert on.over == "TreeScreen"


async def test_an_edit_that_shifted_is_aligned_beside_itself(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        first = await one_take(on)
        child = await edited(on, "green")
        takes, studio = on.session.studio.takes, on.session.studio
        paths = []
        for name, by in ((first, 0), (child, 40)):
            take = takes.get(name)
            assert take is not None
            drawn = Image.new("RGB", (600, 800), "white")
            pen = ImageDraw.Draw(drawn)
            pen.polygon([(200 + by, 150), (380 + by, 180), (330 + by, 600), (220 + by, 560)], fill="black")
            pen.ellipse((430 + by, 300, 500 + by, 420), fill="black")
            paths.append(studio.path(take))
            drawn.save(paths[-1])
        before = paths[1].read_bytes()
        await on.press("W")
        await on.until(lambda: on.over == "TreeScreen", "the tree")
        await on.press("right", "A")
        copy = paths[1].with_name(f"{child}-aligned.png")
        await on.until(copy.is_file, "the copy")
        await on.until(lambda: "moved 40" in on.text(), "the words")
        assert paths[1].read_bytes() == before
        with Image.open(copy) as aligned:
            assert aligned.size == (600, 800) and np.asarray(aligned)[170:200, 215:235].max() < 60
