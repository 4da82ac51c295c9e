"""The `parameters` text that other tools read: prompt, negative prompt, and one last line of pairs.

The form is that of AUTOMATIC1111's web UI (modules/infotext_utils.py), with Forge's name for distilled guidance.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from studio.domain.request import Json
from studio.domain.version import VERSION

NEGATIVE = "Negative prompt: "
# A name has an end: without one, a long line of letters in a stranger's picture is searched again from every letter.
_PAIR = re.compile(r'(?<!\w)(\w[\w \-/]{1,60}):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')
FEWEST_PAIRS = 3
"""A last line with fewer is taken for prompt text by every reader."""

LONGEST = 200_000
"""Characters of a `parameters` text that are parsed."""

STEPS = ("num_inference_steps", "steps")
GUIDANCE = ("guidance_scale", "guidance", "cfg_scale", "true_cfg_scale")


def first(arguments: Mapping[str, Json], names: Iterable[str]) -> Json:
    """The first of these arguments that is there, or None."""
    return next((arguments[name] for name in names if arguments.get(name) is not None), None)


def compose_parameters(
    endpoint: str, arguments: Mapping[str, Json], *, seed: int | None, size: tuple[int, int], pose: str, character: str
) -> str:
    """The text for one picture. `Steps` comes first and is 0 where the model has none, because Civitai looks for it."""
    guidance = first(arguments, GUIDANCE)
    distilled = is_distilled(endpoint)
    pairs = {
        "Steps": first(arguments, STEPS) or 0,
        "Sampler": "Undefined",
        "CFG scale": 1 if distilled else guidance,
        "Distilled CFG Scale": guidance if distilled else None,
        "Seed": seed,
        "Size": f"{size[0]}x{size[1]}",
        "Model": endpoint,
        "Character": character,
        "Pose": pose,
        "Version": f"Pose Studio {VERSION}",
    }
    said = {key: str(value) for key, value in pairs.items() if isinstance(value, int | float | str)}
    last = ", ".join(f"{key}: {_quoted(value)}" for key, value in said.items() if value)
    prompt = " ".join((_text(arguments.get("prompt")), *_lora_words(arguments.get("loras")))).strip()
    negative = _text(arguments.get("negative_prompt"))
    return "\n".join((*([prompt] if prompt else []), *([NEGATIVE + negative] if negative else []), last))


def is_distilled(endpoint: str) -> bool:
    """True for the FLUX family, whose guidance is distilled: as a CFG scale it would burn the picture in Forge."""
    return any(part.startswith("flux") for part in endpoint.lower().split("/"))


def parse_parameters(text: str) -> dict[str, str]:
    """The pairs of the last line, and `prompt` and `negative`. Empty when the text has no such line."""
    lines = text[:LONGEST].replace("\r\n", "\n").strip().split("\n")
    if lines == [""]:
        return {}
    pairs = {match[1]: _unquoted(match[2]) for match in _PAIR.finditer(lines[-1])}
    if len(pairs) < FEWEST_PAIRS:
        return {}
    prompt, negative, in_negative = list[str](), list[str](), False
    for line in lines[:-1]:
        if line.startswith(NEGATIVE.strip()):
            in_negative = True
            line = line.removeprefix(NEGATIVE.strip()).strip()
        (negative if in_negative else prompt).append(line)
    return {**pairs, "prompt": "\n".join(prompt).strip(), "negative": "\n".join(negative).strip()}


def _text(value: Json) -> str:
    return re.sub(r"\r\n?", "\n", value).strip() if isinstance(value, str) else ""


def _lora_words(loras: Json) -> list[str]:
    entries = [entry for entry in loras if isinstance(entry, dict)] if isinstance(loras, list) else []
    names = [
        (PurePosixPath(urlsplit(str(entry["path"])).path).stem, entry.get("scale", 1))
        for entry in entries
        if "path" in entry
    ]
    return [f"<lora:{name}:{scale}>" for name, scale in names if re.fullmatch(r"[\w.\- ]+", name)]


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if re.search(r'[,:"\n]', value) else value


def _unquoted(value: str) -> str:
    if not (value.startswith('"') and value.endswith('"')):
        return value.strip()
    try:
        return str(json.loads(value))
    except ValueError:
        return value
