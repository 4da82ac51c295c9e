"""`studio dataset` and `studio train`: examined, refused when broken, priced, brought home, written down."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from studio.config.project import load_character
from studio.engine.ports import Completed, Queued, Running
from tests.cli.conftest import Call, Fal, money_of
from tests.fakes.weights import fake_safetensors
from tests.faults.trainings import TRIGGER, a_set

URL = "https://v3.fal.media/files/b/weights.safetensors"
WORDS = ("--trigger", TRIGGER)


@pytest.fixture
def trained(project: Path, fal: Fal) -> Path:
    """A set of four, and a fal whose first job brings weights."""
    a_set(project)
    fal.provider.files[URL] = fake_safetensors()
    done = Completed({"diffusers_lora_file": {"url": URL}}, Decimal(1), (), 600.0)
    for number in (1, 2):
        fal.provider.push(f"fake-{number}", Queued(0), Running(()), done)
    return project


def test_the_doctor_names_every_picture_and_ends_with_a_code(call: Call, trained: Path) -> None:
    said = call("dataset", trained, *WORDS)
    assert said.code == 0
    assert [line["stem"] for line in said.events("picture")] == ["p0", "p1", "p2", "p3"]
    assert said.lines[-1] == {
        "event": "dataset",
        "pictures": 4,
        "trigger": TRIGGER,
        "trainer": "fal-ai/flux-lora-fast-training",
        "broken": 0,
        "weak": said.lines[-1]["weak"],
    }
    flux2 = call("dataset", trained, *WORDS, "--trainer", "flux-2-trainer")
    assert flux2.code == 1
    assert any("needs 10 at least" in line["message"] for line in flux2.events("doctor"))


def test_a_broken_set_is_refused_before_anything_is_sent(call: Call, trained: Path, fal: Fal) -> None:
    for words in (("--trainer", "flux-2-trainer"), ("--trigger", "knight")):
        said = call("train", trained, *words, "--yes")
        assert said.code == 2
        assert "not trained on" in said.err
    assert fal.sent == 0


def test_the_price_is_asked_and_a_limit_holds(call: Call, trained: Path, fal: Fal) -> None:
    shown = call("train", trained, *WORDS, "--steps", "1500", "--dry-run")
    assert money_of(shown.lines[-1], "estimate") == Decimal(3)
    assert call("train", trained, *WORDS).code == 5
    assert call("train", trained, *WORDS, "--max-cost", "1.99").code == 5
    assert (fal.sent, fal.provider.uploaded) == (0, [])


def test_weights_come_home_and_into_the_character(call: Call, trained: Path, fal: Fal) -> None:
    said = call("train", trained, *WORDS, "--yes")
    assert said.code == 0
    (weights,) = said.events("weights")
    assert (weights["path"], weights["trigger"], weights["billed"]) == (
        f"loras/{TRIGGER}-001.safetensors",
        TRIGGER,
        "2",
    )
    assert said.lines[-1]["stored"] == 1
    (lora,) = load_character(trained).loras
    assert (lora.path, lora.trigger, lora.steps, lora.price) == (weights["path"], TRIGGER, 1000, Decimal(2))
    assert (fal.sent, len(fal.provider.uploaded)) == (1, 1)


def test_the_same_set_is_not_paid_for_twice_unless_that_is_meant(call: Call, trained: Path, fal: Fal) -> None:
    call("train", trained, *WORDS, "--yes")
    again = call("train", trained, *WORDS, "--yes")
    assert (again.code, fal.sent) == (0, 1)
    assert again.events("duplicate")[0]["path"] == f"loras/{TRIGGER}-001.safetensors"
    assert call("train", trained, *WORDS, "--yes", "--again").code == 0
    assert [lora.path for lora in load_character(trained).loras] == [
        *(f"loras/{TRIGGER}-002.safetensors", f"loras/{TRIGGER}-001.safetensors"),
    ]


def test_settings_of_the_trainer_are_checked(call: Call, trained: Path) -> None:
    shown = call("train", trained, *WORDS, "--set", "create_masks=false", "--dry-run")
    assert shown.events("request")[0]["arguments"]["create_masks"] is False
    assert "has no shininess" in call("train", trained, *WORDS, "--set", "shininess=3", "--dry-run").err
    assert "There is no trainer" in call("train", trained, "--trainer", "nobody", "--dry-run").err


def test_a_picture_is_left_out_and_taken_back(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--pose", "running", "--pose", "crouching", "--pick", "--yes")
    made = call("dataset", project, *WORDS)
    assert {line["stem"] for line in made.events("picture")} == {"running-001", "crouching-001"}
    out = call("dataset", project, *WORDS, "--leave-out", "running-001")
    assert {line["stem"]: line["left_out"] for line in out.events("picture")}["running-001"] is True
    assert call("dataset", project, *WORDS, "--take-back", "running-001").lines[-1]["pictures"] == 2


def test_the_proof_of_a_lora_is_a_sweep_with_its_price_first(call: Call, trained: Path, fal: Fal) -> None:
    call("train", trained, *WORDS, "--yes")
    shown = call("train", trained, "--proof", "--dry-run")
    assert len(shown.events("request")) == 9
    assert money_of(shown.lines[-1], "estimate") == Decimal("0.315")
    assert all(line["arguments"]["prompt"].startswith(f"{TRIGGER}, ") for line in shown.events("request"))
    assert call("train", trained, "--proof").code == 5
