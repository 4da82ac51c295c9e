"""A plain client of the sandbox for its tests: aiohttp over loopback, addresses followed as given."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from PIL import Image

FLEX = "fal-ai/flux-2-flex"
KONTEXT = "fal-ai/flux-pro/kontext"
SMALL = {"width": 48, "height": 64}


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers, bytes."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.data)


@dataclass
class Caller:
    """Speaks to one sandbox."""

    url: str
    session: aiohttp.ClientSession
    key: str | None = "Key anything"

    async def call(self, method: str, url: str, **more: Any) -> Answer:
        """One request; a path is taken below the sandbox's own address."""
        target = url if url.startswith("http") else self.url + url
        headers = {**({"Authorization": self.key} if self.key else {}), **more.pop("headers", {})}
        async with self.session.request(method, target, headers=headers, **more) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def submit(self, endpoint: str = FLEX, **arguments: Any) -> Answer:
        """POST a request to the queue; small and with a prompt unless told otherwise."""
        if endpoint == FLEX:
            arguments = {"prompt": "a knight waving", "image_size": SMALL, **arguments}
        return await self.call("POST", f"/queue.fal.run/{endpoint}", json=arguments)

    async def events(self, handle: dict[str, Any], logs: bool = True) -> list[dict[str, Any]]:
        """All events of the status stream, until it closes."""
        answer = await self.call("GET", handle["status_url"] + "/stream" + ("?logs=1" if logs else ""))
        lines = answer.data.decode("utf-8", "replace").splitlines()
        return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]

    async def finished(self, endpoint: str = FLEX, **arguments: Any) -> dict[str, Any]:
        """Submit and follow to the end; gives the handle."""
        answer = await self.submit(endpoint, **arguments)
        assert answer.status == 200, answer.data
        handle: dict[str, Any] = answer.json
        await self.events(handle)
        return handle

    async def output(self, endpoint: str = FLEX, **arguments: Any) -> Any:
        """Submit, follow, and give the output."""
        handle = await self.finished(endpoint, **arguments)
        answer = await self.call("GET", handle["response_url"])
        assert answer.status == 200, answer.data
        return answer.json

    async def picture(self, output: Any) -> Image.Image:
        """The first picture of an output, decoded."""
        entry = output["images"][0] if "images" in output else output["image"]
        answer = await self.call("GET", entry["url"])
        picture = Image.open(io.BytesIO(answer.data))
        picture.load()
        return picture

    async def ledger(self) -> Any:
        """The sandbox's own account."""
        return (await self.call("GET", "/_sandbox/ledger")).json
