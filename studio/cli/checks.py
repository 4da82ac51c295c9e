"""What `studio doctor` looks at, apart from the terminal: each check is one finding with a remedy."""

from __future__ import annotations

import platform
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studio.domain.version import VERSION

PACKAGES = ("textual", "textual-image", "fal-client", "pillow", "numpy", "aiohttp")
ROOMY, TIGHT = 1024**3, 100 * 1024**2
"""Bytes of free disk: below the first is worth a word, below the second pictures may not fit."""

DAY = 24 * 3600.0
NETWORK_SECONDS = 10.0
PRICED = "fal-ai/flux/schnell"
"""The endpoint whose price is asked for: a question that costs nothing and needs the key."""


class Verdict(StrEnum):
    """How a check went."""

    OK = "ok"
    WARNING = "warning"
    BAD = "bad"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and what to do about it."""

    check: str
    verdict: Verdict
    message: str
    remedy: str = ""
    kind: str = ""
    """Kind of the error behind it, when there is one."""


def check_versions() -> Finding:
    """The versions of the studio, of Python and of the packages it stands on."""
    from importlib.metadata import PackageNotFoundError, version

    parts, missing = [f"Pose Studio {VERSION}", f"Python {platform.python_version()}"], []
    for name in PACKAGES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    text = ", ".join([*parts, platform.platform()])
    if missing:
        return Finding("versions", Verdict.BAD, f"{text}. Missing: {', '.join(missing)}.", "Install pose-studio again.")
    return Finding("versions", Verdict.OK, text)


async def check_network(key: str | None, url: str | None) -> Finding:
    """Whether fal answers and takes the key; asked only when there is a key, and for ten seconds at most."""
    import asyncio

    from studio.domain.errors import StudioError
    from studio.providers.fal.provider import FalProvider

    if key is None:
        return Finding("network", Verdict.SKIPPED, "Not asked: without a key nothing leaves this machine.")
    where = url or "fal"
    provider = FalProvider(key=key, base_url=url)
    began = time.monotonic()
    try:
        prices = await asyncio.wait_for(provider.prices([PRICED]), NETWORK_SECONDS)
    except TimeoutError:
        told = f"{where} did not answer within {NETWORK_SECONDS:.0f} seconds."
        return Finding("network", Verdict.BAD, told, "Check the connection, a proxy, a firewall.")
    except StudioError as error:
        return Finding("network", Verdict.BAD, error.happened, error.remedy, error.kind)
    finally:
        await provider.close()
    took = f"{(time.monotonic() - began) * 1000:.0f} ms"
    priced = "and takes the key" if prices else "but knows no prices"
    return Finding("network", Verdict.OK, f"{where} answers in {took} {priced}.")


def check_disk(places: Mapping[str, Path]) -> list[Finding]:
    """Room and the right to write, for each place by its name."""
    return [_disk(name, path) for name, path in places.items()]


def check_clock(now: float) -> Finding:
    """Whether the clock is earlier than this program: `now` is in seconds since the epoch."""
    shown = time.strftime("%Y-%m-%d %H:%M:%S %z", time.localtime(now))
    made = Path(__file__).stat().st_mtime
    if now < made - DAY:
        return Finding(
            "clock", Verdict.BAD, f"It says {shown}, which is before this program was installed.", "Set the clock."
        )
    return Finding("clock", Verdict.OK, f"It says {shown}.")


def _disk(name: str, path: Path) -> Finding:
    from studio.config.paths import homely
    from studio.library.mounts import is_network

    there = _nearest(path)
    shown = f"{name} {homely(path)}"
    try:
        free = shutil.disk_usage(there).free
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        why = error.strerror or str(error)
        return Finding("disk", Verdict.BAD, f"{shown} cannot be written to: {why}.", "Choose a folder of your own.")
    room = f"{free / 1024**3:.1f} GB free"
    if free < TIGHT:
        return Finding("disk", Verdict.BAD, f"{shown}: only {free // 1024**2} MB free.", "Make room for the pictures.")
    if is_network(there):
        told = f"{shown}: {room}, on a network file system, so the journal works in its slower mode."
        return Finding("disk", Verdict.WARNING, told, "Nothing has to be done; a local disk is quicker.")
    verdict = Verdict.OK if free >= ROOMY else Verdict.WARNING
    return Finding("disk", verdict, f"{shown}: {room}, writable.", "" if verdict is Verdict.OK else "Make some room.")


def _nearest(path: Path) -> Path:
    """The path, or the first folder above it that exists."""
    there = path.absolute()
    while not there.is_dir() and there != there.parent:
        there = there.parent
    return there
