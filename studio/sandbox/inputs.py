"""The files a call refers to: data URIs, files on our own file host, and anything on the web."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from studio.domain.model import Model
from studio.domain.request import Json
from studio.sandbox.answers import FalError, Violation, listed
from studio.sandbox.files import HOST, Files, Product

LARGEST = 64 * 1024 * 1024
"""Bytes of one input file."""

MEDIA = "fal.media"
"""What fal's file hosts end in: v3.fal.media, v3b.fal.media and their like."""

GUIDE = "guide"
"""Role of a picture that tells the pose from inside a list of controls."""

GUIDES = {"easycontrols": "image_url", "controlnets": "control_image_url"}
"""Lists of controls, and where each of their entries has its picture (facts, flux-general)."""

FETCHED_ROLES = frozenset({"image", "images", "mask", "archive"})


@dataclass(frozen=True, slots=True)
class Input:
    """One input file: the argument it came in, its role, and its bytes."""

    loc: tuple[str | int, ...]
    role: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Reads one address, wherever it leads."""

    session: ClientSession
    files: Files
    product: Callable[[str, str], Awaitable[Product | None]]

    async def fetch(self, url: str, loc: tuple[str | int, ...]) -> bytes:
        """The bytes behind an address. Raises fal's `image_load_error`, `file_download_error` or `file_too_large`."""
        url = self.files.shelved(url)
        if url.startswith("data:"):
            return _data_uri(url, loc)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise _problem(loc, "file_download_error", "The file has no address that can be downloaded")
        path = unquote(parts.path)
        # The port changes with every start, so our own files are known by their path alone, and clients that keep
        # fal's own addresses say those: nothing is fetched from fal itself.
        if path.startswith(f"/{HOST}/files/") or (parts.hostname or "").endswith(MEDIA):
            return await self._own(path, loc)
        return await self._foreign(url, loc)

    async def _own(self, path: str, loc: tuple[str | int, ...]) -> bytes:
        data = self.files.uploaded(path)
        if data is None:
            order_id, name = ("", *path.rsplit("/", 2))[-2:]
            product = await self.product(order_id, name)
            data = product.data if product else None
        if data is None:
            raise _problem(loc, "file_download_error", "The file does not exist")
        return data

    async def _foreign(self, url: str, loc: tuple[str | int, ...]) -> bytes:
        try:
            async with self.session.get(url, timeout=ClientTimeout(total=20)) as answer:
                if answer.status != 200:
                    raise _problem(loc, "file_download_error", f"The file could not be downloaded: {answer.status}")
                data = b""
                async for chunk in answer.content.iter_chunked(1 << 16):
                    data += chunk
                    if len(data) > LARGEST:
                        raise _too_large(loc)
                return data
        except (ClientError, TimeoutError, ValueError) as error:
            raise _problem(loc, "file_download_error", "The file could not be downloaded") from error


async def gather(model: Model, arguments: Mapping[str, Json], fetcher: Fetcher) -> list[Input]:
    """Every input file of a call, in the order of the schema."""
    found: list[Input] = []
    for param in model.params:
        value = arguments.get(param.name)
        if param.role not in FETCHED_ROLES or not value:
            continue
        listing = value if isinstance(value, list) else [value]
        for index, url in enumerate(listing):
            loc = ("body", param.name, index) if isinstance(value, list) else ("body", param.name)
            if isinstance(url, str):
                found.append(Input(loc, param.role, await fetcher.fetch(url, loc)))
    return [*found, *await _guides(arguments, fetcher)]


async def _guides(arguments: Mapping[str, Json], fetcher: Fetcher) -> list[Input]:
    found: list[Input] = []
    for name, key in GUIDES.items():
        listing = arguments.get(name)
        for index, entry in enumerate(listing if isinstance(listing, list) else []):
            url = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(url, str) and url:
                loc = ("body", name, index, key)
                found.append(Input(loc, GUIDE, await fetcher.fetch(url, loc)))
    return found


def _data_uri(url: str, loc: tuple[str | int, ...]) -> bytes:
    head, comma, payload = url.partition(",")
    if not comma:
        raise _problem(loc, "image_load_error", "The data URI has no data")
    if len(payload) > LARGEST * 4 // 3:
        raise _too_large(loc)
    try:
        return base64.b64decode(payload, validate=True) if head.endswith(";base64") else unquote_to_bytes(payload)
    except (binascii.Error, ValueError) as error:
        raise _problem(loc, "image_load_error", "The data URI is not base64") from error


def _too_large(loc: tuple[str | int, ...]) -> FalError:
    return listed(422, Violation(loc, "file_too_large", "The file is too large", {"max_size": LARGEST}))


def _problem(loc: tuple[str | int, ...], kind: str, words: str) -> FalError:
    return listed(422, Violation(loc, kind, words))
