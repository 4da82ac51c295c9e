"""The contact flow: what is left, in which order, and when it was last gone through."""

from __future__ import annotations

from pathlib import Path

from studio.ui.state.contact import ContactFlow, to_cull
from studio.ui.state.contact_memory import load_culled, save_culled
from tests.ui.state.test_look_choice import table, take


def test_only_poses_with_undecided_takes_since_the_last_time_are_gone_through() -> None:
    takes = table(take(5, "a"), take(6, "b"), take(7, "c", verdict="picked"))
    assert to_cull(["a", "b", "c", "none"], takes, {}) == ["a", "b"]
    assert to_cull(["a", "b", "c"], takes, {"a": 5.5, "b": 5.5}) == ["b"]
    assert to_cull(["a", "b", "c"], takes, {"a": 9, "b": 9}) == ["a", "b"]


def test_a_pose_begins_at_its_first_undecided_take() -> None:
    rows = [take(1, verdict="rejected"), take(2), take(3)]
    flow = ContactFlow(["running"], table(*rows))
    assert flow.first() == rows[1]
    assert ContactFlow(["running"], table(rows[0])).first() == rows[0]


def test_what_is_left_shrinks_with_every_pose_and_comes_back_with_undo() -> None:
    flow = ContactFlow(["a", "b"], table(take(1, "a"), take(2, "a"), take(3, "b")))
    assert (flow.left().poses, flow.left().done, flow.left().takes) == (2, 0, 3)
    assert flow.step(1) and flow.pose == "b"
    assert (flow.left().done, flow.left().takes) == (1, 1)
    assert flow.go_to("A") and flow.pose == "a"
    assert (flow.left().done, flow.left().takes) == (0, 3)
    assert not flow.go_to("elsewhere")
    assert not flow.step(-1)


def test_when_poses_were_gone_through_is_kept_and_a_broken_file_is_no_harm(tmp_path: Path) -> None:
    save_culled(tmp_path, {"a": 1.5})
    assert load_culled(tmp_path) == {"a": 1.5}
    (tmp_path / ".studio" / "culled.json").write_text('{"a": "late", "b": 2, "c": true}')
    assert load_culled(tmp_path) == {"b": 2}
    (tmp_path / ".studio" / "culled.json").write_text("no json")
    assert load_culled(tmp_path) == {}
