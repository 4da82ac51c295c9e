"""The doctor names what would waste a training, and refuses what would fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.config.catalogue import load_catalogue
from studio.domain.dataset import DatasetItem, PictureFacts
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.workflows.doctor import Diagnosis, Health, Patient, Remark, examine
from studio.workflows.lora_trainers import FAST, FLUX2, FLUX2_V2, PORTRAIT
from studio.workflows.training import refuse_broken

CATALOGUE = load_catalogue()
SIDES = ("front", "three-quarter", "side", "back")
FRAMINGS = ("full", "full", "half", "close")


def trainer(endpoint: str = FAST) -> Model:
    model = CATALOGUE.model(endpoint)
    assert model is not None
    return model


def item(number: int) -> DatasetItem:
    return DatasetItem(
        *(f"p{number}", f"p{number}.png", f"glchgrl, a woman, doing the {number}th thing", f"take-{number}"),
        *(f"pose-{number}", SIDES[number % 4]),
    )


def facts(number: int) -> PictureFacts:
    # An odd factor spreads the numbers over all 64 bits: no two fingerprints are near each other.
    fingerprint = number * 0x0F0F_3355_9A5C_F077 % 2**64
    return PictureFacts(1024, 1024, fingerprint, FRAMINGS[number % 4], (0.1 * number, 0, 0), False, "")


def healthy(count: int = 12, endpoint: str = FAST) -> Patient:
    items = tuple(item(number) for number in range(count))
    return Patient(items, {f"p{number}": facts(number) for number in range(count)}, trainer(endpoint), "glchgrl")


def said(patient: Patient, rule: str) -> list[tuple[Health, str]]:
    return [(remark.health, remark.text) for remark in examine(patient).remarks if remark.rule == rule]


def with_facts(patient: Patient, stem: str, **changes: object) -> Patient:
    changed = replace(patient.facts[stem], **changes)  # type: ignore[arg-type]
    return replace(patient, facts={**patient.facts, stem: changed})


def with_caption(patient: Patient, stem: str, caption: str) -> Patient:
    items = tuple(replace(one, caption=caption) if one.stem == stem else one for one in patient.items)
    return replace(patient, items=items)


def test_a_good_set_is_told_so_and_nothing_is_refused() -> None:
    diagnosis = examine(healthy())
    assert [remark.text for remark in diagnosis.remarks if remark.health is not Health.GOOD] == []
    assert {remark.rule for remark in diagnosis.remarks} == {
        *("count", "trigger", "captions", "size", "poses", "sides", "framing", "backgrounds", "text"),
    }
    refuse_broken(diagnosis)


@pytest.mark.parametrize(("endpoint", "fewest"), [(FAST, 4), (PORTRAIT, 4), (FLUX2, 10), (FLUX2_V2, 10)])
def test_each_trainer_has_its_own_least_number_of_pictures(endpoint: str, fewest: int) -> None:
    ((health, text),) = said(healthy(fewest - 1, endpoint), "count")
    assert (health, f"needs {fewest} at least" in text) == (Health.BROKEN, True)
    assert all(health is not Health.BROKEN for health, _ in said(healthy(fewest, endpoint), "count"))


def test_pictures_that_look_the_same_are_named_and_counted_once() -> None:
    twins = with_facts(healthy(5), "p1", fingerprint=healthy().facts["p0"].fingerprint, background=(0, 0, 0))
    assert said(twins, "duplicates") == [(Health.WEAK, "p0, p1 look the same: leave all but one out.")]
    fewer = replace(twins, items=twins.items[:4], facts={stem: twins.facts[stem] for stem in ("p0", "p1", "p2", "p3")})
    assert said(fewer, "count")[0][0] is Health.BROKEN
    assert "only 3 differ" in said(fewer, "count")[0][1]


def test_one_shape_before_another_background_is_another_picture() -> None:
    patient = with_facts(healthy(5), "p4", fingerprint=healthy().facts["p0"].fingerprint, background=(0.9, 0, 0))
    assert said(patient, "duplicates") == []


@pytest.mark.parametrize(
    ("size", "health", "words"),
    [
        ((200, 900), Health.BROKEN, "below 256"),
        ((400, 500), Health.WEAK, "below 512"),
        ((600, 1600), Health.WEAK, "2.5 times"),
        ((600, 2600), Health.BROKEN, "4 times"),
    ],
)
def test_small_pictures_and_ribbons_are_named(size: tuple[int, int], health: Health, words: str) -> None:
    remarks = said(with_facts(healthy(), "p3", width=size[0], height=size[1]), "size")
    assert (health, True) in [(found, words in text and text.startswith("p3")) for found, text in remarks]


def test_a_flux2_set_without_captions_is_refused_unless_there_is_a_default() -> None:
    bare = with_caption(healthy(12, FLUX2), "p2", "")
    assert said(bare, "captions")[0][0] is Health.BROKEN
    with_default = replace(bare, default_caption="glchgrl, a woman")
    assert all(health is not Health.BROKEN for health, _ in said(with_default, "captions"))
    silent = said(replace(bare, default_caption="a woman"), "captions")
    assert (Health.BROKEN, True) in [(health, "default caption" in text) for health, text in silent]


def test_a_flux1_trainer_makes_missing_captions_up() -> None:
    assert said(with_caption(healthy(), "p2", ""), "captions")[0][0] is Health.WEAK


def test_a_caption_without_the_trigger_is_broken_where_it_is_learnt_from_nothing_else() -> None:
    caption = "a woman, running"
    assert said(with_caption(healthy(12, FLUX2), "p2", caption), "captions")[0][0] is Health.BROKEN
    assert said(with_caption(healthy(), "p2", caption), "captions")[0][0] is Health.WEAK
    late = said(with_caption(healthy(), "p2", "a woman called glchgrl"), "captions")
    assert late == [(Health.WEAK, "p2: the trigger word does not come first.")]


@pytest.mark.parametrize(("word", "health"), [("knight", Health.BROKEN), ("gl1", Health.BROKEN), ("mara", Health.WEAK)])
def test_the_trigger_word_is_examined(word: str, health: Health) -> None:
    assert said(replace(healthy(), trigger=word), "trigger")[0][0] is health


def test_a_set_of_one_kind_is_weak_in_each_way() -> None:
    patient = healthy()
    items = tuple(replace(one, pose="idle", side="front") for one in patient.items)
    same = {stem: replace(one, framing="full", background=(0.9, 0, 0)) for stem, one in patient.facts.items()}
    monotone = replace(patient, items=items, facts=same)
    for rule in ("poses", "sides", "framing", "backgrounds"):
        ((health, _),) = said(monotone, rule)
        assert health is Health.WEAK, rule
    assert "close-ups" in said(monotone, "framing")[0][1]


def test_letters_in_one_corner_of_many_pictures_are_a_watermark() -> None:
    patient = healthy()
    for stem in patient.facts:
        patient = with_facts(patient, stem, lettering="bottom right")
    assert "watermark at the bottom right" in said(patient, "text")[0][1]
    assert "letters in p3" in said(with_facts(healthy(), "p3", lettering="top left"), "text")[0][1]


def test_a_file_that_is_no_picture_is_refused() -> None:
    patient = healthy()
    lost = replace(patient, facts={stem: one for stem, one in patient.facts.items() if stem != "p5"})
    assert said(lost, "files") == [(Health.BROKEN, "No pictures: p5.")]


def test_a_refusal_gives_every_reason() -> None:
    reasons = (Remark(Health.BROKEN, "count", "Too few."), Remark(Health.BROKEN, "trigger", "A real word."))
    with pytest.raises(UsageError, match=r"Too few\. A real word\."):
        refuse_broken(Diagnosis(reasons))
