"""Contact sheets."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from studio.imaging.sheet import contact_sheet

RED, BLUE = Image.new("RGB", (60, 80), (255, 0, 0)), Image.new("RGB", (200, 100), (0, 0, 255))


def test_pictures_stand_in_rows_of_the_asked_columns() -> None:
    sheet = contact_sheet([RED, BLUE, RED], ["one", "two", "three"], 2, (60, 80))
    pixels = np.asarray(sheet)
    middle = pixels.shape[1] // 2
    assert (pixels[:, :middle] == (255, 0, 0)).all(axis=2).sum() > 2 * 60 * 70
    assert (pixels[:, middle:] == (0, 0, 255)).all(axis=2).any()


def test_labels_are_written_and_long_ones_cut() -> None:
    blank = contact_sheet([RED], [""], 1, (60, 80))
    labelled = contact_sheet([RED], ["a label far too long for so small a cell"], 1, (60, 80))
    assert blank.size == labelled.size
    assert not np.array_equal(np.asarray(blank), np.asarray(labelled))


@pytest.mark.parametrize(("labels", "columns"), [([], 1), (["a", "b"], 1), (["a"], 0)])
def test_a_sheet_that_makes_no_sense_is_refused(labels: list[str], columns: int) -> None:
    with pytest.raises(ValueError, match="contact sheet"):
        contact_sheet([RED], labels, columns, (60, 80))
