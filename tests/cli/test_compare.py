"""`studio estimate --compare`: the same plan on the others."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.cli.conftest import Call, money_of
from tests.fakes.picture import tiny_png


def test_a_line_for_each_model_and_the_chosen_ones_total_last(call: Call, project: Path) -> None:
    said = call("estimate", project, "--compare", "--takes", "2")
    assert said.code == 0
    *models, total = said.lines
    assert {line["event"] for line in models} == {"model"}
    assert total == {"event": "total", "estimate": "0.6", "unknown": 0}
    known = [money_of(line, "estimate") for line in models if line["estimate"] is not None]
    assert known == sorted(known) and len(known) > 10
    (chosen,) = (line for line in models if line["chosen"])
    assert (chosen["model"], chosen["pictures"], money_of(chosen, "estimate")) == (
        "fal-ai/flux-2-flex",
        12,
        Decimal("0.6"),
    )
    assert all(money_of(line, "each") * 12 == money_of(line, "estimate") for line in models if line["each"] is not None)


def test_references_leave_the_models_that_take_them(call: Call, project: Path) -> None:
    picture = project / "front.png"
    picture.write_bytes(tiny_png())
    said = call("estimate", project, "--compare", "--model", "fal-ai/flux-pro/kontext", "--reference", picture)
    by_id = {line["model"]: line for line in said.events("model")}
    assert "fal-ai/flux/dev" not in by_id
    assert by_id["fal-ai/flux-pro/kontext"]["severity"] == "warning"
    unknown = [line for line in by_id.values() if line["estimate"] is None]
    assert list(by_id.values())[-len(unknown) :] == unknown


def test_a_person_reads_a_table_with_the_chosen_one_marked(call_at_terminal: Call, project: Path) -> None:
    said = call_at_terminal("estimate", project, "--compare")
    rows = said.out.splitlines()
    assert any(row.strip().startswith("*") and "FLUX.2 [flex]" in row for row in rows)
    assert "unknown" in said.out
    assert rows[-1] == "6 pictures: about $0.30."


def test_the_limit_holds_for_the_chosen_model(call: Call, project: Path) -> None:
    said = call("estimate", project, "--compare", "--max-cost", "0.10")
    assert said.code == 5
    assert said.lines[-1]["event"] == "total"
