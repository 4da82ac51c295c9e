"""`studio render --dry-run --as curl|python`: requests to be copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import KEY, Call, Fal
from tests.workflows.test_export_request import call_of


def test_a_script_asks_for_exactly_what_would_be_sent(call: Call, project: Path) -> None:
    words = ("render", project, "--dry-run", "--pose", "running", "--seed", "7")
    sent = call(*words).lines[0]
    said = call(*words, "--as", "python")
    assert said.code == 0
    assert call_of(said.out) == (sent["endpoint"], sent["arguments"])
    assert said.out.startswith("# running, $0.05\n")


def test_curl_commands_stand_one_under_the_other_without_the_key(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAL_KEY", KEY)
    said = call("render", project, "--dry-run", "--as", "curl", "--pose", "running", "--pose", "hero-stance")
    assert said.out.count("curl --fail-with-body") == 2
    assert "$FAL_KEY" in said.out and KEY.split(":")[1] not in said.out
    assert "2 pictures: about $0.10." in said.err


@pytest.mark.parametrize(
    "words", [("--as", "curl"), ("--dry-run", "--json", "--as", "curl"), ("--dry-run", "--as", "c")]
)
def test_it_is_for_looking_only(call: Call, project: Path, fal: Fal, words: tuple[str, ...]) -> None:
    said = call("render", project, "--yes", *words)
    assert said.code == 2
    assert "--as" in said.err
    assert fal.sent == 0
