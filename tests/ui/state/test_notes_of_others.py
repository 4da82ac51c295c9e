"""Notes in `.studio/` that came with somebody else's project never keep the studio from opening."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.domain.character import Character, Reference
from studio.ui.state.contact_memory import load_culled
from studio.ui.state.window_state import WindowState, load_window_state
from studio.workflows.drift_meter import drift_meter

HOSTILE = [
    pytest.param(b"[" * 200_000, id="nested"),
    pytest.param(b'{"a":' * 200_000, id="nested tables"),
    pytest.param(b"\xff\xfe\0", id="no text"),
    pytest.param(b"[]", id="a list"),
    pytest.param(b"NaN", id="not a number"),
    pytest.param(b'{"pose": "x' + b"y" * 40_000_000 + b'"}', id="endless"),
    pytest.param(b'{"left_width": ' + b"9" * 6000 + b"}", id="endless number"),
]


def note(folder: Path, name: str, data: bytes) -> None:
    (folder / ".studio").mkdir(exist_ok=True)
    (folder / ".studio" / name).write_bytes(data)


@pytest.mark.parametrize("data", HOSTILE)
def test_the_window_opens_as_at_first(tmp_path: Path, data: bytes) -> None:
    note(tmp_path, "window.json", data)
    assert load_window_state(tmp_path) == WindowState()


@pytest.mark.parametrize("data", HOSTILE)
def test_no_pose_counts_as_gone_through(tmp_path: Path, data: bytes) -> None:
    note(tmp_path, "culled.json", data)
    assert load_culled(tmp_path) == {}


@pytest.mark.parametrize("data", HOSTILE)
def test_drift_is_measured_again(tmp_path: Path, data: bytes) -> None:
    note(tmp_path, "drift.json", data)
    drift_meter(tmp_path, Character("G", "A girl.", references=(Reference("references/a.png"),)), [])


@pytest.mark.parametrize("changes", [{"score": float("nan")}, {"likeness": float("inf")}, {"palette": "1e999"}])
def test_figures_that_are_none_are_not_believed(tmp_path: Path, changes: dict[str, object]) -> None:
    from studio.workflows.drift_meter import _believed

    row: dict[str, object] = {
        "score": 1,
        "palette": 1,
        "proportions": None,
        "likeness": 1,
        "remarks": [],
        "unmeasured": [],
    }
    assert _believed(row) is not None
    assert _believed(json.loads(json.dumps({**row, **changes}))) is None
