"""The whole path on real input: the real fal_client, fal's protocol, the sandbox as its own process, files on disk."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def studio(*words: str | Path, code: int = 0, **env: str) -> list[dict[str, Any]]:
    """Run the program and give its JSON lines."""
    done = run(*words, **env)
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def run(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    import os

    command = [sys.executable, "-m", "studio", *map(str, words)]
    environment = {**os.environ, "STUDIO_SANDBOX_PACE": "0", **env}
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def events(lines: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["event"] == kind]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "glitch"
    studio("new", folder, "--preset", "glitch")
    return folder


def test_six_poses_from_nothing_to_picked_pictures_with_their_recipe_inside(project: Path) -> None:
    lines = studio("render", project, "--json")
    planned, stored, last = events(lines, "planned")[0]["jobs"], events(lines, "stored"), lines[-1]
    assert len(planned) == len(stored) == 6
    assert {job["pose"] for job in planned} == {line["pose"] for line in stored}
    assert (last["event"], last["stored"], last["failed"], last["unknown"]) == ("summary", 6, 0, 0)
    assert Decimal(last["estimate"]) == Decimal("0.30")
    assert sum(Decimal(line["billed"]) for line in stored) == Decimal(last["billed"])
    assert events(lines, "log")

    first = stored[0]
    assert not Path(first["path"]).is_absolute()
    with Image.open(project / first["path"]) as picture:
        picture.load()
        assert picture.size == (768, 1024)
        parameters = picture.text["parameters"]  # type: ignore[attr-defined]
    assert f"Seed: {first['seed']}" in parameters.splitlines()[-1]

    studio("pick", project, first["take"], stored[1]["take"])
    picks = sorted((project / "picks").iterdir())
    assert [pick.stem for pick in picks] == sorted([first["pose"], stored[1]["pose"]])

    recipe = studio("info", project / "picks" / f"{first['pose']}.png", "--json")[0]
    asked = next(job for job in planned if job["job"] == first["job"])
    assert (recipe["endpoint"], recipe["seed"]) == (asked["endpoint"], asked["seed"])
    assert recipe["arguments"] == {
        "prompt": recipe["arguments"]["prompt"],
        "seed": asked["seed"],
        "guidance_scale": 5.5,
        "num_inference_steps": 35,
        "image_size": "portrait_4_3",
        "output_format": "png",
    }
    assert (recipe["character"], recipe["pose"], recipe["request_id"]) == ("Glitch", first["pose"], first["request_id"])

    takes = studio("takes", project, "--json")
    assert sorted(take["verdict"] for take in takes) == ["picked"] * 2 + ["undecided"] * 4
    assert {job["state"] for job in studio("jobs", project, "--json")} == {"stored"}


@pytest.mark.parametrize(
    "model",
    [
        "fal-ai/flux/schnell",
        "fal-ai/flux/dev",
        "fal-ai/flux-2",
        "fal-ai/flux-2-pro",
        "fal-ai/flux-2-flex",
        "fal-ai/flux-pro/v1.1",
    ],
)
def test_every_model_of_the_first_issue_draws_with_its_real_arguments(project: Path, model: str) -> None:
    lines = studio("render", project, "--pose", "Running", "--model", model, "--size", "square", "--pick", "--json")
    assert lines[-1]["stored"] == 1
    assert [path.name for path in (project / "picks").iterdir()] == ["running.png"]


def test_kontext_really_edits_its_reference(project: Path, tmp_path: Path) -> None:
    reference = tmp_path / "front.png"
    Image.new("RGB", (512, 640), (20, 160, 60)).save(reference)
    kontext = ("render", project, "--pose", "running", "--model", "fal-ai/flux-pro/kontext")
    missing = run(*kontext, "--json")
    assert missing.returncode == 2
    assert "reference" in missing.stderr
    assert studio(*kontext, "--reference", reference, "--json")[-1]["stored"] == 1


def test_no_terminal_and_no_consent_means_no_spending(project: Path) -> None:
    refused = run("render", project, "--json", FAL_KEY="key:secret-value", STUDIO_FAL_URL="http://127.0.0.1:9")
    assert refused.returncode == 5
    assert "secret-value" not in refused.stdout + refused.stderr
    assert studio("jobs", project, "--json") == []


def test_without_key_and_sandbox_the_code_says_so(project: Path) -> None:
    assert run("render", project, "--no-sandbox", "--yes").returncode == 4
    assert run("render", project, "--yes", STUDIO_FAL_URL="http://127.0.0.1:9").returncode == 4


def test_a_broken_file_is_named_with_its_line_and_left_alone(project: Path) -> None:
    character = project / "character.toml"
    broken = character.read_text(encoding="utf-8") + '\nnamee = "x"\n'
    character.write_text(broken, encoding="utf-8")
    told = run("render", project)
    assert told.returncode == 2
    assert "character.toml" in told.stderr
    assert "namee" in told.stderr
    assert "Traceback" not in told.stderr
    assert character.read_text(encoding="utf-8") == broken


def test_without_a_terminal_the_screen_says_in_one_line_what_to_do(project: Path) -> None:
    told = run(project)
    assert told.returncode == 2
    assert len(told.stderr.strip().splitlines()) == 1
    assert "studio render" in told.stderr
