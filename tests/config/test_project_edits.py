"""Saving from the screen: only what changed is written, and an edit made in the file meanwhile is never lost."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from studio.config.project import Project, load_project
from studio.config.project_edits import save_character, save_poses, save_settings
from studio.domain.character import Lora, PaletteColour, Reference
from studio.domain.errors import ProjectError, UsageError
from studio.domain.pose import Pose
from studio.domain.recipe import SeedPolicy
from studio.domain.skeleton import Proportions, Skeleton
from studio.workflows.seeds import parse_seeds
from tests.config.artist import CHARACTER, POSES, SETTINGS, make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


def text_of(project: Project, name: str) -> str:
    return (project.folder / name).read_bytes().decode()


def test_saving_what_was_read_changes_no_byte(project: Project) -> None:
    save_character(project, project.character)
    save_poses(project, project.poses)
    save_settings(project, project.settings)
    assert text_of(project, "character.toml") == CHARACTER
    assert text_of(project, "poses.toml") == POSES
    assert text_of(project, "studio.toml") == SETTINGS


def test_a_changed_value_is_the_only_changed_line(project: Project) -> None:
    save_character(project, replace(project.character, description='A girl with a "cyber" visor.'))
    expected = CHARACTER.replace('"A girl with a visor."', '"A girl with a \\"cyber\\" visor."')
    assert text_of(project, "character.toml") == expected


def test_a_new_key_stands_with_the_others_and_not_inside_a_table(project: Project) -> None:
    saved = save_character(project, replace(project.character, style="anime-cel", setting="White."))
    assert load_project(project.folder).character == saved.character
    assert saved.character.style == "anime-cel"
    text = text_of(project, "character.toml")
    assert text.index('style = "anime-cel"') < text.index("# pictures we may use")
    assert "# pictures we may use\n[[reference]]" in text


def test_palette_entries_keep_their_comments_when_one_is_changed_and_one_added(project: Project) -> None:
    pink, black = project.character.palette
    wanted = (pink, replace(black, hex="#111111"), PaletteColour("blue", "#0000FF", "eyes"))
    saved = save_character(project, replace(project.character, palette=wanted))
    assert saved.character.palette == wanted
    text = text_of(project, "character.toml")
    assert "# the pink comes first" in text
    assert "# from the brand sheet" in text
    assert '{ name = "black", hex = "#111111", on = "suit" },     # matte' in text


def test_references_and_loras_come_and_go(project: Project) -> None:
    more = (*project.character.references, Reference("references/back.png", "back"))
    first = save_character(project, replace(project.character, references=more, loras=()))
    assert load_project(project.folder).character == first.character
    assert "# the good one" in text_of(project, "character.toml")
    lora = Lora("x.safetensors", "trg", 1.0, "flux2")
    second = save_character(first, replace(first.character, references=(), loras=(lora,)))
    assert second.character.loras == (lora,)
    assert load_project(project.folder).character == second.character


def test_proportions_and_long_texts_come_back_as_they_went(project: Project) -> None:
    wanted = replace(
        project.character,
        proportions=Proportions(6.5, "heavy"),
        description="word " * 100 + 'and "quotes", back\\slashes, """three""" and é\n\nsecond paragraph',
        template="{description} {pose} {style}",
    )
    saved = save_character(project, wanted)
    assert saved.character == wanted
    assert load_project(project.folder).character == wanted


def test_ticking_changes_one_line(project: Project) -> None:
    hero, running, sitting = project.poses
    save_poses(project, (replace(hero, ticked=False), replace(running, ticked=True), sitting))
    expected = POSES.replace("ticked = true", "ticked = false").replace(
        'name = "running"\n', 'name = "running"\nticked = true\n'
    )
    assert text_of(project, "poses.toml") == expected


def test_a_pose_takes_its_comment_along_when_it_moves(project: Project) -> None:
    hero, running, sitting = project.poses
    saved = save_poses(project, (sitting, hero, running))
    assert saved.poses == (sitting, hero, running)
    text = text_of(project, "poses.toml")
    assert text.startswith("# Poses for the trailer\n\n# --- quiet ones ---\n# for the end\n[[pose]]\n")
    assert '# opens the film\n[[pose]]\nname = "Hero stance"' in text
    assert "lean = 10   # tired" in text


def test_a_removed_pose_takes_its_comment_with_it_and_no_other(project: Project) -> None:
    hero, _, sitting = project.poses
    save_poses(project, (hero, sitting))
    text = text_of(project, "poses.toml")
    assert "after the jump" not in text
    assert "# for the end" in text


def test_new_poses_come_in_their_place_with_everything_they_have(project: Project) -> None:
    hero, running, sitting = project.poses
    new = Pose(
        "waving", "Waving hello. " * 12, "gestures", Skeleton.from_mapping({"lean": 4, "head": {"nod": 3}}), True
    )
    new = replace(new, text=new.text.strip())
    saved = save_poses(project, (hero, new, running, sitting))
    assert saved.poses == (hero, new, running, sitting)
    assert load_project(project.folder).poses == saved.poses


def test_a_renamed_pose_keeps_its_block(project: Project) -> None:
    hero, running, sitting = project.poses
    save_poses(project, (replace(hero, name="heroic"), running, sitting))
    assert text_of(project, "poses.toml") == POSES.replace("Hero stance", "heroic")


def test_the_first_pose_of_an_empty_project_makes_the_file(tmp_path: Path) -> None:
    (tmp_path / "character.toml").write_text('name = "G"\ndescription = "x"\n')
    saved = save_poses(load_project(tmp_path), [Pose("run", "Running.")])
    assert saved.poses == (Pose("run", "Running."),)
    assert load_project(tmp_path).poses == saved.poses
    emptied = save_poses(saved, [])
    assert emptied.poses == ()


@pytest.mark.parametrize("names", [("a", "A"), ("big run", "Big-Run"), ("a", " ")])
def test_two_poses_of_one_name_are_refused(project: Project, names: tuple[str, str]) -> None:
    with pytest.raises(UsageError):
        save_poses(project, [Pose(name, "x") for name in names])
    assert text_of(project, "poses.toml") == POSES


def test_settings_are_put_beside_what_stands_there(project: Project) -> None:
    wanted = replace(
        project.settings.with_recipe(replace(project.settings.recipe().with_value("num_inference_steps", 35), takes=3)),
        budget_day=Decimal("12.50"),
        seed_policy=SeedPolicy.FIXED,
        seed=1234,
    )
    saved = save_settings(project, wanted)
    assert saved.settings == wanted == load_project(project.folder).settings
    text = text_of(project, "studio.toml")
    assert "takes = 3   # per pose" in text
    assert "guidance_scale = 5.5   # not above 6.5" in text
    assert "day = 12.50" in text
    assert "graphics" not in text


@pytest.mark.parametrize(
    ("wish", "line"), [("next", 'seed = "next"'), ("4,5", "seed = [4, 5]"), ("9", "seed = 9"), ("new", "")]
)
def test_every_kind_of_seed_is_read_back_as_it_was_chosen(project: Project, wish: str, line: str) -> None:
    wanted = project.settings.with_recipe(parse_seeds(wish).on(project.settings.recipe()))
    saved = save_settings(project, wanted)
    assert saved.settings == wanted == load_project(project.folder).settings
    text = text_of(project, "studio.toml")
    assert line in text
    assert "takes = 2   # per pose" in text


def test_a_pose_is_locked_to_a_seed_and_let_go_again_and_its_comments_stay(project: Project) -> None:
    hero, *others = project.poses
    locked = save_poses(project, (replace(hero, seed=0), *others))
    assert load_project(project.folder).poses[0].seed == 0
    assert "seed = 0" in text_of(project, "poses.toml")
    assert "# opens the film\n[[pose]]" in text_of(project, "poses.toml")
    assert 'text = "Standing tall."   # low camera' in text_of(project, "poses.toml")
    free = save_poses(locked, (hero, *others))
    assert free.poses[0].seed is None
    assert text_of(project, "poses.toml") == POSES


def test_a_value_taken_back_leaves_the_file(project: Project) -> None:
    recipe = project.settings.recipe().with_value("guidance_scale", None)
    saved = save_settings(project, project.settings.with_recipe(recipe))
    assert "guidance_scale" not in text_of(project, "studio.toml")
    assert not saved.settings.recipe().values


def test_an_edit_made_in_the_file_meanwhile_is_kept(project: Project) -> None:
    (project.folder / "character.toml").write_text(CHARACTER.replace("heads = 5", "heads = 6"))
    saved = save_character(project, replace(project.character, style="oil-fantasy"))
    assert saved.character.proportions.heads == 6
    assert saved.character.style == "oil-fantasy"


def test_poses_edited_in_the_file_and_on_the_screen_are_merged(project: Project) -> None:
    added = POSES.replace("Running fast.", "Running slowly.") + '\n[[pose]]\nname = "new"\ntext = "New."\n'
    (project.folder / "poses.toml").write_text(added)
    hero, running, sitting = project.poses
    saved = save_poses(project, (hero, replace(running, ticked=True), Pose("mine", "Mine."), sitting))
    assert [pose.name for pose in saved.poses] == ["Hero stance", "running", "mine", "sitting", "new"]
    assert saved.poses[1] == replace(running, text="Running slowly.", ticked=True)


@pytest.mark.parametrize("name", ["character.toml", "poses.toml", "studio.toml"])
def test_the_same_value_changed_on_both_sides_is_refused_and_nothing_is_written(project: Project, name: str) -> None:
    theirs = {
        "character.toml": CHARACTER.replace("A girl with a visor.", "A woman."),
        "poses.toml": POSES.replace("Running fast.", "Running slowly."),
        "studio.toml": SETTINGS.replace("takes = 2", "takes = 5"),
    }[name]
    (project.folder / name).write_text(theirs)
    hero, running, sitting = project.poses
    with pytest.raises(ProjectError, match="changed meanwhile") as caught:
        if name == "character.toml":
            save_character(project, replace(project.character, description="A boy."))
        elif name == "poses.toml":
            save_poses(project, (hero, replace(running, text="Running away."), sitting))
        else:
            save_settings(project, replace(project.settings, takes=9))
    assert name in caught.value.happened
    assert text_of(project, name) == theirs


def test_a_file_that_was_broken_meanwhile_is_left_alone(project: Project) -> None:
    (project.folder / "poses.toml").write_text(POSES + "[[pose]\n")
    with pytest.raises(ProjectError, match=r"poses\.toml, line 21"):
        save_poses(project, ())
    assert text_of(project, "poses.toml") == POSES + "[[pose]\n"


def test_poses_written_as_one_list_are_read_and_not_rewritten(project: Project) -> None:
    text = 'pose = [{ name = "a", text = "b" }]\n'
    (project.folder / "poses.toml").write_text(text)
    reopened = load_project(project.folder)
    assert [pose.name for pose in reopened.poses] == ["a"]
    with pytest.raises(ProjectError, match=r"line 1: expected every pose as a \[\[pose\]\] table"):
        save_poses(reopened, ())
    assert text_of(project, "poses.toml") == text


def test_windows_line_ends_stay(project: Project) -> None:
    (project.folder / "poses.toml").write_bytes(POSES.replace("\n", "\r\n").encode())
    reopened = load_project(project.folder)
    hero, running, sitting = reopened.poses
    save_poses(reopened, (hero, replace(running, text="Running on."), Pose("new", "New."), sitting))
    text = text_of(project, "poses.toml")
    assert text.count("\n") == text.count("\r\n")
    assert "Running on." in text


def test_permissions_and_links_stay_and_no_temporary_file_is_left(project: Project, tmp_path: Path) -> None:
    real = tmp_path / "shared"
    real.mkdir()
    (project.folder / "poses.toml").rename(real / "poses.toml")
    (project.folder / "poses.toml").symlink_to(real / "poses.toml")
    (real / "poses.toml").chmod(0o640)
    save_poses(project, project.poses[:1])
    assert (project.folder / "poses.toml").is_symlink()
    assert (real / "poses.toml").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in real.iterdir()] == ["poses.toml"]


def test_a_write_that_fails_leaves_the_old_file_whole(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ProjectError, match=r"poses\.toml cannot be written: No space left on device"):
        save_poses(project, ())
    monkeypatch.undo()
    assert text_of(project, "poses.toml") == POSES
    assert not list(project.folder.glob(".poses*"))


def test_what_is_typed_with_escapes_is_stored_without(project: Project) -> None:
    saved = save_character(project, replace(project.character, name=" Gl\x1b[31mitch\u202e \n"))
    assert saved.character.name == "Glitch"
    assert "\x1b" not in text_of(project, "character.toml")
