"""`studio final`: a draft that is worth it becomes a final."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call, Fal

DRAFTS = ("--draft", "--pose", "running", "--pose", "hero-stance", "--yes")


def test_drafts_become_finals_with_the_same_seed_and_are_their_children(call: Call, project: Path, fal: Fal) -> None:
    drafts = call("render", project, *DRAFTS).events("stored")
    said = call("final", project, *(line["take"] for line in drafts), "--yes")
    assert said.code == 0
    finals = said.events("stored")
    assert {line["seed"] for line in finals} == {line["seed"] for line in drafts}
    seed = drafts[0]["seed"]
    first, last = (request.arguments for request in fal.provider.submitted if request.seed == seed)
    assert {**first, "num_inference_steps": 0} == {**last, "num_inference_steps": 0}
    assert int(str(last["num_inference_steps"])) > int(str(first["num_inference_steps"]))
    for line in finals:
        record = call("info", project / line["path"]).lines[0]
        assert record["parent"] in {draft["take"] for draft in drafts if draft["seed"] == line["seed"]}


def test_the_price_is_shown_and_nothing_sent(call: Call, project: Path, fal: Fal) -> None:
    take = call("render", project, *DRAFTS).events("stored")[0]["take"]
    said = call("final", project, take, "--dry-run", "--model", "fal-ai/flux/dev")
    assert said.code == 0
    assert [line["event"] for line in said.lines] == ["request", "total"]
    assert said.lines[0]["endpoint"] == "fal-ai/flux/dev"
    assert call("final", project, take).code == 5
    assert fal.sent == 2


def test_a_final_that_is_there_is_not_bought_again(call: Call, project: Path, fal: Fal) -> None:
    take = call("render", project, *DRAFTS).events("stored")[0]["take"]
    made = call("final", project, take, "--yes").events("stored")[0]
    said = call("final", project, take, "--yes")
    assert [line["take"] for line in said.events("duplicate")] == [made["take"]]
    assert call("final", project, made["take"], "--yes").code == 2
    assert fal.sent == 3


def test_a_take_that_does_not_exist_is_named(call: Call, project: Path, fal: Fal) -> None:
    said = call("final", project, "runing-001", "--yes")
    assert said.code == 2
    assert "runing-001" in said.err
