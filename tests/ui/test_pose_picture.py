"""A pose read from a picture on the screen: found, priced, read, set right in the editor, kept."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from studio.config.project import load_project
from studio.domain.errors import Refused
from studio.domain.skeleton import KEYPOINTS, Proportions, Skeleton, keypoints
from studio.engine.ports import Completed, Queued
from studio.imaging.openpose import draw_openpose
from studio.ui.pictures.picture import PictureState, PictureView
from studio.ui.screens.figure_edit import FigureEditScreen
from tests.fakes.provider import FakeProvider
from tests.ui.stage import Stage, stage

STRANGE = Skeleton.from_mapping(
    {"left_arm": {"lift": 150, "bend": 95}, "right_leg": {"lift": 60, "front": 15, "bend": 80}}
)


def bones() -> Image.Image:
    return draw_openpose(keypoints(STRANGE, Proportions(7)), (384, 512))


def answer(provider: FakeProvider, picture: Image.Image) -> Completed:
    memory = io.BytesIO()
    picture.save(memory, "PNG")
    url = f"https://v3.fal.media/files/b/{len(provider.files)}.png"
    provider.files[url] = memory.getvalue()
    return Completed({"image": {"url": url}}, None)


async def name(on: Stage, text: str, said: str) -> None:
    """Type the name of a picture and wait for what is said about it."""
    await on.press("home", "shift+end", "delete", *["slash" if one == "/" else one for one in text])
    await on.until(lambda: said in flat(on), said)


def flat(on: Stage) -> str:
    """The screen without frames and line ends."""
    return " ".join(on.text().replace("│", " ").split())


async def test_a_skeleton_picture_opens_in_the_editor_and_becomes_a_pose(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        bones().save(tmp_path / "my-kick.png")
        on.screen.action_open("figure-read")
        await on.until(lambda: on.over == "PosePictureScreen")
        await name(on, "my-kick.png", "nothing is sent")
        assert on.app.screen.query_one(PictureView).source is not None
        await on.press("enter")
        await on.until(lambda: on.over == "FigureEditScreen", "the editor")
        assert "off by about" in on.text()
        await on.press("ctrl+s")
        assert "my kick" in on.text(), "the picture's name is offered"
        await on.press("ctrl+s")
        await on.until(lambda: on.over == "MainScreen")
        made = on.session.pose
        assert made is not None and made.name == "my kick" and made.skeleton is not None
        again, wanted = keypoints(made.skeleton, Proportions(7)), keypoints(STRANGE, Proportions(7))
        wrist = KEYPOINTS.index("left_wrist")
        assert abs(again[wrist].x - wanted[wrist].x) < 0.08 and abs(again[wrist].y - wanted[wrist].y) < 0.08
        await on.session.flush()
        assert made in load_project(tmp_path).poses
        assert on.provider.submitted == []


async def test_a_photo_is_sent_after_its_price_was_read_and_the_editor_can_undo_it(tmp_path: Path) -> None:
    provider = FakeProvider(hold=True)
    async with stage(tmp_path, provider=provider) as on:
        Image.new("RGB", (300, 400), "teal").save(tmp_path / "me.png")
        await on.press("S", "r")
        await name(on, "me.png", "$0.006 at most")
        assert provider.submitted == []
        screen = on.app.screen_stack[-2]
        assert isinstance(screen, FigureEditScreen)
        before = screen.edit.skeleton
        await on.press("enter", "enter")
        await on.until(lambda: provider.submitted)
        provider.push("fake-1", Queued(3))
        await on.until(lambda: "Waiting in the queue" in on.text())
        provider.push("fake-1", answer(provider, bones()))
        await on.until(lambda: on.over == "FigureEditScreen", "the editor again")
        assert len(provider.submitted) == 1 and screen.edit.skeleton != before
        await on.press("ctrl+z")
        assert screen.edit.skeleton == before
        assert on.session.studio.takes.totals()[1] == 1


async def test_who_leaves_while_it_is_read_finds_it_free_the_next_time(tmp_path: Path) -> None:
    provider = FakeProvider(hold=True)
    async with stage(tmp_path, provider=provider) as on:
        Image.new("RGB", (300, 400), "teal").save(tmp_path / "me.png")
        await on.press("S", "r")
        await name(on, "me.png", "at most")
        await on.press("enter")
        await on.until(lambda: provider.submitted)
        await on.press("escape")
        assert on.over == "FigureEditScreen" and any("costs nothing" in toast for toast in on.toasts())
        provider.push("fake-1", answer(provider, bones()))
        await on.takes(1)
        await on.press("r")
        await name(on, "me.png", "has read this picture before")
        await on.press("enter")
        await on.until(lambda: on.over == "FigureEditScreen")
        assert "joints read" in on.text() and len(provider.submitted) == 1


async def test_who_reads_the_same_picture_again_before_it_came_buys_nothing(tmp_path: Path) -> None:
    provider = FakeProvider(hold=True)
    async with stage(tmp_path, provider=provider) as on:
        Image.new("RGB", (300, 400), "teal").save(tmp_path / "me.png")
        await on.press("S", "r")
        await name(on, "me.png", "at most")
        await on.press("enter")
        await on.until(lambda: on.session.live.live and on.session.live.live[0].handle)
        await on.press("escape", "r")
        await name(on, "me.png", "at most")
        await on.press("enter")
        await on.until(lambda: "being read already" in flat(on), "the word")
        assert len(provider.submitted) == 1


class SlowUploads(FakeProvider):
    """Its uploads wait until they are let go."""

    def __init__(self) -> None:
        super().__init__(hold=True)
        self.gate = asyncio.Event()

    async def upload(
        self, path: Path, content_type: str, lifetime: int | None = None, sent: Callable[[int], None] | None = None
    ) -> str:
        url = await super().upload(path, content_type, lifetime, sent)
        await self.gate.wait()
        return url


async def test_who_leaves_while_the_picture_goes_up_finds_it_read_as_was_promised(tmp_path: Path) -> None:
    provider = SlowUploads()
    async with stage(tmp_path, provider=provider) as on:
        Image.new("RGB", (800, 800), "teal").save(tmp_path / "me.png", compress_level=0)
        await on.press("S", "r")
        await name(on, "me.png", "at most")
        await on.press("enter")
        await on.until(lambda: provider.uploaded, "the upload")
        await on.press("escape")
        assert any("comes as a take all the same" in toast for toast in on.toasts())
        provider.gate.set()
        await on.until(lambda: provider.submitted, "it is sent")


async def test_what_goes_wrong_after_one_left_is_told_all_the_same(tmp_path: Path) -> None:
    provider = SlowUploads()
    async with stage(tmp_path, provider=provider) as on:
        Image.new("RGB", (800, 800), "teal").save(tmp_path / "me.png", compress_level=0)
        await on.press("S", "r")
        await name(on, "me.png", "at most")
        await on.press("enter")
        await on.until(lambda: provider.uploaded, "the upload")
        await on.press("escape")
        provider.fail_with("submit", Refused("fal says no."))
        provider.gate.set()
        await on.until(lambda: on.session.live.faults, "the failure")


async def test_what_went_wrong_is_said_and_another_picture_can_be_named(tmp_path: Path) -> None:
    provider = FakeProvider(hold=True)
    async with stage(tmp_path, provider=provider) as on:
        Image.new("RGB", (300, 400), "teal").save(tmp_path / "a.png")
        Image.new("RGB", (300, 400), "navy").save(tmp_path / "b.png")
        await on.press("S", "r")
        await name(on, "c.png", "no file and no take")
        await name(on, "a.png", "at most")
        provider.push("fake-1", answer(provider, Image.new("RGB", (300, 400), "black")))
        await on.press("enter")
        await on.until(lambda: "found no person" in flat(on))
        provider.push("fake-2", Refused("fal did not like it."))
        await name(on, "b.png", "at most")
        await on.press("enter")
        await on.until(lambda: "did not like it" in flat(on))
        assert on.over == "PosePictureScreen"


async def test_the_shown_take_is_offered(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("r") if on.shown else await on.press("ctrl+g")
        await on.until(lambda: on.shown is not None)
        shown = on.shown
        await on.press("S", "r")
        assert shown is not None and shown.id in on.text()


async def test_the_mannequin_stands_beside_the_figure_where_there_is_room(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(120, 36)) as on:
        await on.press("S")
        clay = on.app.screen.query_one(PictureView)
        await on.until(lambda: clay.state is PictureState.SHOWN, "the clay is drawn")
        first = clay.source
        await on.press("tab", "shift+up")
        await on.until(lambda: clay.source != first, "drawn anew")
        await on.press("escape")
    async with stage(tmp_path, size=(80, 24)) as on:
        await on.press("S", "tab", "shift+up")
        assert not on.app.screen.query_one(PictureView).display
