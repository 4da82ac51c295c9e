"""Video endpoints give a short clip that a player can open."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from tests.sandbox.caller import Caller
from tests.sandbox.test_edits import at, figure, uri


def boxes(data: bytes) -> dict[str, bytes]:
    """The boxes of one level of an MP4 file, by kind."""
    found: dict[str, bytes] = {}
    place = 0
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        assert length >= 8
        found[kind.decode("latin-1")] = data[place + 8 : place + length]
        place += length
    assert place == len(data)
    return found


def frames(data: bytes) -> list[bytes]:
    """The JPEG frames, found through the tables of the file."""
    table = boxes(boxes(boxes(boxes(boxes(data)["moov"])["trak"])["mdia"])["minf"])["stbl"]
    tables = boxes(table)
    count = struct.unpack(">I", tables["stsz"][8:12])[0]
    lengths = struct.unpack(f">{count}I", tables["stsz"][12:])
    place = struct.unpack(">I", tables["stco"][8:12])[0]
    found = []
    for length in lengths:
        found.append(data[place : place + length])
        place += length
    return found


async def test_a_clip_lasts_as_long_and_is_as_large_as_asked(caller: Caller) -> None:
    output = await caller.output(
        "fal-ai/veo3.1/image-to-video",
        prompt="she breathes",
        image_url=uri(figure()),
        duration="4s",
        aspect_ratio="16:9",
        resolution="720p",
    )
    assert output["video"]["content_type"] == "video/mp4"
    data = (await caller.call("GET", output["video"]["url"])).data
    shown = frames(data)
    pictures = [Image.open(io.BytesIO(frame)) for frame in (shown[0], shown[-1])]
    assert len(shown) == 4 * 12
    assert [picture.size for picture in pictures] == [(1280, 720)] * 2
    assert pictures[0].tobytes() != pictures[1].tobytes()
    assert b"fal sandbox" in data


@pytest.mark.parametrize(("end", "changes"), [({}, False), ({"end_image_url": uri(figure((200, 30, 30)))}, True)])
async def test_a_clip_goes_to_its_end_frame_when_it_has_one(caller: Caller, end: dict[str, str], changes: bool) -> None:
    endpoint = "fal-ai/kling-video/o3/standard/image-to-video"
    output = await caller.output(endpoint, prompt="x", image_url=uri(figure()), duration="3", **end)
    last = Image.open(io.BytesIO(frames((await caller.call("GET", output["video"]["url"])).data)[-1]))
    red, _, blue = at(last.convert("RGB").resize((192, 256)), 80, 150)
    assert (red > blue) is changes
