"""Records and weights that somebody else wrote are read with care: what makes no sense is no record and no weights."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from studio.library.disk import Disk
from studio.library.png import BrokenFile
from studio.library.weights_check import checked_weights
from studio.library.weights_intake import WeightsIntake
from tests.fakes.weights import fake_safetensors, training_job
from tests.library.test_weights import brought


@pytest.mark.parametrize(
    "changes",
    [
        {"created": 1e300},
        {"created": "nan"},
        {"created": -1e300},
        {"steps": -5},
        {"pictures": -1},
        {"price": "-3"},
        {"price": "NaN"},
        {"path": "loras/\0.safetensors"},
        {"path": "loras/x.txt"},
        {"path": "loras/a/b.safetensors"},
    ],
)
def test_a_record_that_character_toml_could_not_hold_is_none(tmp_path: Path, changes: dict[str, object]) -> None:
    intake = WeightsIntake(tmp_path, Disk())
    brought(intake, training_job())
    path = tmp_path / "loras" / "glchgrl-001.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    assert intake.fresh() == []


def test_words_of_a_record_come_without_what_could_act_on_a_terminal(tmp_path: Path) -> None:
    intake = WeightsIntake(tmp_path, Disk())
    brought(intake, training_job())
    path = tmp_path / "loras" / "glchgrl-001.json"
    evil = {"trigger": "gl\x1b[2Jtch\u202e", "family": "flux1\x07", "trainer": "a\x1b]0;x\x07b"}
    path.write_text(json.dumps({**json.loads(path.read_text()), **evil}))
    (weights,) = intake.fresh()
    assert (weights.training.trigger, weights.training.family, weights.trainer) == ("gltch", "flux1", "ab")


def weights(tmp_path: Path, header: bytes, rest: bytes = b"") -> Path:
    path = tmp_path / "w"
    path.write_bytes(struct.pack("<Q", len(header)) + header + rest)
    return path


def test_a_shape_of_a_million_numbers_is_refused_at_once(tmp_path: Path) -> None:
    entry = {"t": {"dtype": "F16", "shape": [2**52] * 200_000, "data_offsets": [0, 2]}}
    with pytest.raises(BrokenFile, match="nobody reads"):
        checked_weights(weights(tmp_path, json.dumps(entry).encode(), b"\0\0"))


def test_a_header_far_larger_than_any_lora_needs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match="header"):
        checked_weights(weights(tmp_path, b"{" + b" " * 40_000_000 + b"}"))


def test_not_a_number_is_no_number(tmp_path: Path) -> None:
    header = b'{"t": {"dtype": "F16", "shape": [NaN], "data_offsets": [0, Infinity]}}'
    with pytest.raises(BrokenFile):
        checked_weights(weights(tmp_path, header, b"\0\0"))


def test_whole_weights_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "w"
    path.write_bytes(fake_safetensors())
    assert checked_weights(path).tensors == 1
