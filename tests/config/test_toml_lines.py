"""The line finder against the standard parser, on awkward but legal TOML."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.config.toml_lines import key_lines

TEXT = '''\
# head [not.a.table]
name = "a # b = c"  # tail
"quoted key" = 1
long = """
x = 1
[fake]
"" two quotes \\""" end"""
raw = \'\'\'
y = 2\'\'\'
list = [
    1, # one
    [2, 3],
    { a = 1, b = { c = "}" } },
]
dotted.inner.key = true

[table."with.dot"]
one = 1979-05-27T07:32:00Z

[[pose]]
name = "first"
[pose.skeleton]
lean = 5
[[pose]]
name = "second"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("quoted key",), 3),
        (("long",), 4),
        (("raw",), 8),
        (("list",), 10),
        (("list", 0), 11),
        (("list", 1, 1), 12),
        (("list", 2, "b", "c"), 13),
        (("dotted", "inner", "key"), 15),
        (("table", "with.dot", "one"), 18),
        (("pose", 0), 20),
        (("pose", 0, "skeleton", "lean"), 23),
        (("pose", 1, "name"), 25),
    ],
)
def test_every_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert key_lines(TEXT)[path] == line


def test_nothing_inside_a_text_is_taken_for_a_key() -> None:
    lines = key_lines(TEXT)
    assert ("x",) not in lines
    assert ("fake",) not in lines
    assert ("y",) not in lines


@given(st.text(alphabet="ab=[]{}\",'#.\n\\ 1", max_size=60))
def test_any_text_at_all_is_walked_to_its_end(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in key_lines(text).values())
