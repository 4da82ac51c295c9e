"""The lines over a dataset fit the terminal, and count one picture as one."""

from __future__ import annotations

import pytest

from studio.config.catalogue import load_catalogue
from studio.ui.state.dataset_rows import form_lines
from studio.ui.widgets.run_line import width_of
from studio.workflows.lora_trainers import TrainingWish


@pytest.mark.parametrize("width", [76, 116, 196])
def test_what_does_not_fit_ends_in_an_ellipsis(width: int) -> None:
    trainer = load_catalogue().model("fal-ai/flux-lora-fast-training")
    assert trainer is not None
    first, second = form_lines(TrainingWish(trainer, "glch", 1000), None, "", 1, width)
    assert "pictures" not in "".join(run.text for run in first)
    assert (width_of(first), width_of(second)) == (width, width)
    assert "…" in "".join(run.text for run in second) or width > 116
