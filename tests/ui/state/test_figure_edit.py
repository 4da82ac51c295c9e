"""Turning the joints of a figure: what keys and mouse do to its angles, and that each step can be undone."""

from __future__ import annotations

import pytest

from studio.domain.skeleton import Proportions, Skeleton
from studio.ui.state.figure_edit import HANDLES, FigureEdit, angle_of, with_angles


def edit(name: str, skeleton: Skeleton | None = None) -> FigureEdit:
    held = next(number for number, handle in enumerate(HANDLES) if handle.name == name)
    return FigureEdit(skeleton or Skeleton(), Proportions(7), held)


def test_up_raises_an_arm_on_the_screen() -> None:
    figure = edit("left shoulder")
    before = figure.places()["left_elbow"]
    assert figure.turn(figure.handle.along, 60)
    assert figure.places()["left_elbow"][1] > before[1] + 0.05


@pytest.mark.parametrize("handle", [handle.name for handle in HANDLES])
def test_every_handle_moves_something_both_ways_and_comes_back(handle: str) -> None:
    figure = edit(handle, Skeleton.from_mapping({"left_arm": {"bend": 60}, "right_arm": {"bend": 60}}))
    before = figure.skeleton
    for axis in (figure.handle.across, figure.handle.along, figure.handle.about):
        if axis is not None:
            assert figure.turn(axis, 5) and figure.skeleton != before
            assert figure.turn(axis, -5)
            assert figure.skeleton == before or axis.path.endswith("point")


def test_an_elbow_stops_where_elbows_stop() -> None:
    figure = edit("right elbow")
    for _ in range(40):
        figure.turn(figure.handle.along, 15)
    assert angle_of(figure.skeleton, "right_arm.bend") == 150
    assert not figure.turn(figure.handle.along, 15)


def test_turning_around_goes_on_past_the_back() -> None:
    figure = edit("camera")
    for _ in range(24):
        figure.turn(figure.handle.across, 15)
    assert figure.skeleton == Skeleton()


def test_every_step_is_undone_and_done_again() -> None:
    figure = edit("left hip")
    steps = [figure.skeleton]
    figure.turn(figure.handle.along, 30)
    steps.append(figure.skeleton)
    figure.swap()
    steps.append(figure.skeleton)
    figure.mirrored()
    steps.append(figure.skeleton)
    for wanted in reversed(steps[:-1]):
        assert figure.undo() and figure.skeleton == wanted
    assert not figure.undo()
    for wanted in steps[1:]:
        assert figure.redo() and figure.skeleton == wanted


def test_a_new_step_forgets_what_was_undone() -> None:
    figure = edit("left hip")
    figure.turn(figure.handle.along, 30)
    figure.undo()
    figure.turn(figure.handle.along, 10)
    assert not figure.redo()


def test_the_other_side_does_the_same() -> None:
    figure = edit("left shoulder")
    figure.turn(figure.handle.along, 60)
    assert figure.match_sides()
    assert figure.skeleton.right_arm == figure.skeleton.left_arm
    figure.hold_opposite()
    assert figure.handle.name == "right shoulder"


def test_swapping_keeps_the_turn_and_mirroring_does_not() -> None:
    posed = Skeleton.from_mapping({"turn": 30, "left_arm": {"lift": 90}})
    figure = edit("head", posed)
    figure.swap()
    assert figure.skeleton.turn == 30 and figure.skeleton.right_arm.lift == 90
    figure.mirrored()
    assert (figure.skeleton.turn, figure.skeleton.left_arm.lift) == (-30, 90)


@pytest.mark.parametrize(("handle", "joint"), [("left shoulder", "left_elbow"), ("right knee", "right_ankle")])
def test_a_joint_that_is_drawn_comes_to_where_the_pointer_is(handle: str, joint: str) -> None:
    start = Skeleton.from_mapping({"right_leg": {"lift": 80}})
    figure = edit(handle, start)
    goal = edit(handle, start)
    goal.turn(goal.handle.along, 35)
    place = goal.places()[joint]
    skeleton = start
    for _ in range(6):
        skeleton = figure.dragged(figure.held, place, skeleton)
    found = figure.places_of(skeleton)[joint]
    assert abs(found[0] - place[0]) < 0.02 and abs(found[1] - place[1]) < 0.02


def test_the_mouse_takes_the_nearest_joint_and_nothing_far_from_any() -> None:
    figure = edit("head")
    number = figure.nearest(figure.places()["right_wrist"])
    assert number is not None and HANDLES[number].name == "right elbow"
    assert figure.nearest((0.8, 0.8)) is None


@pytest.mark.parametrize("number", [number for number, handle in enumerate(HANDLES) if handle.drags])
@pytest.mark.parametrize(("across", "along"), [(60, 100), (-40, 60), (0, 40), (80, 20), (-80, 60)])
def test_a_dragged_joint_comes_under_the_pointer_wherever_it_can_be(number: int, across: float, along: float) -> None:
    figure, handle = FigureEdit(Skeleton(), Proportions(7)), HANDLES[number]
    angles = {
        axis.path: max(axis.low, min(axis.high, angle))
        for axis, angle in ((handle.across, across), (handle.along, along))
    }
    start = figure.places()[handle.drags]
    end = figure.places_of(with_angles(Skeleton(), angles))[handle.drags]
    drawn = Skeleton()
    for part in range(1, 9):
        place = (start[0] + (end[0] - start[0]) * part / 8, start[1] + (end[1] - start[1]) * part / 8)
        drawn = figure.dragged(number, place, drawn)
    found = figure.places_of(drawn)[handle.drags]
    assert abs(found[0] - end[0]) < 0.03 and abs(found[1] - end[1]) < 0.03
