"""Takes, verdicts, jobs, recipes and what the studio knows, as other programs read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.errors import Unknown
from studio.engine.ports import PastRequest
from tests.cli.conftest import Call, Fal


def test_takes_tell_everything_about_each_picture(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", "--pose", "running", "--takes", "2")
    said = call("takes", project)
    assert said.code == 0
    wanted = {"take", "job", "pose", "path", "verdict", "stars", "seed", "endpoint", "request_id", "billed"}
    assert all(line["event"] == "take" and wanted <= set(line) for line in said.lines)
    assert [line["take"] for line in said.lines] == ["running-001", "running-002"]
    assert {line["verdict"] for line in said.lines} == {"undecided"}
    assert all((project / line["path"]).is_file() for line in said.lines)


def test_pick_and_reject_take_several_and_show_in_the_list(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", "--pose", "running", "--takes", "3")
    assert call("pick", project, "running-001", "running-003").code == 0
    assert call("reject", project, "running-002").code == 0
    verdicts = {line["take"]: line["verdict"] for line in call("takes", project).lines}
    assert verdicts == {"running-001": "picked", "running-002": "rejected", "running-003": "picked"}
    assert sorted(path.name for path in (project / "picks").iterdir()) == ["running-2.png", "running.png"]


def test_a_wrong_take_names_the_near_ones_and_nothing_is_done_by_halves(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", "--pose", "running")
    said = call("pick", project, "running-001", "runing-001")
    assert said.code == 2
    assert "runing-001" in said.err and "running-001" in said.err
    assert call("takes", project).lines[0]["verdict"] == "undecided"


def test_a_verdict_needs_no_key(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", "--pose", "running")
    call("pick", project, "running-001", "--no-sandbox")
    assert fal.opened[-1].sandbox is True


def test_jobs_tell_their_state(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", Unknown("The answer never came."))
    call("render", project, "--yes", "--pose", "running", "--pose", "hero-stance")
    said = call("jobs", project)
    wanted = {"event", "job", "state", "pose", "endpoint", "seed", "request_id"}
    assert all(wanted <= set(line) for line in said.lines)
    assert sorted(line["state"] for line in said.lines) == ["stored", "unknown"]


def test_rescue_with_nothing_to_do_says_so(call: Call, project: Path, fal: Fal) -> None:
    said = call("rescue", project)
    assert said.code == 0
    assert said.lines[-1] == {
        "event": "summary",
        "stored": 0,
        "failed": 0,
        "unknown": 0,
        "estimate": "0",
        "billed": "0",
    }


def test_rescue_finds_an_unknown_job_in_fals_history(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", Unknown("The answer never came."))
    call("render", project, "--yes", "--pose", "running")
    request = fal.provider.submitted[0]
    fal.provider.past = [PastRequest("lost-1", request.endpoint, 1.7e9, request.arguments, True)]
    fal.provider.push("lost-1", fal.provider.completed("lost-1"))
    said = call("rescue", project)
    assert said.code == 0
    assert said.events("stored")[0]["request_id"] == "lost-1"
    assert fal.sent == 1


def test_a_job_nobody_finds_stays_unknown(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", Unknown("The answer never came."))
    call("render", project, "--yes", "--pose", "running")
    said = call("rescue", project)
    assert [line["event"] for line in said.lines] == ["planned", "unknown", "summary"]
    assert said.lines[1]["message"] and "studio rescue" in said.lines[1]["remedy"]
    assert said.code == 1


def test_a_job_nobody_finds_can_be_given_up_and_is_not_looked_for_again(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", Unknown("The answer never came."))
    call("render", project, "--yes", "--pose", "running")
    said = call("rescue", project, "--give-up")
    assert "Given up: 1." in said.err
    (failed,) = said.events("failed")
    assert (failed["kind"], failed["charged"]) == ("given-up", "maybe charged")
    assert "Nothing is missing." in call("rescue", project).err
    assert fal.sent == 1


def test_info_prints_what_was_sent(call: Call, project: Path, fal: Fal) -> None:
    stored = call("render", project, "--yes", "--pose", "running").events("stored")[0]
    said = call("info", project / stored["path"])
    assert said.code == 0 and len(said.lines) == 1
    recipe = said.lines[0]
    assert recipe["event"] == "info"
    assert recipe["arguments"] == fal.provider.submitted[0].arguments
    assert (recipe["character"], recipe["pose"], recipe["seed"]) == ("Glitch", "running", stored["seed"])
    assert recipe["request_id"] == stored["request_id"] and recipe["billed"] == stored["billed"]


def test_info_on_something_else_is_one_sentence(call: Call, tmp_path: Path) -> None:
    other = tmp_path / "notes.png"
    other.write_text("no picture", encoding="utf-8")
    said = call("info", other)
    assert said.code == 2 and len(said.err.splitlines()) == 1


def test_every_model_has_a_line_and_can_be_shown(call: Call) -> None:
    models = call("models").lines
    assert len(models) > 50 and all(line["event"] == "model" and line["id"] for line in models)
    shown = call("models", "show", "fal-ai/flux-2-flex").lines
    assert len(shown) == 1 and {"id", "price", "params"} <= set(shown[0])
    guidance = next(param for param in shown[0]["params"] if param["name"] == "guidance_scale")
    assert (guidance["type"], guidance["required"], guidance["default"]) == ("number", False, 3.5)
    assert (guidance["min"], guidance["max"]) == (1.5, 10)
    size = next(param for param in shown[0]["params"] if param["name"] == "image_size")
    assert "portrait_4_3" in size["enum"]


def test_a_wrong_model_names_the_near_one(call: Call) -> None:
    said = call("models", "show", "flux-2-flx")
    assert said.code == 2 and "fal-ai/flux-2-flex" in said.err


@pytest.mark.parametrize(
    ("command", "event", "least"), [("poses", "pose", 48), ("styles", "style", 6), ("themes", "theme", 4)]
)
def test_what_comes_with_the_studio_is_listed(call: Call, command: str, event: str, least: int) -> None:
    said = call(command)
    assert said.code == 0 and said.err == ""
    assert len(said.lines) >= least
    assert all(line["event"] == event and line["name"] for line in said.lines)


def test_the_poses_of_a_project_say_which_are_ticked(call: Call, project: Path) -> None:
    assert sum(line["ticked"] for line in call("poses", project).lines) == 6


@pytest.mark.parametrize(
    "words",
    [("takes",), ("jobs",), ("poses",), ("models",), ("models", "show", "fal-ai/flux/dev"), ("styles",), ("themes",)],
)
def test_at_a_terminal_everything_is_words_and_not_json(
    call_at_terminal: Call, project: Path, fal: Fal, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(project)
    call_at_terminal("render", "--yes", "--pose", "running")
    said = call_at_terminal(*words)
    assert said.code == 0
    assert said.out and '{"event"' not in said.out
