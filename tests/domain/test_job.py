"""The life of a job follows its table and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.job import ENDED, MOVES, IllegalMove, Job, JobState, Provenance, result_flagged, result_pictures
from studio.domain.request import Json, Request

REQUEST = Request.make("fal-ai/flux/dev", {"prompt": "a figure", "seed": 7}, 7)


def job(state: JobState = JobState.WRITTEN) -> Job:
    return Job(id="j1", request=REQUEST, provenance=Provenance("Glitch", "running"), created=1.0, state=state)


@given(st.lists(st.sampled_from(list(JobState)), max_size=12))
def test_no_sequence_of_wishes_breaks_the_table(wishes: list[JobState]) -> None:
    now = job()
    for at, wish in enumerate(wishes):
        if wish in MOVES[now.state]:
            now = now.move(wish, float(at))
            assert (now.state, now.moved) == (wish, float(at))
        else:
            with pytest.raises(IllegalMove):
                now.move(wish, float(at))


def test_nothing_leaves_an_end() -> None:
    assert all(not MOVES[state] for state in ENDED)


def test_every_state_can_be_reached_and_every_open_state_can_end() -> None:
    reached, ends = {JobState.WRITTEN}, set(ENDED)
    for _ in JobState:
        reached |= {to for state in reached for to in MOVES[state]}
        ends |= {state for state in JobState if MOVES[state] & ends}
    assert reached == set(JobState)
    assert ends == set(JobState)


def test_an_unknown_job_is_never_sent_again_by_itself() -> None:
    assert JobState.SENT not in MOVES[JobState.UNKNOWN]
    assert JobState.WRITTEN not in MOVES[JobState.UNKNOWN]


def test_a_request_is_the_same_whatever_the_order_of_its_arguments() -> None:
    other = Request.make("fal-ai/flux/dev", {"seed": 7, "prompt": "a figure"}, 7)
    assert other == REQUEST
    assert hash(other) == hash(REQUEST)
    assert other.digest == REQUEST.digest


def test_changing_a_copy_of_the_arguments_changes_no_request() -> None:
    REQUEST.arguments["prompt"] = "another"
    assert REQUEST.prompt == "a figure"


@pytest.mark.parametrize(
    ("result", "count"),
    [
        ({"images": [{"url": "https://x/1.png"}]}, 1),
        ({"images": [{"url": "a"}, {"url": "b"}, {}]}, 2),
        ({"image": {"url": "a"}}, 1),
    ],
)
def test_pictures_are_found_in_both_shapes_of_result(result: Json, count: int) -> None:
    assert len(result_pictures(result)) == count


@pytest.mark.parametrize("result", [None, [], {}, {"images": []}, {"images": None}, {"image": {"href": "x"}}, "text"])
def test_a_result_without_a_picture_is_said(result: Json) -> None:
    with pytest.raises(ValueError, match="result"):
        result_pictures(result)


@pytest.mark.parametrize(
    ("result", "black"),
    [({"has_nsfw_concepts": [True]}, True), ({"has_nsfw_concepts": [False]}, False), ({}, False), (None, False)],
)
def test_black_pictures_are_marked(result: Json, black: bool) -> None:
    assert result_flagged(result) is black
