"""The log an endpoint would write, and how long it would take: a script of lines with their moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from studio.domain.model import Model
from studio.domain.request import Json
from studio.sandbox.sizes import picture_pixels

SHORTEST, LONGEST = 1.5, 4.0
"""Seconds one picture takes at pace 1: long enough to watch, short enough not to wait."""

MOST_STEP_LINES = 12


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the script: when it is said, in seconds after the work began at pace 1, and what."""

    at: float
    message: str


@dataclass(frozen=True, slots=True)
class Script:
    """What an endpoint will say while it works, and after how many seconds it is done at pace 1."""

    cues: tuple[Cue, ...]
    seconds: float


def script(model: Model, arguments: Mapping[str, Json], unknown: list[str]) -> Script:
    """The script for one call. `arguments` have their defaults filled in; `unknown` names those the schema lacks."""
    steps = _steps(model, arguments)
    seconds = _seconds(model, steps)
    opening = [f"Loading weights of {model.title}"]
    opening += [f"WARNING: ignored unknown argument {name!r}" for name in unknown]
    opening += ["Weights ready", _asked(model, arguments)]
    closing = _closing(model)
    begin, end = seconds * 0.22, seconds * 0.86
    cues = _spread(opening, 0.0, begin)
    cues += _spread(_working(model, steps), begin, end)
    cues += _spread(closing, end, seconds)
    return Script(cues=tuple(cues), seconds=round(seconds, 3))


def line(message: str, at: float) -> dict[str, Json]:
    """A log object as fal's status carries it; `at` is seconds since the epoch."""
    stamp = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    level = "WARN" if message.startswith("WARNING") else "INFO"
    return {"message": message, "level": level, "source": "USER", "timestamp": stamp}


def _steps(model: Model, arguments: Mapping[str, Json]) -> int | None:
    param = model.role("steps") or (model.param("steps") if model.kind == "train" else None)
    value = arguments.get(param.name) if param else None
    return value if isinstance(value, int) and value > 0 else None


def _seconds(model: Model, steps: int | None) -> float:
    if model.kind in ("train", "video"):
        return LONGEST * 2
    if model.kind == "utility":
        return SHORTEST
    wait = SHORTEST + min(model.speed_s or 6.0, 30.0) / 20 + (steps or 12) / 35
    return min(LONGEST, wait)


def _asked(model: Model, arguments: Mapping[str, Json]) -> str:
    prompt = arguments.get("prompt")
    words = len(prompt.split()) if isinstance(prompt, str) else 0
    size = picture_pixels(model, arguments)
    parts = [f"prompt of {words} words"] if words else []
    parts += [f"{size[0]}x{size[1]} pixels"] if size and model.kind == "text-to-image" else []
    return ("Request read: " + ", ".join(parts)) if parts else "Request read"


def _working(model: Model, steps: int | None) -> list[str]:
    if steps is None:
        return [f"working {percent} %" for percent in (15, 35, 55, 75, 95)]
    shown = sorted({max(1, round(steps * part / MOST_STEP_LINES)) for part in range(1, MOST_STEP_LINES + 1)})
    if model.kind == "train":
        return [f"step {step}/{steps} loss {0.05 + 0.4 / (1 + 6 * step / steps):.4f}" for step in shown]
    return [f"step {step}/{steps}" for step in shown]


def _closing(model: Model) -> list[str]:
    match model.kind:
        case "train":
            return ["Saving weights"]
        case "video":
            return ["Encoding clip"]
        case "utility":
            return ["Writing picture"]
        case _:
            return ["Decoding latents", "Safety checker: nothing found"]


def _spread(messages: list[str], begin: float, end: float) -> list[Cue]:
    gap = (end - begin) / max(1, len(messages))
    return [Cue(begin + gap * (index + 0.5), message) for index, message in enumerate(messages)]
