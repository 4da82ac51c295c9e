"""`studio compare` and `studio picks`: what sets takes apart, and what picks cost."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.conftest import Call, Fal


def two(call: Call, project: Path) -> list[str]:
    """Two takes, that of seed 1 first: which of them arrives first is chance."""
    stored = call("render", project, "--pose", "running", "--seed", "1,2", "--yes").events("stored")
    return [row["take"] for row in sorted(stored, key=lambda row: int(row["seed"]))]


def test_takes_are_told_apart_by_settings_and_pixels(call: Call, project: Path, fal: Fal, tmp_path: Path) -> None:
    first, second = two(call, project)
    picture = tmp_path / "apart.png"
    said = call("compare", project, first, second, "--picture", picture)
    rows = said.events("take")
    assert [row["take"] for row in rows] == [first, second]
    assert rows[0]["apart"] == ["seed 1"] and rows[1]["apart"] == ["seed 2"]
    assert "changed" not in rows[0] and 0 <= rows[1]["changed"] <= 1
    with Image.open(picture) as file:
        assert file.format == "PNG"


def test_a_person_reads_a_line_for_each(call: Call, call_at_terminal: Call, project: Path, fal: Fal) -> None:
    first, second = two(call, project)
    lines = call_at_terminal("compare", project, first, second).out.splitlines()
    assert lines[0] == f"{first}: seed 1"
    assert lines[1].startswith(f"{second}: seed 2 · ") and lines[1].endswith(f"from {first}")


def test_one_take_or_an_unknown_one_is_a_mistake(call: Call, project: Path, fal: Fal) -> None:
    first, _ = two(call, project)
    assert call("compare", project, first).code == 2
    assert call("compare", project, first, "nobody-001").code == 2


def test_picks_are_listed_with_what_all_takes_of_their_pose_cost(call: Call, project: Path, fal: Fal) -> None:
    first, _ = two(call, project)
    call("pick", project, first)
    said = call("picks", project)
    (row,) = said.events("pose")
    assert row["pose"] == "running" and row["takes"] == 2
    assert [pick["take"] for pick in row["picks"]] == [first]
    (total,) = said.events("summary")
    assert (total["picks"], total["takes"]) == (1, 2)
    assert total["per_pick"] == total["cost"] == row["cost"]


def test_a_person_reads_the_price_per_picked_take(call: Call, call_at_terminal: Call, project: Path, fal: Fal) -> None:
    first, _ = two(call, project)
    call("pick", project, first)
    out = call_at_terminal("picks", project).out
    assert out.startswith(f"running: {first} $") and "per picked take" in out


def test_without_takes_it_says_how_to_make_some(call_at_terminal: Call, project: Path) -> None:
    assert "No take is there yet" in call_at_terminal("picks", project).err
