"""Where things lie: the XDG folders of this user, and the themes and presets that come with the program."""

from __future__ import annotations

import os
from pathlib import Path

APP = "pose-studio"
"""The folder under each XDG root."""

_ROOTS = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}
"""Variable and fallback under the home folder, as the XDG Base Directory Specification 0.8 has them."""


def config_dir() -> Path:
    """Where the user's settings, themes and presets lie."""
    return _app_folder("config")


def data_dir() -> Path:
    """Where things made once for all projects lie, such as LoRA weights."""
    return _app_folder("data")


def state_dir() -> Path:
    """Where journals and logs lie."""
    return _app_folder("state")


def cache_dir() -> Path:
    """Where things lie that can be made again: prices, thumbnails of other projects."""
    return _app_folder("cache")


def log_file() -> Path:
    """The log of the program."""
    return state_dir() / "studio.log"


def journal_file(project_id: str) -> Path:
    """The journal of a project: outside its folder, so that a deleted project loses no paid request.

    Raises ValueError for an id that is not a plain name.
    """
    if not project_id or project_id.strip(".") == "" or not project_id.replace("-", "").replace(".", "").isalnum():
        raise ValueError(f"{project_id!r} is not a project id")
    return state_dir() / project_id / "journal.db"


def config_file() -> Path:
    """The user's own settings."""
    return config_dir() / "config.toml"


def share(kind: str) -> Path:
    """The shipped folder `themes` or `presets/<kind>`, in a checkout or in an installed wheel."""
    package = Path(__file__).resolve().parent.parent
    for root in (package / "share", package.parent):
        if (root / kind).is_dir():
            return root / kind
    return package / "share" / kind


def user_share(kind: str) -> Path:
    """The user's own folder of the same kind; it need not exist."""
    return config_dir() / kind


def homely(path: Path) -> str:
    """A path as a person would write it: `~` for the home folder."""
    try:
        return f"~/{path.relative_to(_home())}"
    except ValueError:
        return str(path)


def _home() -> Path:
    return Path(os.environ.get("HOME") or Path.home())


def _app_folder(kind: str) -> Path:
    variable, fallback = _ROOTS[kind]
    value = os.environ.get(variable, "")
    # The specification says that a relative path is invalid and must be ignored.
    root = Path(value) if value.startswith("/") else _home() / fallback
    return root / APP
