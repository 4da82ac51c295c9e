"""Trainers: a tiny LoRA file that any safetensors reader opens, and its configuration."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile

from studio.domain.request import Json
from studio.sandbox.answers import Violation, listed
from studio.sandbox.files import Product
from studio.sandbox.inputs import Input
from studio.sandbox.work import Task

FEWEST_PICTURES = 4
"""Pictures fal's FLUX.1 trainer asks for at least (facts, section 5)."""

PICTURES = (".png", ".jpg", ".jpeg", ".webp")

RANK, WIDTH = 4, 16


def train(task: Task) -> list[Product]:
    """Weights and configuration. Raises `invalid_archive` or `archive_file_count_below_minimum` for the data set."""
    archive = next((one for one in task.inputs if one.role == "archive"), None)
    count = _pictures(archive) if archive is not None else 0
    trigger = next((task.arguments[name] for name in ("trigger_word", "trigger_phrase") if name in task.arguments), "")
    metadata = {"software": "fal sandbox", "endpoint": task.model.id, "seed": str(task.seed)}
    config: dict[str, Json] = {
        "base_model": task.model.family,
        "trigger_word": trigger,
        "steps": task.arguments.get("steps"),
        "pictures": count,
        "software": "fal sandbox",
    }
    return [
        Product("pytorch_lora_weights.safetensors", "application/octet-stream", _safetensors(task.seed, metadata)),
        Product("config.json", "application/json", json.dumps(config, indent=2).encode("utf-8")),
    ]


def _pictures(archive: Input) -> int:
    supported: list[Json] = [".zip"]
    try:
        with zipfile.ZipFile(io.BytesIO(archive.data)) as opened:
            count = sum(name.lower().endswith(PICTURES) for name in opened.namelist())
    except zipfile.BadZipFile as error:
        limits: dict[str, Json] = {"supported_extensions": supported}
        raise listed(422, Violation(archive.loc, "invalid_archive", "The file is no zip archive", limits)) from error
    if count < FEWEST_PICTURES:
        extensions: list[Json] = list(PICTURES)
        told: dict[str, Json] = {
            "min_count": FEWEST_PICTURES,
            "provided_count": count,
            "supported_extensions": extensions,
        }
        words = f"The archive holds {count} pictures; at least {FEWEST_PICTURES} are needed"
        raise listed(422, Violation(archive.loc, "archive_file_count_below_minimum", words, told))
    return count


def _safetensors(seed: int, metadata: dict[str, str]) -> bytes:
    """The format: header length as 8 bytes, JSON header padded to 8, then the tensors (huggingface/safetensors)."""
    chance = random.Random(seed)
    block = "transformer.single_transformer_blocks.0.attn.to_q"
    shapes = {f"{block}.lora_A.weight": (RANK, WIDTH), f"{block}.lora_B.weight": (WIDTH, RANK)}
    header: dict[str, object] = {"__metadata__": metadata}
    data = b""
    for name, (rows, columns) in shapes.items():
        values = [chance.gauss(0.0, 0.02) for _ in range(rows * columns)]
        begin = len(data)
        data += struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": [rows, columns], "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode("utf-8")
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data
