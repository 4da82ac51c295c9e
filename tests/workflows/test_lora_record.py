"""Weights that came home stand in `character.toml` once, whatever died in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.config.project import load_character
from studio.domain.character import Character
from studio.engine.ports import Download
from studio.workflows.lora_record import take_up, writing
from studio.workflows.studio import Studio
from tests.fakes.studio import fake_studio
from tests.fakes.weights import TRAINER, fake_safetensors, training_job


def bring(studio: Studio, job_id: str = "train1", *, sandbox: bool = False, created: float = 1e9) -> None:
    """Weights are in place and nobody has written them down."""
    shelf, job = studio.engine.desk.shelf, replace(training_job(job_id, created=created), sandbox=sandbox)
    inbox = shelf.inbox(job)
    inbox.write_bytes(fake_safetensors())
    shelf.keep_weights(job, Download(inbox, inbox.stat().st_size, ""))


async def test_the_entry_says_how_the_weights_were_made(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path)
    bring(studio)
    await take_up(studio, writing(studio))
    (lora,) = load_character(tmp_path).loras
    assert (lora.path, lora.trigger, lora.scale, lora.family) == (
        "loras/glchgrl-001.safetensors",
        "glchgrl",
        1,
        "flux1",
    )
    assert (lora.trainer, lora.steps, lora.dataset, lora.trained) == (TRAINER, 1000, "ab" * 32, "2001-09-09")
    assert lora.price == 2
    await studio.close()


async def test_a_death_between_the_entry_and_its_record_makes_no_second_entry(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path)
    bring(studio)
    write = writing(studio)

    async def dies_after(character: Character) -> None:
        await write(character)
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        await take_up(studio, dies_after)
    await take_up(studio, writing(studio))
    assert [lora.path for lora in load_character(tmp_path).loras] == ["loras/glchgrl-001.safetensors"]
    await studio.close()


async def test_an_entry_an_artist_took_out_stays_out(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path)
    bring(studio)
    await take_up(studio, writing(studio))
    await writing(studio)(replace(studio.project.character, loras=()))
    assert await take_up(studio, writing(studio)) == []
    assert load_character(tmp_path).loras == ()
    await studio.close()


async def test_the_newest_comes_first_and_the_sandboxs_cost_nothing(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path)
    bring(studio, "one")
    bring(studio, "two", sandbox=True, created=2e9)
    await take_up(studio, writing(studio))
    first, second = load_character(tmp_path).loras
    assert (first.path, first.price) == ("loras/glchgrl-002.safetensors", None)
    assert second.price == 2
    await studio.close()
