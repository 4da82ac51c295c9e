"""Where the fal key comes from. It is never shown, and a key of fal's own command line is never taken."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from studio.config import secrets
from studio.config.paths import config_file, homely
from studio.config.toml_table import read_table
from studio.domain.errors import KeyRefused, ProjectError

RIGHT = "FAL_KEY"
PAIR = ("FAL_KEY_ID", "FAL_KEY_SECRET")
ALIASES = ("FAL_AI_API_KEY", "FAL_API_KEY")
"""Names other tools use; fal's own libraries know neither."""

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Key:
    """A key and where it was found. Neither `repr` nor `str` shows the value."""

    value: str = field(repr=False)
    source: str
    """Such as `the environment (FAL_KEY)` or `.env`."""
    warning: str = ""
    """A sentence to say once: an unusual name, a file that others can read."""

    def __str__(self) -> str:
        return f"the key from {self.source}"


@dataclass(frozen=True, slots=True)
class _Layer:
    """One place where keys may stand."""

    name: str
    values: Mapping[str, str] = field(repr=False)
    warning: str = ""


def find_key(project: Path | None = None, key_file: Path | None = None) -> Key | None:
    """The key, or None when there is none: from `key_file`, the environment, the project's `.env`, or the user's
    `config.toml`, in this order; names other than fal's only when fal's own is nowhere.

    Raises ProjectError when a file that was named or found cannot be read, KeyRefused when what is in it is no key.
    """
    if key_file is not None:
        return _from_file(key_file)
    layers = [_Layer("the environment", os.environ), *_env_file(project), *_config()]
    for layer in layers:
        if value := _filled(layer, RIGHT):
            return _checked(value, f"{layer.name} ({RIGHT})", layer.warning)
        if (name := _filled(layer, PAIR[0])) and (secret := _filled(layer, PAIR[1])):
            return _checked(f"{name}:{secret}", f"{layer.name} ({' and '.join(PAIR)})", layer.warning)
    for layer in layers:
        for alias in ALIASES:
            if value := _filled(layer, alias):
                told = f"The key was found as {alias}; fal's own tools know it as {RIGHT} only."
                return _checked(value, f"{layer.name} ({alias})", f"{told} {layer.warning}".strip())
    return None


def store_key(value: str) -> None:
    """Keep a key in the user's `config.toml`, readable by its owner alone. Raises KeyRefused when it is none."""
    from studio.config.project_edits import save_user  # only needed to write

    save_user({("fal_key",): _checked(value.strip(), "what was typed", "").value})


def _from_file(path: Path) -> Key:
    try:
        text = path.read_text(encoding="utf-8")[: LONGEST * 4]
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ProjectError(
            f"The key file {secrets.redacted(homely(path))} cannot be read: {told}.", "Name a file that holds it."
        ) from error
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise KeyRefused(f"The key file {homely(path)} is empty.", "Put the key on its first line.")
    value = lines[0].removeprefix("export ").strip()
    value = value.removeprefix(f"{RIGHT}=").strip().strip("\"'")
    return _checked(value, f"the file {homely(path)}", _lax(path))


def _env_file(project: Path | None) -> Iterable[_Layer]:
    path = project / ".env" if project is not None else None
    if path is None or not path.is_file():
        return
    from dotenv import dotenv_values  # 28 ms, and most projects have no such file

    try:
        values = dotenv_values(path, interpolate=False, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f".env cannot be read: {error}.", "Mend or remove it.") from error
    filled = {name: value for name, value in values.items() if value}
    yield _Layer(".env", filled, _in_git(path.parent) if filled else "")


def _config() -> Iterable[_Layer]:
    path = config_file()
    if path.is_file():
        value = read_table(path, homely(path)).text("fal_key", "")
        yield _Layer(homely(path), {RIGHT: value}, _lax(path) if value else "")


def _filled(layer: _Layer, name: str) -> str:
    return layer.values.get(name, "").strip()


def _checked(value: str, source: str, warning: str) -> Key:
    secrets.remember(value)
    if not value or len(value) > LONGEST or not value.isascii() or not value.isprintable() or " " in value:
        raise KeyRefused(f"What {source} holds is no key: it is empty, too long, or has blanks in it.")
    return Key(value, source, warning)


def _lax(path: Path) -> str:
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & 0o077:
        return ""
    return f"{homely(path)} holds the key and can be read by others (mode {mode:03o}): chmod 600 mends it."


def _in_git(folder: Path) -> str:
    if not (folder / ".git").exists():
        return ""
    ignored = folder / ".gitignore"
    lines = ignored.read_text(encoding="utf-8", errors="replace").splitlines() if ignored.is_file() else []
    if {line.strip().strip("/") for line in lines} & {".env", ".env*", "*.env"}:
        return ""
    return ".env holds the key and .gitignore does not name it: git may publish it."
