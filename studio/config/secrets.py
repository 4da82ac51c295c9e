"""What must never be written or shown: the keys this process has seen, and whatever looks like one."""

from __future__ import annotations

import json
import os
import re

NAMES = ("FAL_KEY", "FAL_KEY_SECRET", "FAL_AI_API_KEY", "FAL_API_KEY")
"""Environment variables that hold one."""

SHORTEST = 4
"""Characters below which a value is too common a word to be cut out of a text."""

INSTEAD = "[key]"

_KEY_SHAPE = re.compile(r"[0-9a-fA-F-]{16,36}:[0-9a-fA-F]{16,64}|(?<=Key )\S+|(?<=Bearer )\S+")
_seen: set[str] = set()


def remember(value: str) -> None:
    """From now on `redacted` cuts this out, and each half of a key of the shape `id:secret`'s secret alone."""
    for part in (value, value.partition(":")[2]):
        if len(part) >= SHORTEST:
            _seen.add(part)


def redacted(text: str) -> str:
    """The text without any key: those that were seen, those of the environment, and whatever looks like one."""
    secrets = {*_seen, *(value for name in NAMES if len(value := os.environ.get(name, "").strip()) >= SHORTEST)}
    for form in sorted({form for secret in secrets for form in forms(secret)}, key=len, reverse=True):
        text = text.replace(form, INSTEAD)
    return _KEY_SHAPE.sub(INSTEAD, text)


def forms(secret: str) -> set[str]:
    """A secret as it stands in a text, in JSON, in a Python representation, and in an address."""
    from urllib.parse import quote  # only a failure needs it

    shown = repr(secret + "'\"")[1:-4]
    return {secret, json.dumps(secret)[1:-1], repr(secret)[1:-1], shown, quote(secret, safe="")}
