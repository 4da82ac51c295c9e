"""A copied request does what the studio would do, and holds no key."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.request import Json, Request
from studio.domain.text import plain
from studio.workflows.export_request import Form, as_curl, as_json, as_python, written

NASTY = 'it\'s $HOME `id` \\ "two"\n!! %s {x} ; rm -rf / # \u202e日本 \x1b[31m'
ARGUMENTS: dict[str, Json] = {
    "prompt": NASTY,
    "seed": 7,
    "guidance_scale": 5.5,
    "enable_safety_checker": False,
    "image_size": {"width": 640, "height": 960},
    "loras": [{"path": "https://example.org/a.safetensors", "scale": 1}],
    "note": None,
    "none": [],
}
REQUEST = Request.make("fal-ai/flux-2-flex", ARGUMENTS, 7)
PICTURE = "data:image/png;base64," + "QUJD" * 5000
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def words_of(command: str, folder: Path) -> list[str]:
    """The words a shell would hand to curl."""
    script = folder / "run.sh"
    show = "import json, sys; print(json.dumps(sys.argv[1:]))"
    script.write_text(f'curl() {{ "{sys.executable}" -c \'{show}\' "$@"; }}\n{command}\n', encoding="utf-8")
    environment = {"FAL_KEY": "k:s", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    done = subprocess.run(["sh", script], env=environment, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


def call_of(script: str) -> tuple[str, dict[str, Any]]:
    """Endpoint and arguments a script hands to fal's client."""
    calls: list[tuple[str, dict[str, Any]]] = []
    module = ModuleType("fal_client")
    module.__dict__["subscribe"] = lambda endpoint, arguments: calls.append((endpoint, arguments))
    before = sys.modules.get("fal_client")
    sys.modules["fal_client"] = module
    try:
        exec(compile(script, "copied.py", "exec"), {"print": lambda result: None})
    finally:
        if before is None:
            del sys.modules["fal_client"]
        else:
            sys.modules["fal_client"] = before
    (call,) = calls
    return call


def test_the_curl_command_sends_the_exact_arguments_once_whatever_they_hold(tmp_path: Path) -> None:
    words = words_of(as_curl(REQUEST), tmp_path)
    assert words[words.index("--data-raw") - 1] == "Content-Type: application/json"
    assert json.loads(words[-1]) == ARGUMENTS
    assert "https://queue.fal.run/fal-ai/flux-2-flex" in words
    assert "Authorization: Key k:s" in words
    assert "--retry" not in words


def test_a_strange_endpoint_stays_one_word(tmp_path: Path) -> None:
    words = words_of(as_curl(Request.make("me/x; rm -rf $HOME", {}, None)), tmp_path)
    assert "https://queue.fal.run/me/x; rm -rf $HOME" in words


def test_the_script_hands_the_exact_arguments_to_fals_client() -> None:
    assert call_of(as_python(REQUEST)) == ("fal-ai/flux-2-flex", ARGUMENTS)


@given(arguments=st.dictionaries(st.text(min_size=1, max_size=8), JSON_VALUES, max_size=4))
def test_any_arguments_survive_being_written_as_json_and_as_python(arguments: dict[str, Json]) -> None:
    request = Request.make("a/b", arguments, None)
    assert json.loads(as_json(request))["arguments"] == request.arguments
    assert call_of(as_python(request))[1] == request.arguments


def test_no_form_holds_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", "id-of-key:secret-of-key")
    for form in Form:
        assert "of-key" not in written(REQUEST, form)
    assert "$FAL_KEY" in as_curl(REQUEST) and "FAL_KEY" in as_python(REQUEST)


def test_nothing_in_them_acts_on_a_terminal() -> None:
    for form in Form:
        text = written(REQUEST, form)
        assert plain(text, lines=True, limit=100_000) == text
        assert "日本" in text


def test_pictures_are_cut_short_and_named_so_that_nobody_sends_half_of_one() -> None:
    request = Request.make("a/b", {"prompt": "x", "image_urls": ["https://v3.fal.media/a.png", PICTURE]}, None)
    for form in Form:
        text = written(request, form)
        assert len(text) < 1000
        assert "https://v3.fal.media/a.png" in text
    for text in (as_curl(request), as_python(request)):
        assert text.startswith(f"# image_urls.1 is a picture of {len(PICTURE)} characters")
