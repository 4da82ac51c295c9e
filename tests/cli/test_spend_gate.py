"""Nothing is sent for money without a yes or a limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call, Fal
from tests.fakes.picture import tiny_png
from tests.fakes.provider import FakeProvider

UNPRICED = "fal-ai/instant-character"


def test_without_a_terminal_and_without_a_word_nothing_is_sent(call: Call, project: Path, fal: Fal) -> None:
    said = call("render", project)
    assert said.code == 5
    assert fal.sent == 0 and said.out == ""
    assert "$0.30" in said.err and "--yes" in said.err and "--max-cost" in said.err


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--yes",), 0),
        (("--max-cost", "0.30"), 0),
        (("--max-cost", "$0.30"), 0),
        (("--max-cost", "0.29"), 5),
        (("--max-cost", "0.29", "--yes"), 5),
        (("--max-cost", "0"), 5),
    ],
)
def test_a_limit_or_a_yes_opens_the_gate(
    call: Call, project: Path, fal: Fal, flags: tuple[str, ...], code: int
) -> None:
    assert call("render", project, *flags).code == code
    assert fal.sent == (6 if code == 0 else 0)


@pytest.mark.parametrize(("typed", "sent"), [("y\n", 1), ("Yes\n", 1), ("n\n", 0), ("\n", 0), ("", 0)])
def test_at_a_terminal_the_price_is_asked_and_only_a_yes_is_one(
    call_at_terminal: Call, project: Path, fal: Fal, typed: str, sent: int
) -> None:
    said = call_at_terminal("render", project, "--pose", "running", typed=typed)
    assert "Send 1 request to fal for about $0.05? [y/N]" in said.err
    assert (fal.sent, said.code) == (sent, 0 if sent else 5)


def test_the_sandbox_needs_no_yes(call: Call, project: Path, fal: Fal) -> None:
    fal.provider = FakeProvider(sandbox=True)
    said = call("render", project, "--pose", "running")
    assert said.code == 0
    assert "nothing is charged" in said.err


def test_a_limit_holds_in_the_sandbox_at_the_real_prices(call: Call, project: Path, fal: Fal) -> None:
    fal.provider = FakeProvider(sandbox=True)
    assert call("render", project, "--max-cost", "0.10").code == 5
    assert fal.sent == 0


@pytest.mark.parametrize(("flags", "code"), [((), 5), (("--max-cost", "9"), 5), (("--yes",), 0)])
def test_an_unknown_price_needs_a_yes(call: Call, project: Path, fal: Fal, flags: tuple[str, ...], code: int) -> None:
    picture = project / "references" / "front.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(tiny_png())
    said = call("render", project, "--model", UNPRICED, "--pose", "running", "--reference", picture, *flags)
    assert said.code == code
    assert fal.sent == (1 if code == 0 else 0)
    if code:
        assert "unknown" in said.err


def test_a_budget_of_the_project_refuses_before_anything_is_sent(call: Call, project: Path, fal: Fal) -> None:
    settings = project / "studio.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[budget]\nsession = 0.10\n", encoding="utf-8")
    said = call("render", project, "--yes")
    assert said.code == 5
    assert fal.sent == 0
    assert "$0.30" in said.err and "$0.10" in said.err
