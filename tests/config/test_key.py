"""Where the key is found, what is said about it, and that it is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.config.key import Key, find_key, store_key
from studio.config.paths import config_file
from studio.domain.errors import KeyRefused, ProjectError

SECRET = "1234abcd-56ef:0123456789abcdef"


def config(text: str, mode: int = 0o600) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(text)
    config_file().chmod(mode)


def found(project: Path | None = None, key_file: Path | None = None) -> Key:
    key = find_key(project, key_file)
    assert key is not None
    return key


def test_nothing_set_is_no_key(tmp_path: Path) -> None:
    assert find_key(tmp_path) is None


def test_the_order_is_flag_environment_project_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config('fal_key = "from-config"\n')
    assert found(tmp_path).value == "from-config"
    (tmp_path / ".env").write_text("FAL_KEY=from-env-file\n")
    assert (found(tmp_path).value, found(tmp_path).source) == ("from-env-file", ".env (FAL_KEY)")
    monkeypatch.setenv("FAL_KEY", "from-environment")
    assert found(tmp_path).value == "from-environment"
    (tmp_path / "key").write_text("from-flag\n")
    assert found(tmp_path, tmp_path / "key").value == "from-flag"


def test_id_and_secret_make_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY_ID", "id")
    assert find_key() is None
    monkeypatch.setenv("FAL_KEY_SECRET", "secret")
    assert found().value == "id:secret"


@pytest.mark.parametrize("alias", ["FAL_AI_API_KEY", "FAL_API_KEY"])
def test_other_names_are_taken_with_a_warning_and_only_when_the_right_one_is_nowhere(
    alias: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(alias, "odd")
    assert found(tmp_path).value == "odd"
    assert alias in found(tmp_path).warning and "FAL_KEY" in found(tmp_path).warning
    (tmp_path / ".env").write_text("FAL_KEY=right\n")
    assert (found(tmp_path).value, found(tmp_path).warning) == ("right", "")


def test_empty_values_are_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", "  ")
    (tmp_path / ".env").write_text("FAL_KEY=\nFAL_KEY_ID=a\nFAL_KEY_SECRET=\n")
    config('fal_key = ""\n')
    assert find_key(tmp_path) is None


@pytest.mark.parametrize("line", ["FAL_KEY=k", 'FAL_KEY="k"', "export FAL_KEY='k'", "# c\n\nFAL_KEY = k # tail"])
def test_env_files_are_read_as_people_write_them(tmp_path: Path, line: str) -> None:
    (tmp_path / ".env").write_text(line + "\n")
    assert found(tmp_path).value == "k"


@pytest.mark.parametrize("text", ["k\n", "\n# mine\n  k  \n", "FAL_KEY=k\n", "export FAL_KEY='k'\n"])
def test_key_files_are_read_as_people_write_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text)
    assert found(key_file=tmp_path / "key").value == "k"


def test_a_token_of_fals_own_command_line_is_never_taken(own_home: Path) -> None:
    (own_home / ".fal").mkdir()
    (own_home / ".fal" / "auth0_token").write_text(SECRET)
    assert find_key(own_home) is None


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o400, False), (0o644, True), (0o640, True)])
def test_a_file_that_others_can_read_is_told(mode: int, warned: bool) -> None:
    config('fal_key = "k"\n', mode)
    assert (f"mode {mode:03o}" in found().warning) is warned


@pytest.mark.parametrize(("ignored", "warned"), [("*.bak\n", True), (".env\n", False), (None, True)])
def test_an_env_file_that_git_would_publish_is_told(tmp_path: Path, ignored: str | None, warned: bool) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".env").write_text("FAL_KEY=k\n")
    if ignored is not None:
        (tmp_path / ".gitignore").write_text(ignored)
    assert ("git may publish it" in found(tmp_path).warning) is warned


@pytest.mark.parametrize("value", ["a b", "schlüssel", "k" * 600, "a\x07b"])
def test_what_can_be_no_key_is_refused_without_being_repeated(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", value)
    with pytest.raises(KeyRefused) as caught:
        find_key()
    assert value not in str(caught.value)
    assert "FAL_KEY" in str(caught.value)


def test_a_key_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", SECRET)
    key = found(tmp_path)
    assert key.value == SECRET
    for shown in (repr(key), str(key), f"{key}", key.source, key.warning, repr([key])):
        assert SECRET not in shown
        assert SECRET[-4:] not in shown


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_key_file_that_holds_none_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").write_text("\n# nothing\n")
    with pytest.raises((ProjectError, KeyRefused), match=name):
        find_key(key_file=tmp_path / name)


def test_a_typed_key_is_kept_for_its_owner_alone() -> None:
    config("# mine\ntakes = 2\n", 0o644)
    store_key(f" {SECRET}\n")
    assert config_file().stat().st_mode & 0o777 == 0o600
    assert found().value == SECRET
    assert found().warning == ""
    assert config_file().read_text().startswith("# mine\ntakes = 2\n")
    with pytest.raises(KeyRefused):
        store_key("two words")
    assert found().value == SECRET
