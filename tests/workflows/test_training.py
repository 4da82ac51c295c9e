"""A training is one priced request, the same for the same set, with exactly the arguments its endpoint takes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from studio.config.catalogue import load_catalogue
from studio.domain.dataset import DatasetItem
from studio.domain.errors import UsageError
from studio.domain.lora import training_of
from studio.domain.request import Json
from studio.domain.upload import placed
from studio.workflows.local_files import seen
from studio.workflows.lora_trainers import (
    FAST,
    FLUX2,
    FLUX2_V2,
    PORTRAIT,
    TRAINERS,
    TrainingWish,
    form_params,
    trainer_of,
    trainers,
    training_arguments,
)
from studio.workflows.plan import PlanContext
from studio.workflows.training import pack_archive, training_plan, training_price

CATALOGUE = load_catalogue()
CONTEXT = PlanContext("s", True, {})


def wish(endpoint: str = FAST, steps: int = 1000, **values: Json) -> TrainingWish:
    model = CATALOGUE.model(endpoint)
    assert model is not None
    return TrainingWish(model, "glchgrl", steps, values)


def a_set(folder: Path, count: int = 4) -> list[DatasetItem]:
    (folder / "dataset").mkdir(parents=True)
    items = [DatasetItem(f"p{at}", f"p{at}.png", f"glchgrl, number {at}") for at in range(count)]
    for item in items:
        (folder / "dataset" / item.file).write_bytes(b"PNG " + item.stem.encode())
    return items


def test_the_four_forms_differ_as_the_endpoints_do() -> None:
    assert training_arguments(wish(FAST), "https://x/z.zip") == {
        "images_data_url": "https://x/z.zip",
        "trigger_word": "glchgrl",
        "steps": 1000,
        "is_style": False,
    }
    assert training_arguments(wish(PORTRAIT, 2500, subject_crop=False), "https://x/z.zip") == {
        "images_data_url": "https://x/z.zip",
        "trigger_phrase": "glchgrl",
        "steps": 2500,
        "subject_crop": False,
    }
    for endpoint in (FLUX2, FLUX2_V2):
        assert training_arguments(wish(endpoint, default_caption="glchgrl, a woman"), "https://x/z.zip") == {
            "image_data_url": "https://x/z.zip",
            "steps": 1000,
            "output_lora_format": "fal",
            "default_caption": "glchgrl, a woman",
        }


@pytest.mark.parametrize("endpoint", list(TRAINERS))
def test_every_form_field_is_one_the_schema_has(endpoint: str) -> None:
    model = wish(endpoint).trainer
    assert [param.name for param in form_params(model)] == list(trainer_of(model).form)
    names = {param.name for param in model.params}
    assert set(training_arguments(wish(endpoint), "https://x/z.zip")) <= names
    assert CATALOGUE.model(model.infer_with[0]).family == trainer_of(model).family  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("endpoint", "steps", "price"),
    [
        (FAST, 1000, "2"),
        (FAST, 500, "1"),
        (PORTRAIT, 2500, "6"),
        (PORTRAIT, 400, "2.4"),
        (FLUX2, 1000, "6.4"),
        (FLUX2_V2, 2000, "12.8"),
    ],
)
def test_the_price_is_known_before_anything_is_packed(endpoint: str, steps: int, price: str) -> None:
    assert training_price(wish(endpoint, steps)).amount == Decimal(price)


@pytest.mark.parametrize(
    ("endpoint", "steps", "values", "words"),
    [
        (FLUX2, 1050, {}, "steps of 100"),
        (FLUX2, 20_000, {}, "from 100 to 10000"),
        (FAST, 1000, {"default_caption": "x"}, "has no default_caption"),
        (PORTRAIT, 2500, {"learning_rate": 1.0}, "learning_rate"),
        ("fal-ai/flux/dev", 1000, {}, "trains no LoRA"),
    ],
)
def test_what_a_trainer_does_not_take_is_refused(
    endpoint: str, steps: int, values: dict[str, Json], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        training_arguments(wish(endpoint, steps, **values), "https://x/z.zip")


def test_the_same_set_gives_the_same_archive_on_every_day(tmp_path: Path) -> None:
    items = a_set(tmp_path)
    first = pack_archive(tmp_path, items)
    (tmp_path / "dataset" / "p0.png").touch()
    again = pack_archive(tmp_path, list(reversed(items)))
    assert (first.sha256, first.path, first.pictures) == (again.sha256, again.path, 4)
    with zipfile.ZipFile(again.path) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    changed = pack_archive(tmp_path, [replace(items[0], caption="glchgrl, another"), *items[1:]])
    assert changed.sha256 != first.sha256


def test_the_archive_holds_pictures_with_captions_of_the_same_name_and_nothing_left_out(tmp_path: Path) -> None:
    items = a_set(tmp_path)
    archive = pack_archive(tmp_path, [replace(items[0], left_out=True), replace(items[1], caption=""), *items[2:]])
    with zipfile.ZipFile(archive.path) as opened:
        assert opened.namelist() == ["p1.png", "p2.png", "p2.txt", "p3.png", "p3.txt"]
        assert opened.read("p2.txt") == b"glchgrl, number 2"
        assert opened.testzip() is None


def test_the_job_says_what_it_was_given_and_stands_in_for_the_archive(tmp_path: Path) -> None:
    archive = pack_archive(tmp_path, a_set(tmp_path))
    (job,) = training_plan(wish(), archive, "Glitch", CONTEXT).jobs
    assert (job.trains, job.pose, job.estimate, job.request.seed) == (True, "LoRA glchgrl", Decimal(2), None)
    training = training_of(job.provenance.training)
    assert (training.trigger, training.family, training.dataset) == ("glchgrl", "flux1", archive.sha256)
    assert (training.pictures, training.steps) == (4, 1000)
    file = seen(placed(str(job.request.arguments["images_data_url"])))
    assert file is not None
    assert file.path == archive.path.absolute()


def test_every_trainer_whose_settings_were_read_is_known() -> None:
    training = [model for model in CATALOGUE.models if model.kind == "train" and model.output_kind == "lora"]
    assert {model.id for model in training if not model.unread} == set(TRAINERS)
    assert [model.id for model in trainers(CATALOGUE)] == list(TRAINERS)
