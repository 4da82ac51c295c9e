from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.ui.widgets.log_lines import Level, LogEntry, LogLines


def entry(number: int, pose: str = "hero", level: Level = Level.INFO) -> LogEntry:
    return LogEntry("12:00:00", pose, f"step {number}", level)


def test_the_oldest_lines_go_when_the_history_is_full() -> None:
    lines = LogLines(history=3)
    came, gone = lines.add(entry(n) for n in range(5))
    assert (came, gone) == (5, 2)
    assert [line.message for line in lines.shown] == ["step 2", "step 3", "step 4"]


def test_every_word_of_the_filter_must_occur_somewhere() -> None:
    lines = LogLines()
    lines.add([entry(1, "Hero stance"), entry(2, "sitting"), entry(1, "sitting", Level.ERROR)])
    lines.use_filter("STEP sitting")
    assert len(lines.shown) == 2
    lines.use_filter("sitting error")
    assert len(lines.shown) == 1
    lines.use_filter("")
    assert len(lines.shown) == 3


def test_lines_that_do_not_match_are_kept_for_later() -> None:
    lines = LogLines()
    lines.use_filter("sitting")
    assert lines.add([entry(1), entry(2, "sitting")]) == (1, 0)
    lines.use_filter("")
    assert len(lines.shown) == 2


@given(poses=st.lists(st.sampled_from(["a", "b"]), max_size=40), history=st.integers(1, 10), word=st.sampled_from("ab"))
def test_a_filter_set_before_shows_the_same_as_one_set_after(poses: list[str], history: int, word: str) -> None:
    before, after = LogLines(history), LogLines(history)
    before.use_filter(word)
    for number, pose in enumerate(poses):
        line = LogEntry("", pose, str(number))
        before.add([line])
        after.add([line])
    after.use_filter(word)
    assert list(before.shown) == list(after.shown)
