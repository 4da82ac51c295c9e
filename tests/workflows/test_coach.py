"""Every rule of the coach fires where it should, is silent where it should, and its key mends what it names."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from studio.config.catalogue import load_catalogue
from studio.config.presets import Presets
from studio.domain.character import Character, Lora, PaletteColour, Reference
from studio.domain.pose import Pose
from studio.domain.prompt import compose_prompt
from studio.domain.recipe import Guide, Recipe, SeedPolicy
from studio.domain.skeleton import Skeleton
from studio.workflows.coach.advice import NOTES, Advice, Severity, View, apply_fix, apply_to_poses
from studio.workflows.coach.coach import RULES, advise, advise_words

CATALOGUE = load_catalogue()
POSE = Pose("running", "Sprinting forward")
PLAIN = Character(name="Ada", description="A tall woman in a long red coat with short silver hair. She wears boots.")
FLEX, DEV, SCHNELL, KONTEXT = "fal-ai/flux-2-flex", "fal-ai/flux/dev", "fal-ai/flux/schnell", "fal-ai/flux-pro/kontext"

CONTROL, GENERAL = "fal-ai/z-image/turbo/controlnet", "fal-ai/flux-general"
SITTING = Pose("on the bench", "Sitting on a park bench, legs crossed", skeleton=Skeleton())


def view(model: str = FLEX, character: Character = PLAIN, recipe: Recipe | None = None, **changes: Any) -> View:
    found = CATALOGUE.model(model)
    assert found is not None
    poses = changes.get("poses", (POSE,))
    made = View(found, recipe or Recipe(model), character, (POSE,), compose_prompt(character, poses[0], ""))
    return replace(made, **changes)


def ada(**changes: Any) -> Character:
    return replace(PLAIN, **changes)


def recipe(model: str, **values: Any) -> Recipe:
    return Recipe(model, MappingProxyType(values))


FIRES: list[tuple[str, View]] = [
    ("kontext-keeps-pose", view(KONTEXT, references=1)),
    ("editor-keeps-pose", view("fal-ai/qwen-image-edit", references=1)),
    ("editor-keeps-pose", view("fal-ai/flux/dev/image-to-image", references=1)),
    ("guidance-sweet-spot", view(recipe=recipe(FLEX, guidance_scale=9.0))),
    ("guidance-degrades", view("fal-ai/flux-2", recipe=recipe("fal-ai/flux-2", guidance_scale=17.0))),
    ("steps-few-for-final", view(recipe=recipe(FLEX, num_inference_steps=12))),
    ("steps-few-for-final", view(recipe=recipe(FLEX, num_inference_steps=20))),
    ("steps-wasted", view(recipe=recipe(FLEX, num_inference_steps=50))),
    ("schnell-steps", view(SCHNELL, recipe=recipe(SCHNELL, num_inference_steps=12))),
    ("square-is-512", view(recipe=recipe(FLEX, image_size="square"))),
    ("size-or-ratio", view(KONTEXT, recipe=recipe(KONTEXT, image_size="square_hd"))),
    ("deprecated-model", view(model=FLEX)),
    ("references-too-many", view(KONTEXT, references=3)),
    ("seed-while-comparing", view(comparing=True)),
    ("safety-checker", view(DEV, recipe=recipe(DEV, enable_safety_checker=False))),
    ("weights-have-no-effect", view(character=ada(description="A woman, (red coat:1.5), silver hair, tall boots"))),
    ("weights-have-no-effect", view(character=ada(description="A woman with a red++ coat and silver hair"))),
    ("lora-tag-has-no-effect", view(character=ada(description="A woman in a coat <lora:ada:0.8> with boots"))),
    ("negative-ignored", view(character=ada(negative="blurry, extra fingers"))),
    ("negation-in-prompt", view(character=ada(description="A woman with no hat and a long red coat"))),
    ("hex-without-object", view(character=ada(description="A woman in a coat. #FF1493. She wears boots."))),
    ("description-missing", view(character=ada(description="A woman"))),
    ("description-missing", view(character=ada(template="{pose} {style}"))),
    ("prompt-too-long", view(DEV, character=ada(description="word " * 600))),
    (
        "tag-list",
        view(character=ada(description="woman, red coat, silver hair, boots, tall, slim, gloves, belt, scarf")),
    ),
    ("empty-praise", view(character=ada(description="A woman in a red coat, masterpiece, 8k"))),
    ("camera-words", view(character=ada(description="A photorealistic woman in a long red coat, silver hair"))),
    ("weights-have-no-effect", view(poses=(Pose("running", "Sprinting (fast:1.4) forward"),))),
    ("draft-is-no-cheaper", view(recipe=replace(Recipe(FLEX), draft=True))),
    ("draft-is-no-cheaper", view("fal-ai/flux-2-pro", recipe=replace(Recipe("fal-ai/flux-2-pro"), draft=True))),
    ("safety-tolerance", view(KONTEXT, recipe=recipe(KONTEXT, safety_tolerance="6"))),
    ("lens-on-drawing", view(character=ada(description="A woman, 85mm lens, red coat and boots", style="flat vector"))),
    ("several-subjects", view(character=ada(description="A woman in red between two men in blue coats"))),
    ("prompt-rewritten", view("fal-ai/ideogram/character")),
    ("references-unseen", view(character=ada(references=(Reference("references/front.png", "front"),)))),
    ("lora-trigger", view("fal-ai/flux-lora", ada(loras=(Lora("a.safetensors", "adaxx", 1.0, "flux1"),)))),
    ("lora-scale", view("fal-ai/flux-lora", ada(loras=(Lora("a.safetensors", "", 2.5, "flux1"),)))),
    ("lora-family", view("fal-ai/flux-lora", ada(loras=(Lora("a.safetensors", "", 1.0, "flux2"),)))),
    ("guide-not-taken", view(KONTEXT, recipe=Recipe(KONTEXT, guide=Guide.SKELETON))),
    ("guide-not-taken", view(recipe=Recipe(FLEX, guide=Guide.MANNEQUIN))),
    (
        "guide-and-words-differ",
        view(CONTROL, recipe=Recipe(CONTROL, guide=Guide.SKELETON), poses=(SITTING,)),
    ),
    ("guide-strength", view(CONTROL, recipe=Recipe(CONTROL, guide=Guide.SKELETON, guide_strength=0.2))),
    ("guide-strength", view(GENERAL, recipe=Recipe(GENERAL, guide=Guide.SKELETON, guide_strength=1.8))),
    ("guide-missing", view(CONTROL)),
    ("guide-missing", view(GENERAL)),
    ("lora-unused", view(DEV, ada(loras=(Lora("a.safetensors", "", 1.0, "flux1"),)))),
]
FIRES = [
    (rule, replace(v, model=replace(v.model, deprecated=True, newer=DEV)) if rule == "deprecated-model" else v)
    for rule, v in FIRES
]


def said(found: View) -> dict[str, Advice]:
    return {advice.rule: advice for advice in advise(found)}


@pytest.mark.parametrize(("rule", "found"), FIRES, ids=[f"{rule}-{at}" for at, (rule, _) in enumerate(FIRES)])
def test_a_rule_fires_with_a_whole_sentence_and_a_source(rule: str, found: View) -> None:
    advice = said(found)[rule]
    assert advice.sentence.endswith(".")
    assert advice.source
    assert bool(advice.fix) == bool(advice.fix_words)


@pytest.mark.parametrize(("rule", "found"), FIRES, ids=[f"{rule}-{at}" for at, (rule, _) in enumerate(FIRES)])
def test_its_key_mends_what_it_names(rule: str, found: View) -> None:
    advice = said(found)[rule]
    if advice.fix is None:
        return
    chosen, character = apply_fix(advice.fix, found.recipe, found.character)
    poses = apply_to_poses(advice.fix, found.poses)
    after = view(chosen.model, character, chosen, references=found.references, comparing=found.comparing, poses=poses)
    assert rule not in said(after)


def test_every_rule_has_a_case_and_an_id_of_its_own() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert set(ids) == {rule for rule, _ in FIRES}


def test_glitch_as_she_comes_is_left_in_peace() -> None:
    preset = Presets().character("glitch")
    glitch = preset.character
    found = view(preset.settings.model, glitch, preset.settings.recipe(), prompt=compose_prompt(glitch, POSE, ""))
    serious = [advice.rule for advice in advise(found) if advice.severity >= Severity.WARNING]
    assert serious == []


def test_the_weightiest_comes_first() -> None:
    found = view(KONTEXT, references=3, recipe=recipe(KONTEXT, guidance_scale=12))
    weights = [advice.severity for advice in advise(found)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] is Severity.WASTE


def test_comparing_with_a_fixed_seed_needs_no_word() -> None:
    assert "seed-while-comparing" not in said(view(comparing=True, recipe=Recipe(FLEX, seed_policy=SeedPolicy.FIXED)))


def test_what_comes_of_one_persons_notes_says_so_wherever_it_is_said() -> None:
    for found in (entry for _, shown in FIRES for entry in advise(shown)):
        assert found.said.startswith("Notes: ") is (found.source == NOTES)


def test_an_editor_hears_of_words_only() -> None:
    found = view(KONTEXT, ada(description="A woman, (red coat:1.5), silver hair"), recipe(KONTEXT, guidance_scale=12))
    assert [entry.rule for entry in advise_words(found)] == ["weights-have-no-effect"]


def test_a_loose_colour_is_tied_to_what_the_palette_says_wears_it() -> None:
    pink = PaletteColour("hot pink", "#FF1493", "circuit lines")
    found = view(character=ada(description="A woman in a coat. #FF1493. She wears boots.", palette=(pink,)))
    fix = said(found)["hex-without-object"].fix
    assert fix is not None
    _, after = apply_fix(fix, found.recipe, found.character)
    assert after.description == "A woman in a coat. hot pink #FF1493 circuit lines. She wears boots."


def test_unwanted_things_become_wanted_ones_and_then_it_is_silent() -> None:
    advice = said(view(character=ada(negative="blurry, extra fingers, busy background")))["negative-ignored"]
    assert "“sharp focus”" in advice.sentence
    assert advice.fix is not None
    _, after = apply_fix(advice.fix, Recipe(FLEX), PLAIN)
    assert after.setting == "Sharp focus, hands with five fingers each, plain white background."


def test_the_scale_of_a_lora_chosen_in_the_recipe_is_mended_there() -> None:
    chosen = recipe("fal-ai/flux-lora", loras=[{"path": "https://x/a.safetensors", "scale": 3.0}])
    fix = said(view("fal-ai/flux-lora", recipe=chosen))["lora-scale"].fix
    assert fix is not None
    assert apply_fix(fix, chosen, PLAIN)[0].values["loras"] == [{"path": "https://x/a.safetensors", "scale": 1.5}]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A woman with no hat and a long red coat", "A woman with a long red coat"),
        ("A woman in a long coat, no hat, silver hair", "A woman in a long coat, silver hair"),
        ("A woman in a long red coat and no hat", "A woman in a long red coat"),
    ],
)
def test_a_negation_goes_with_the_word_that_joined_it(before: str, after: str) -> None:
    fix = said(view(character=ada(description=before)))["negation-in-prompt"].fix
    assert fix is not None
    assert apply_fix(fix, Recipe(FLEX), ada(description=before))[1].description == after


def test_the_json_template_holds_everything_a_prompt_must_hold() -> None:
    found = view(character=ada(description="A woman in red between two men in blue coats", setting="A plain wall"))
    fix = said(found)["several-subjects"].fix
    assert fix is not None
    prompt = compose_prompt(apply_fix(fix, found.recipe, found.character)[1], POSE, "Flat vector").text
    told = json.loads(prompt)
    assert told["subjects"][0]["pose"] == "Sprinting forward."
    assert "two men" in told["subjects"][0]["description"] and told["background"] == "A plain wall."


def test_a_guide_that_fits_needs_no_word() -> None:
    posed = tuple(pose for pose in Presets().poses.values() if pose.skeleton is not None)
    chosen = Recipe(CONTROL, guide=Guide.SKELETON, guide_strength=0.7)
    assert not [entry for entry in said(view(CONTROL, recipe=chosen, poses=posed)) if entry.startswith("guide")]
    assert "guide-missing" not in said(view(CONTROL, references=1))
    assert "guide-and-words-differ" not in said(view(poses=(SITTING,)))
