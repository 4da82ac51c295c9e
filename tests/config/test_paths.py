"""Where things lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.config import paths


@pytest.mark.parametrize(
    ("variable", "folder", "fallback"),
    [
        ("XDG_CONFIG_HOME", paths.config_dir, ".config"),
        ("XDG_DATA_HOME", paths.data_dir, ".local/share"),
        ("XDG_STATE_HOME", paths.state_dir, ".local/state"),
        ("XDG_CACHE_HOME", paths.cache_dir, ".cache"),
    ],
)
def test_xdg_is_honoured_and_has_its_fallback(
    variable: str, folder: object, fallback: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(variable, "/elsewhere")
    assert folder() == Path("/elsewhere/pose-studio")
    for ignored in ("", "relative/path"):
        monkeypatch.setenv(variable, ignored)
        assert folder() == tmp_path / fallback / "pose-studio"


def test_the_journal_lies_outside_the_project(own_home: Path) -> None:
    assert paths.journal_file("glitch-0123456789ab") == own_home / "state/pose-studio/glitch-0123456789ab/journal.db"


@pytest.mark.parametrize("kind", ["themes", "presets/characters", "presets/poses", "presets/styles", "presets/models"])
def test_what_is_shipped_is_found_from_a_checkout(kind: str) -> None:
    assert list(paths.share(kind).glob("*.toml"))


@pytest.mark.parametrize(("inside", "shown"), [(True, "~/a.toml"), (False, "/x/a.toml")])
def test_paths_are_shown_as_a_person_writes_them(own_home: Path, inside: bool, shown: str) -> None:
    assert paths.homely(own_home / "a.toml" if inside else Path("/x/a.toml")) == shown
