"""The file host: what clients uploaded, and what orders produced, by the path of their addresses."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from studio.domain.text import slug

HOST = "v3.fal.media"
CACHE_BYTES = 96 * 1024 * 1024
"""Bytes of produced files kept in memory; what falls out is drawn again when somebody asks."""

SHELVED = "sandbox-file:"
"""Begins the reference that stands in an order's arguments for a picture in a data URI."""

LARGEST_UPLOAD = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Product:
    """One file an order produced."""

    name: str
    """Last part of its address, such as `0.png`."""
    content_type: str
    data: bytes
    width: int | None = None
    height: int | None = None
    flagged: bool = False
    """The safety checker blacked it out."""


class Files:
    """Uploads for ever (in `folder` when there is one, else in memory), products as long as there is room."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / "files" if folder else None
        self._uploads: dict[str, bytes] = {}
        self._products: OrderedDict[tuple[str, str], Product] = OrderedDict()
        self._bytes = 0

    def upload_path(self, file_name: str, content_type: str) -> str:
        """A new address path `/<host>/files/b/<key>/<name>` for a file that is to be uploaded."""
        stem, ending = Path(file_name).stem, Path(file_name).suffix.lower()
        ending = ending or mimetypes.guess_extension(content_type) or ".bin"
        return f"/{HOST}/files/b/{secrets.token_hex(8)}/{slug(stem)}{'.' + slug(ending[1:])}"

    def store(self, path: str, data: bytes) -> None:
        """Keep an upload under the path that `upload_path` gave."""
        key = _key(path)
        if self._folder is None:
            self._uploads[key] = data
            return
        target = self._folder / key
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(target.suffix + ".part")
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)

    def uploaded(self, path: str) -> bytes | None:
        """The upload of that path, on whichever of fal's file hosts, or None when there is none."""
        if self._folder is None:
            return self._uploads.get(_key(path))
        target = self._folder / _key(path)
        return target.read_bytes() if target.is_file() else None

    def shelve(self, text: str) -> str:
        """Keep a long text, such as a picture in a data URI, once however often it comes; gives its reference."""
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        path = f"/shelved/{digest}.txt"
        if self.uploaded(path) is None:
            self.store(path, text.encode("utf-8"))
        return SHELVED + digest

    def shelved(self, reference: str) -> str:
        """The text behind a reference of `shelve`; any other text is itself."""
        if not reference.startswith(SHELVED):
            return reference
        data = self.uploaded(f"/shelved/{reference.removeprefix(SHELVED)}.txt")
        return reference if data is None else data.decode("utf-8")

    def keep(self, order_id: str, products: list[Product]) -> None:
        """Remember what an order produced, letting go of the oldest when there is no room."""
        for product in products:
            old = self._products.pop((order_id, product.name), None)
            self._bytes += len(product.data) - (len(old.data) if old else 0)
            self._products[(order_id, product.name)] = product
        while self._bytes > CACHE_BYTES and len(self._products) > len(products):
            _, gone = self._products.popitem(last=False)
            self._bytes -= len(gone.data)

    def product(self, order_id: str, name: str) -> Product | None:
        """A remembered product, or None when it must be made again."""
        return self._products.get((order_id, name))


def _key(path: str) -> str:
    key, name = path.rsplit("/", 2)[-2:]
    return f"{slug(key)}/{slug(Path(name).stem)}.{slug(Path(name).suffix[1:])}"


def content_type(name: str) -> str:
    """The type a file name's ending says."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
