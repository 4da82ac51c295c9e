"""Presets: what comes with the studio, what the user adds, and what happens to broken files."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.config.catalogue import load_catalogue
from studio.config.paths import user_share
from studio.config.presets import CharacterPreset, Presets
from studio.domain.errors import UsageError
from studio.domain.prompt import compose_prompt
from studio.domain.text import plain, slug

SHIPPED = Presets()


def put(kind: str, name: str, text: str) -> Path:
    folder = user_share(f"presets/{kind}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def test_everything_shipped_can_be_read() -> None:
    assert Presets().check() == []
    assert len(SHIPPED.characters) >= 4
    assert len(SHIPPED.styles) >= 8
    assert len(SHIPPED.poses) >= 48


def test_every_pose_preset_has_a_name_of_its_own_a_sentence_and_a_skeleton() -> None:
    poses = [pose for pose_set in SHIPPED.pose_sets.values() for pose in pose_set.poses]
    assert len({slug(pose.name) for pose in poses}) == len(poses)
    for pose in poses:
        assert pose.skeleton is not None, pose.name
        assert pose.text.endswith("."), pose.name
        assert pose.set in SHIPPED.pose_sets


@pytest.mark.parametrize("preset", SHIPPED.characters.values(), ids=lambda preset: preset.name)
def test_a_character_is_complete_and_ready_to_run(preset: CharacterPreset) -> None:
    character = preset.character
    assert preset.title and preset.about
    assert len(character.description) > 400
    assert len(character.palette) >= 4
    assert all(colour.name and colour.on for colour in character.palette)
    assert character.style in SHIPPED.styles
    assert character.setting and character.negative
    assert len(preset.poses) >= 8
    assert sum(pose.ticked for pose in preset.poses) == 6
    model = load_catalogue().model(preset.settings.model)
    assert model is not None
    for endpoint, values in preset.settings.values.items():
        known = load_catalogue().model(endpoint)
        assert known is not None and all(known.param(name) for name in values)


@pytest.mark.parametrize("preset", SHIPPED.characters.values(), ids=lambda preset: preset.name)
def test_the_whole_prompt_reads_as_sentences_and_ties_each_colour_to_its_object(preset: CharacterPreset) -> None:
    style = SHIPPED.styles[preset.character.style]
    text = compose_prompt(preset.character, preset.poses[0], style.text).text
    assert text.startswith(preset.character.description[:40])
    assert text.index(preset.poses[0].text[:30]) < text.index(style.text[:30])
    assert all(colour.phrase() in text for colour in preset.character.palette)
    assert plain(text, limit=100_000) == text
    assert "  " not in text


def test_glitch_looks_as_she_should() -> None:
    character = SHIPPED.character("glitch").character
    words = character.description.lower()
    for word in ("petite", "athletic", "five heads", "goggle visor", "blue eyes", "dark blonde", "high ponytail"):
        assert word in words
    for word in ("black tactical bodysuit", "dark grey armour", "circuit lines", "katana", "fair skin"):
        assert word in words
    assert any(colour.hex == "#FF1493" for colour in character.palette)
    assert (character.proportions.heads, character.proportions.build) == (5.0, "petite")
    assert "white background" in character.setting


def test_a_style_of_the_users_is_added_or_replaces_one() -> None:
    put("styles", "mine.toml", 'title = "Mine"\ntext = "In my style."\n')
    put("styles", "comic-ink.toml", 'title = "My ink"\ntext = "Inked by me."\n')
    styles = Presets().styles
    assert styles["mine"].text == "In my style."
    assert styles["comic-ink"].title == "My ink"
    assert len(styles) == len(SHIPPED.styles) + 1


def test_a_character_of_the_users_takes_pose_presets_by_name() -> None:
    put(
        "characters",
        "robot.toml",
        'name = "Robot"\ndescription = "A robot."\n'
        'pose = [{ name = "Hero Stance", ticked = true }, { name = "own", text = "Own pose." }]\n',
    )
    preset = Presets().character("Robot")
    hero, own = preset.poses
    assert hero.text == SHIPPED.poses["hero-stance"].text
    assert hero.skeleton == SHIPPED.poses["hero-stance"].skeleton
    assert hero.ticked and not own.ticked


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("styles", 'title = "x"\n', "key text: this key is missing"),
        ("styles", "title = \n", "line 1, key title"),
        ("poses", '[[pose]]\nname = "a"\ntext = "b"\nskeleton = { lean = "x" }\n', "line 4, pose 1"),
        ("characters", 'name = "x"\ndescription = "y"\npose = [{ name = "no-such" }]\n', "pose 1, key text: this key"),
        ("characters", 'name = "x"\ndescription = "y"\n[settings]\ntakes = 0\n', "line 4, key settings.takes"),
    ],
)
def test_a_broken_file_of_the_users_is_told_once_and_stops_nothing(kind: str, text: str, told: str) -> None:
    put(kind, "broken.toml", text)
    presets = Presets()
    presets.check()
    problems = presets.check()
    assert len(problems) == 1
    assert f"presets/{kind}/broken.toml" in problems[0]
    assert told in problems[0]
    assert presets.character("glitch").poses
    assert "broken" not in {**presets.styles, **presets.pose_sets, **presets.characters}


def test_an_unknown_preset_names_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        SHIPPED.character("nobody")
    assert "glitch" in caught.value.remedy
