"""The prompt: subject first, then pose, then style, then setting, complete in every call."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.domain.character import Character
from studio.domain.pose import Pose

TEMPLATE = "{description} {colours} {pose} {style} {setting}"
"""Subject, pose, style, setting: FLUX weighs what comes first, and it has no memory of the last call."""

FIELDS = ("name", "description", "colours", "pose", "style", "setting", "trigger")
_FIELD = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """The exact text that will be sent, and the negative wishes for the models that take them."""

    text: str
    negative: str
    template: str


def unknown_fields(template: str) -> list[str]:
    """The fields in braces that the studio cannot fill, in order."""
    return [name for name in _FIELD.findall(template) if name not in FIELDS]


def compose_prompt(character: Character, pose: Pose, style: str) -> Prompt:
    """The whole prompt of one picture. `style` is the style sentence, already looked up.

    Colours named in the palette and missing from the description follow it, tied to their objects.
    Raises ValueError when the character's template has a field that does not exist.
    """
    template = character.template.strip() or TEMPLATE
    if strangers := unknown_fields(template):
        raise ValueError(f"the prompt template has no field {{{strangers[0]}}}; there are {', '.join(FIELDS)}")
    missing = [
        colour.phrase() for colour in character.palette if colour.hex.lower() not in character.description.lower()
    ]
    words = {
        "name": character.name,
        "description": _sentence(character.description),
        "colours": _sentence("Colours: " + ", ".join(missing)) if missing else "",
        "pose": _sentence(pose.text),
        "style": _sentence(style),
        "setting": _sentence(character.setting),
        "trigger": ", ".join(lora.trigger for lora in character.loras if lora.trigger),
    }
    text = _FIELD.sub(lambda match: words[match[1]], template)
    return Prompt(text=re.sub(r"\s+", " ", text).strip(), negative=character.negative.strip(), template=template)


def _sentence(words: str) -> str:
    stripped = re.sub(r"\s+", " ", words).strip()
    return stripped if not stripped or stripped[-1] in ".!?…" else stripped + "."
