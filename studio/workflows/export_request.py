"""The exact request of a picture, to be copied: as JSON, as a curl command, as Python. Never with the key."""

from __future__ import annotations

import json
import shlex
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import cast

from studio.domain.request import Json, Request
from studio.domain.upload import placed
from studio.workflows.local_files import seen as seen_file
from studio.workflows.pose_guide import wish_of

QUEUE = "https://queue.fal.run"
"""fal's queue; the key goes there and nowhere else."""

KEY = "$FAL_KEY"

LONGEST = 200
"""Characters of a data URI that are left whole."""

SHOWN = 40
"""Characters that stay of a longer one."""


class Form(StrEnum):
    """How a request is written down."""

    JSON = "json"
    CURL = "curl"
    PYTHON = "python"


def written(request: Request, form: Form) -> str:
    """The request in one of the forms."""
    makers: dict[Form, Callable[[Request], str]] = {Form.JSON: as_json, Form.CURL: as_curl, Form.PYTHON: as_python}
    return makers[form](request)


def as_json(request: Request) -> str:
    """The endpoint and the exact arguments, data URIs shortened, files that will be uploaded by their names."""
    arguments, _ = _shortened(request.arguments)
    return _json({"endpoint": request.endpoint, "arguments": arguments})


def as_curl(request: Request) -> str:
    """A command for a POSIX shell that queues the request once; the key comes from the environment's FAL_KEY.

    Pictures inside the request are shortened, and a comment above says which: put them back before you run it.
    """
    arguments, left_out = _shortened(request.arguments)
    lines = [
        *_notes(left_out),
        f"curl --fail-with-body -sS -X POST {shlex.quote(f'{QUEUE}/{request.endpoint}')} \\",
        f'  -H "Authorization: Key {KEY}" \\',
        "  -H 'Content-Type: application/json' \\",
        f"  --data-raw {shlex.quote(_json(arguments))}",
    ]
    return "\n".join(lines)


def as_python(request: Request) -> str:
    """A script for fal's own client that runs the request and prints the result; it reads FAL_KEY itself.

    Pictures inside the request are shortened, and a comment above says which: put them back before you run it.
    """
    arguments, left_out = _shortened(request.arguments)
    lines = [
        *_notes(left_out),
        "import fal_client  # pip install fal-client; the key is read from FAL_KEY",
        "",
        "result = fal_client.subscribe(",
        f"    {request.endpoint!r},",
        f"    arguments={_literal(arguments, '    ')},",
        ")",
        "print(result)",
    ]
    return "\n".join(lines)


def readable(arguments: dict[str, Json]) -> dict[str, Json]:
    """The arguments with nothing cut, and the stand-ins of files that will be uploaded followed by their names."""

    def seen(value: Json) -> Json:
        match value:
            case dict():
                return {key: seen(item) for key, item in value.items()}
            case list():
                return [seen(item) for item in value]
            case str() if (file := seen_file(placed(value))) is not None:
                return f"{value} ({file.words()}, uploaded when sent)"
            case _:
                return value

    return cast("dict[str, Json]", seen(arguments))


def _shortened(arguments: dict[str, Json]) -> tuple[dict[str, Json], list[str]]:
    """The arguments with long data URIs cut and files to be uploaded named, and the dotted names of those."""
    left_out: list[str] = []

    def seen(value: Json, name: str) -> Json:
        match value:
            case dict():
                return {key: seen(item, f"{name}.{key}" if name else key) for key, item in value.items()}
            case list():
                return [seen(item, f"{name}.{at}") for at, item in enumerate(value)]
            case str() if value.startswith("data:") and len(value) > LONGEST:
                left_out.append(f"{name} is a picture of {len(value)} characters")
                return f"{value[:SHOWN]}..."
            case str() if digest := placed(value):
                file = seen_file(digest)
                left_out.append(f"{name} is {file.words() if file else 'a file'}, to be uploaded when it is sent")
                return f"{value[:SHOWN]}... ({file.words()}, uploaded when sent)" if file else value
            case str() if wish := wish_of(value):
                left_out.append(f"{name} is {wish.words()}")
                return f"{value[:SHOWN]}... ({wish.words()})"
            case _:
                return value

    return cast("dict[str, Json]", seen(arguments, "")), left_out


def _notes(left_out: list[str]) -> list[str]:
    return [f"# {_escaped(what)}, cut short here: put its data URI or its address in." for what in left_out]


def _json(value: Json) -> str:
    return _escaped(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def _escaped(text: str) -> str:
    """JSON text in which nothing can act on a terminal or turn the reading direction round; it means the same."""
    return "".join(_harmless(character) for character in text)


def _harmless(character: str) -> str:
    if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return character
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def _literal(value: Json, indent: str) -> str:
    """A value in Python's own words, one entry a line."""
    deeper = f"{indent}    "
    match value:
        case dict() if value:
            rows = [f"{deeper}{key!r}: {_literal(item, deeper)}," for key, item in value.items()]
            return "\n".join(["{", *rows, f"{indent}}}"])
        case list() if value:
            rows = [f"{deeper}{_literal(item, deeper)}," for item in value]
            return "\n".join(["[", *rows, f"{indent}]"])
        case _:
            return repr(value)
