"""Settings in two layers, and the recipe that comes out of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from studio.config.paths import config_file
from studio.config.project import load_settings
from studio.config.project_edits import save_user
from studio.config.settings import Settings
from studio.domain.errors import ProjectError
from studio.domain.recipe import Recipe, SeedPolicy


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_project_wins_over_the_user_and_the_user_over_the_studio(tmp_path: Path) -> None:
    put(config_file(), 'theme = "fjord"\nconcurrency = 8\n[keys]\ngenerate = "f5"\npick = "y"\n[budget]\nday = 5\n')
    put(tmp_path / "studio.toml", 'concurrency = 3\n[keys]\npick = "z"\n[budget]\nsession = "0.50"\n')
    settings = load_settings(tmp_path)
    assert settings.theme == "fjord"
    assert settings.concurrency == 3
    assert settings.takes == 1
    assert dict(settings.keys) == {"generate": "f5", "pick": "z"}
    assert (settings.budget_session, settings.budget_day) == (Decimal("0.50"), Decimal(5))


def test_nothing_written_means_the_studios_own(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize(("text", "meant"), [("", None), ("sandbox = true\n", True), ("sandbox = false\n", False)])
def test_the_sandbox_is_asked_for_refused_or_left_open(tmp_path: Path, text: str, meant: bool | None) -> None:
    put(tmp_path / "studio.toml", text)
    assert load_settings(tmp_path).sandbox is meant


def test_a_number_as_seed_means_that_seed(tmp_path: Path) -> None:
    put(tmp_path / "studio.toml", "seed = 42\n")
    recipe = load_settings(tmp_path).recipe()
    assert (recipe.seed_policy, recipe.seed) == (SeedPolicy.FIXED, 42)


@pytest.mark.parametrize(
    ("text", "policy", "seeds", "takes"),
    [
        ('"next"', SeedPolicy.NEXT, (), 2),
        ("[3, 1, 2]", SeedPolicy.LIST, (3, 1, 2), 3),
        ('"new"', SeedPolicy.NEW, (), 2),
    ],
)
def test_seeds_count_on_or_come_from_a_list_which_says_how_many_takes(
    tmp_path: Path, text: str, policy: SeedPolicy, seeds: tuple[int, ...], takes: int
) -> None:
    put(tmp_path / "studio.toml", f"takes = 2\nseed = {text}\n")
    recipe = load_settings(tmp_path).recipe()
    assert (recipe.seed_policy, recipe.seeds, recipe.takes) == (policy, seeds, takes)


@pytest.mark.parametrize("seed", ["[]", "[1, -1]", "[true]", "true", '"nxt"', "[1.5]"])
def test_what_is_no_seed_is_named_with_its_line(tmp_path: Path, seed: str) -> None:
    put(tmp_path / "studio.toml", f"\nseed = {seed}\n")
    with pytest.raises(ProjectError, match=r"studio\.toml, line 2, key seed: expected \"new\", \"next\""):
        load_settings(tmp_path)


def test_a_model_takes_its_own_remembered_values_and_never_anothers(tmp_path: Path) -> None:
    put(tmp_path / "studio.toml", 'model = "fal-ai/a"\n[values."fal-ai/a"]\nguidance_scale = 4.5\n')
    settings = load_settings(tmp_path)
    assert dict(settings.recipe().values) == {"guidance_scale": 4.5}
    assert dict(settings.recipe("fal-ai/b").values) == {}
    remembered = settings.with_recipe(Recipe("fal-ai/b").with_value("steps", 4))
    assert dict(remembered.recipe("fal-ai/a").values) == {"guidance_scale": 4.5}
    assert dict(remembered.recipe().values) == {"steps": 4}


def test_money_is_exact() -> None:
    put(config_file(), "[budget]\nday = 0.1\nsession = 2.30\n")
    settings = load_settings(Path("/nowhere"))
    assert (settings.budget_day, settings.budget_session) == (Decimal("0.1"), Decimal("2.30"))


def test_a_broken_user_file_is_named_with_its_path() -> None:
    put(config_file(), 'theme = "x"\ntakes = "two"\n')
    with pytest.raises(ProjectError, match=r"pose-studio/config\.toml, line 2, key takes: expected a whole number"):
        load_settings(Path("/nowhere"))


def test_the_users_file_is_made_private_and_keeps_its_comments() -> None:
    save_user({("theme",): "fjord"})
    config_file().write_text("# mine\n" + config_file().read_text())
    save_user({("theme",): "ember", ("keys", "pick"): "y"})
    text = config_file().read_text()
    assert text.startswith("# mine\n")
    assert 'theme = "ember"' in text
    assert config_file().stat().st_mode & 0o777 == 0o600
    assert load_settings(Path("/nowhere")).keys["pick"] == "y"
