"""`studio render --json`: the events other programs rely on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from studio.domain.errors import BadInput, Broken, KeyRefused, Unknown
from studio.engine.ports import LogLine, Queued, Running
from tests.cli.conftest import Call, Fal, money_of


def test_the_ticked_poses_are_drawn_and_every_step_is_a_line(call: Call, project: Path, fal: Fal) -> None:
    said = call("render", project, "--yes", "--json")
    assert said.code == 0
    planned = said.lines[0]
    assert planned["event"] == "planned"
    assert [set(job) for job in planned["jobs"]] == [{"job", "pose", "endpoint", "seed", "estimate"}] * 6
    jobs = [job["job"] for job in planned["jobs"]]
    assert {line["job"] for line in said.events("sent")} == set(jobs)
    assert {line["job"] for line in said.events("queued")} == set(jobs)
    assert all(set(line) == {"event", "job", "position"} for line in said.events("queued"))
    stored = said.events("stored")
    assert {line["job"] for line in stored} == set(jobs)
    wanted = {"event", "job", "pose", "take", "path", "seed", "request_id", "estimate", "billed"}
    assert [set(line) for line in stored] == [wanted] * 6
    assert all((project / line["path"]).is_file() and not Path(line["path"]).is_absolute() for line in stored)


def test_the_summary_is_last_and_adds_up(call: Call, project: Path, fal: Fal) -> None:
    said = call("render", project, "--max-cost", "1")
    last = said.lines[-1]
    assert set(last) == {"event", "stored", "failed", "unknown", "estimate", "billed"}
    assert (last["event"], last["stored"], last["failed"], last["unknown"]) == ("summary", 6, 0, 0)
    assert money_of(last, "estimate") == Decimal("0.30")
    assert money_of(last, "billed") == sum(money_of(line, "billed") for line in said.events("stored"))


def test_each_log_line_is_an_event_and_harmless(call: Call, project: Path, fal: Fal) -> None:
    done = fal.provider.completed("fake-1")
    fal.provider.push("fake-1", Queued(3), Running((LogLine("step \x1b[31m7\u202e/35"),)), done)
    said = call("render", project, "--yes", "--pose", "running")
    job = said.lines[0]["jobs"][0]["job"]
    assert said.events("log") == [{"event": "log", "job": job, "message": "step 7/35"}]
    assert [line["position"] for line in said.events("queued")] == [None, 3]


def test_poses_are_named_with_case_and_spaces_forgiven(call: Call, project: Path, fal: Fal) -> None:
    said = call("render", project, "--yes", "--pose", "Hero Stance", "--pose", "RUNNING", "--pose", "hero_stance")
    assert [job["pose"] for job in said.lines[0]["jobs"]] == ["hero-stance", "running"]


def test_seeds_follow_the_flag_and_takes_differ(call: Call, project: Path, fal: Fal) -> None:
    said = call("render", project, "--yes", "--pose", "running", "--seed", "7", "--takes", "2")
    assert [line["seed"] for line in said.lines[0]["jobs"]] == [7, 8]
    assert {request.seed for request in fal.provider.submitted} == {7, 8}
    assert all(request.arguments["seed"] == request.seed for request in fal.provider.submitted)


def test_picked_pictures_lie_in_picks(call: Call, project: Path, fal: Fal) -> None:
    said = call("render", project, "--yes", "--pose", "running", "--pick")
    assert said.events("stored")[0]["pick"] == "picks/running.png"
    assert (project / "picks" / "running.png").is_file()


def test_a_refused_argument_is_a_failure_with_a_remedy(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", BadInput("fal does not take guidance_scale 99."))
    said = call("render", project, "--yes", "--pose", "running")
    failed = said.events("failed")[0]
    assert set(failed) == {"event", "job", "kind", "message", "remedy", "charged", "estimate", "billed"}
    assert failed["charged"] == "fal may charge a 422 when GPU time was used"
    assert failed["estimate"] == "0.05" and failed["billed"] is None
    assert failed["kind"] == "bad-input"
    assert "guidance_scale" in failed["message"] and failed["remedy"]
    assert said.code == 1


def test_a_lost_answer_is_unknown_and_not_sent_again(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", Unknown("The answer never came."))
    said = call("render", project, "--yes", "--pose", "running", "--pose", "hero-stance")
    assert [line["charged"] for line in said.events("unknown")] == ["maybe charged"]
    assert said.lines[-1]["unknown"] == 1 and said.lines[-1]["stored"] == 1
    assert fal.sent == 2
    assert said.code == 3


def test_a_picture_that_cannot_be_fetched_yet_is_told_with_its_remedy(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("download", *[Broken("The file is cut short.")] * 4)
    said = call("render", project, "--yes", "--pose", "running")
    assert said.events("failed")[0]["kind"] == "held"
    assert said.events("failed")[0]["charged"] == "charged"
    assert said.code == 1
    again = call("rescue", project)
    assert again.code == 0
    assert [line["event"] for line in again.lines] == ["planned", "stored", "summary"]
    assert fal.sent == 1


def test_some_stored_and_some_failed_is_code_three(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", BadInput("No."))
    assert call("render", project, "--yes").code == 3


def test_a_refused_key_is_code_four(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", KeyRefused("fal does not know this key."))
    assert call("render", project, "--yes", "--pose", "running").code == 4


def test_a_dry_run_tells_the_exact_requests_and_leaves_no_trace(call: Call, project: Path, fal: Fal) -> None:
    before = sorted(project.rglob("*"))
    said = call("render", project, "--dry-run", "--pose", "running", "--guidance", "4.5", "--steps", "20")
    request, total = said.lines
    assert request["arguments"]["guidance_scale"] == 4.5
    assert request["arguments"]["num_inference_steps"] == 20
    assert request["arguments"]["seed"] == request["seed"]
    assert total["event"] == "total" and money_of(total, "estimate") == Decimal("0.05")
    assert said.code == 0 and fal.sent == 0
    assert sorted(project.rglob("*")) == before


def test_a_pick_that_cannot_be_made_loses_no_picture(call: Call, project: Path, fal: Fal) -> None:
    (project / "picks").write_text("a file where the folder should be", encoding="utf-8")
    said = call("render", project, "--yes", "--pose", "running", "--pose", "hero-stance", "--pick")
    assert said.code == 0
    assert len(said.events("stored")) == 2
    assert "could not be picked" in said.err


def test_a_list_of_seeds_is_a_take_of_each(call: Call, project: Path, fal: Fal) -> None:
    said = call("render", project, "--yes", "--pose", "running", "--seed", "7,5")
    assert [line["seed"] for line in said.lines[0]["jobs"]] == [7, 5]
    assert call("render", project, "--yes", "--pose", "running", "--seed", "7,5", "--takes", "3").code == 2


def test_the_next_seed_counts_on_from_what_was_used_before(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", "--pose", "running", "--seed", "7")
    foreseen = call("render", project, "--dry-run", "--pose", "running", "--seed", "next")
    said = call("render", project, "--yes", "--pose", "running", "--pose", "hero-stance", "--seed", "next")
    assert [line["seed"] for line in said.lines[0]["jobs"]] == [8, 9]
    assert foreseen.lines[0]["seed"] == 8


def test_a_locked_pose_keeps_its_seed_unless_another_is_asked_for(call: Call, project: Path, fal: Fal) -> None:
    poses = project / "poses.toml"
    poses.write_text(poses.read_text().replace('name = "running"\n', 'name = "running"\nseed = 77\n'))
    kept = call("render", project, "--yes", "--pose", "running")
    asked = call("render", project, "--yes", "--pose", "running", "--seed", "5")
    assert [said.lines[0]["jobs"][0]["seed"] for said in (kept, asked)] == [77, 5]
    assert "running keeps its own seed" in asked.err
