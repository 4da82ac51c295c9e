"""Whether a downloaded file is whole safetensors weights, found out without loading a tensor.

The format (huggingface/safetensors): 8 bytes header length, little-endian; a JSON object that names each tensor's
dtype, shape and place; then the tensors, which fill the rest of the file without a gap.
"""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TypeGuard

from studio.library.png import BrokenFile

LONGEST_HEADER = 32 * 1024**2
"""Bytes of a header. The format allows 100 MB; a LoRA of a thousand tensors takes a hundred thousand, and reading one
takes some twenty times its size in memory.
"""

MOST_DIMENSIONS = 16
"""Numbers of a shape: weights have two to five, and the product of a million of them takes hours."""

LARGEST = 2 * 1024**3
"""Bytes of weights that are kept: a LoRA is far below, and fal charges more for one above."""

SIZES = {
    **dict.fromkeys(("F64", "I64", "U64"), 8),
    **dict.fromkeys(("F32", "I32", "U32"), 4),
    **dict.fromkeys(("F16", "BF16", "I16", "U16"), 2),
    **dict.fromkeys(("F8_E4M3", "F8_E5M2", "F8_E8M0", "I8", "U8", "BOOL"), 1),
}
"""Bytes of one number of each dtype."""

_METADATA = "__metadata__"


@dataclass(frozen=True, slots=True)
class Checked:
    """Weights that are whole: their SHA-256 in hex, their bytes, and how many tensors they hold."""

    sha256: str
    size: int
    tensors: int


def checked_weights(path: Path) -> Checked:
    """The weights of a file, read through once in pieces. Raises BrokenFile with the reason, OSError from the disk."""
    size = path.stat().st_size
    if size > LARGEST:
        raise BrokenFile(f"they are larger than {LARGEST // 2**30} GB")
    with path.open("rb") as file:
        tensors = _tensors(file, size)
        file.seek(0)
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
        if file.tell() != size or os.fstat(file.fileno()).st_size != size:
            raise BrokenFile("they changed while they were read")
    return Checked(digest.hexdigest(), size, tensors)


def _tensors(file: BinaryIO, size: int) -> int:
    """How many tensors the header names, when they fill the file exactly."""
    length = int.from_bytes(file.read(8), "little")
    if size > 8 and LONGEST_HEADER < length <= size - 8:
        raise BrokenFile(f"their header is larger than {LONGEST_HEADER // 2**20} MB")
    if size < 10 or not 2 <= length <= size - 8:
        raise BrokenFile("they are no safetensors file, or only a part of one")
    try:
        header = json.loads(file.read(length).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BrokenFile("their header cannot be read") from error
    if not isinstance(header, dict):
        raise BrokenFile("their header is no table")
    spans = sorted(_span(name, entry) for name, entry in header.items() if name != _METADATA)
    if not spans:
        raise BrokenFile("they hold no tensors")
    at = 0
    for begin, end in spans:
        if begin != at:
            raise BrokenFile("their tensors overlap or leave a gap")
        at = end
    if at != size - 8 - length:
        raise BrokenFile(f"{size - 8 - length} bytes of tensors are there, the header names {at}")
    return len(spans)


def _span(name: str, entry: object) -> tuple[int, int]:
    """Where a tensor begins and ends, when that fits its dtype and shape."""
    if not isinstance(entry, dict):
        raise BrokenFile(f"tensor {name[:80]!r} is not described")
    shape, offsets = entry.get("shape"), entry.get("data_offsets")
    width = SIZES.get(str(entry.get("dtype")))
    if width is None or not _whole_numbers(shape) or not _whole_numbers(offsets) or len(offsets) != 2:
        raise BrokenFile(f"tensor {name[:80]!r} is described in a way nobody reads")
    if len(shape) > MOST_DIMENSIONS:
        raise BrokenFile(f"tensor {name[:80]!r} is described in a way nobody reads")
    begin, end = offsets
    if end - begin != width * math.prod(shape):
        raise BrokenFile(f"tensor {name[:80]!r} does not have the size it claims")
    return begin, end


def _whole_numbers(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(
        isinstance(one, int) and not isinstance(one, bool) and 0 <= one < 2**53 for one in value
    )
