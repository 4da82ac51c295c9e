"""The dataset page from the keyboard: captions, pictures left out, the doctor, the trainer's form, and a training."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from studio.config.project import load_character
from studio.domain.character import Lora
from studio.domain.errors import BadInput
from studio.domain.take import Verdict
from studio.engine.ports import Completed, LogLine, Queued, Running
from tests.fakes.provider import FakeProvider
from tests.fakes.weights import fake_safetensors
from tests.ui.stage import Stage, stage

SIZES = [(80, 24), (120, 36), (200, 60)]
URL = "https://v3.fal.media/files/b/weights.safetensors"


def picture(path: Path, number: int) -> None:
    """Pictures that differ enough for the doctor."""
    drawn = Image.new("RGB", (600, 800), (250 - 30 * number, 120 + 20 * number, 40 * number % 256))
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((40 + 80 * number, 60 + 50 * number, 240 + 60 * number, 700 - 60 * number), (20, 30, 60))
    pen.rectangle((60 * number, 720 - 90 * number, 200 + 40 * number, 790), (200, 30, 60))
    drawn.save(path)


async def opened(on: Stage, picks: int = 6) -> None:
    """Six takes, so many of them picked, and the page."""
    await on.press("ctrl+g")
    await on.takes(6)
    await on.until(lambda: not on.session.studio.engine.queue.busy(), "the end")
    for number, take in enumerate(on.session.studio.takes.all()):
        picture(on.session.studio.path(take), number)
        if number < picks:
            await on.session.studio.decide(take.id, Verdict.PICKED)
    await on.app.run_action("open('lora-open')", on.screen)
    await on.until(lambda: on.over == "DatasetScreen", "the page")
    await on.until(lambda: f"{picks} pictures" in on.text(), "the set")


@pytest.mark.parametrize("size", SIZES)
async def test_pictures_captions_the_doctor_and_the_price_are_on_one_page(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, size) as on:
        await opened(on)
        text = on.text()
        assert "~ $2.00" in text
        assert "gltch, a petite, athletic young woman" in text
        assert "10 to 30 make a character steady" in text
        assert "running-001" in text


async def test_a_caption_is_written_in_place_and_stays(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        stem = sorted(path.stem for path in (tmp_path / "dataset").glob("*.png"))[0]
        await on.press("e", "end", *", laughing", "enter")
        caption = tmp_path / "dataset" / f"{stem}.txt"
        await on.until(lambda: caption.read_text().rstrip().endswith(", laughing"), "the caption")
        await on.press("escape")
        await on.app.run_action("open('lora-open')", on.screen)
        await on.until(lambda: "laughing" in on.text(), "the caption again")


async def test_a_picture_is_left_out_and_taken_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await on.press("x")
        await on.until(lambda: "5 pictures" in on.text() and "left out" in on.text(), "five")
        await on.press("end", "x")
        await on.until(lambda: "6 pictures" in on.text(), "six")


async def test_each_trainer_has_its_own_form_and_price(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        assert "create masks on" in on.text() and "1 picture " not in on.text()
        await on.press("m")
        await on.until(lambda: on.over == "ChooseScreen", "the trainers")
        await on.press(*"flux-2-trainer-v2", "enter")
        await on.until(lambda: on.over == "DatasetScreen" and "~ $6.40" in on.text(), "the other price")
        assert "default caption none" in on.text()
        await on.until(lambda: "needs 10 at least" in on.text(), "the doctor")
        await on.press("s", *["backspace"] * 4, *"1050", "enter")
        await on.until(lambda: "steps of 100" in on.text(), "the refusal")


async def test_a_broken_set_is_refused_and_nothing_is_sent(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on, picks=2)
        sent = len(on.provider.submitted)
        await on.press("T")
        await on.until(lambda: any("not trained on" in note for note in on.toasts()), "the refusal")
        assert len(on.provider.submitted) == sent


async def test_a_word_that_is_real_is_not_taken(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await on.press("w", *["backspace"] * 8, *"knight", "enter")
        await on.until(lambda: any("real word" in note for note in on.toasts()), "the sentence")
        assert "w gltch" in on.text()


async def test_a_training_is_agreed_to_logged_and_ends_in_the_character(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=False)
    async with stage(tmp_path, provider=provider) as on:
        await on.press("ctrl+g")
        await on.until(lambda: on.over == "ConfirmSpendScreen", "the question")
        await on.press("y")
        await on.takes(6)
        await on.until(lambda: not on.session.studio.engine.queue.busy(), "the end")
        for number, take in enumerate(on.session.studio.takes.all()):
            picture(on.session.studio.path(take), number)
            await on.session.studio.decide(take.id, Verdict.PICKED)
        await on.app.run_action("open('lora-open')", on.screen)
        await on.until(lambda: on.over == "DatasetScreen" and "6 pictures" in on.text(), "the page")
        provider.hold = True
        provider.files[URL] = fake_safetensors()
        sent = len(provider.submitted)
        await on.press("T")
        await on.until(lambda: on.over == "ConfirmTrainingScreen", "the question")
        assert "It costs about $2.00" in on.text()
        assert len(provider.submitted) == sent
        await on.press("y")
        await on.until(lambda: len(provider.submitted) == sent + 1, "the training")
        arguments = provider.submitted[-1].arguments
        assert (arguments["trigger_word"], arguments["steps"]) == ("gltch", 1000)
        assert str(arguments["images_data_url"]).startswith("https://")
        done = Completed({"diffusers_lora_file": {"url": URL}}, Decimal(1), (), 600.0)
        provider.push(f"fake-{sent + 1}", Queued(0), Running((LogLine("step 500/1000"),)), done)
        await on.until(lambda: "gltch-001.safetensors" in on.text(), "the weights on the page")
        await on.until(lambda: bool(load_character(tmp_path).loras), "the entry in the file")
        (lora,) = load_character(tmp_path).loras
        assert (lora.path, lora.trigger, lora.price) == ("loras/gltch-001.safetensors", "gltch", Decimal(2))
        await on.press("u")
        assert on.session.recipe.model == "fal-ai/flux-lora"
        await on.press("P")
        await on.until(lambda: on.over == "SweepScreen" and "3 × 3 = 9 pictures" in on.text(), "the proof sheet")
        await on.press("escape", "escape")
        assert "step 500/1000" in "\n".join(line.message for line in on.app.view.log.pane.lines.shown)


async def test_weights_of_a_run_that_died_are_written_down_by_the_next_start(tmp_path: Path) -> None:
    from studio.domain.job import JobState
    from studio.engine.ports import Download
    from studio.library.disk import Disk
    from studio.library.weights_intake import WeightsIntake
    from tests.fakes.studio import fake_studio
    from tests.fakes.weights import training_job

    await fake_studio(tmp_path).close()
    intake, job = WeightsIntake(tmp_path, Disk()), training_job(state=JobState.COMPLETED)
    inbox = intake.inbox(job)
    inbox.write_bytes(fake_safetensors())
    intake.keep(job, Download(inbox, inbox.stat().st_size, ""))
    async with stage(tmp_path) as on:
        await on.until(lambda: bool(load_character(tmp_path).loras), "the entry")
        assert [lora.trigger for lora in on.session.project.character.loras] == ["glchgrl"]


async def test_the_exact_prompt_shows_the_trigger_word_of_the_lora_that_is_sent(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        character = on.session.project.character
        on.session.edit_character(
            replace(character, loras=(Lora("https://x.org/w.safetensors", "glchgrl", 1, "flux1"),))
        )
        on.session.choose_model("fal-ai/flux-lora")
        await on.press("ctrl+t")
        await on.until(lambda: "glchgrl, A petite, athletic young woman" in on.text(), "the prompt")


async def test_a_training_that_fal_refuses_has_a_card_that_leads_back_to_the_page(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        on.provider.hold = True
        sent = len(on.provider.submitted)
        await on.press("T")
        await on.until(lambda: on.over == "ConfirmTrainingScreen", "the question")
        await on.press("y")
        await on.until(lambda: len(on.provider.submitted) == sent + 1, "the training")
        on.provider.push(f"fake-{sent + 1}", BadInput("The archive is broken."))
        await on.until(lambda: on.session.live.faults, "the failure")
        await on.press("escape", "exclamation_mark")
        await on.until(lambda: on.over == "FailureScreen", "the card")
        assert "Look at the dataset" in on.text()
        await on.press("p")
        await on.until(lambda: on.over == "DatasetScreen", "the page")
