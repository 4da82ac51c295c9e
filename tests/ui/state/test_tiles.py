"""Pictures that fill a screen."""

from __future__ import annotations

import pytest

from studio.ui.state.tiles import best_columns


@pytest.mark.parametrize(
    ("count", "width", "height", "shape", "columns"),
    [
        (2, 120, 36, 0.75, 2),
        (4, 200, 40, 0.75, 4),
        (4, 80, 60, 0.75, 2),
        (2, 40, 60, 0.75, 1),
        (9, 120, 36, 0.75, 5),
        (1, 80, 24, 1.0, 1),
        (3, 100, 50, 3.0, 1),
    ],
)
def test_the_pictures_are_as_large_as_they_can_be(
    count: int, width: int, height: int, shape: float, columns: int
) -> None:
    assert best_columns(count, width, height, shape) == columns
