"""The ledger for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from studio.cli.tables import print_table
from studio.cli.terminal_text import write_line
from studio.workflows.ledger import Entry, Group, Ledger, Sum
from studio.workflows.ledger_words import paid_words, per_picked_words, spent_words, total_sentences, when_words

NEWEST = 20
"""Jobs that are listed one by one; the poses, sessions and days above hold all of them."""


def tell_ledger(ledger: Ledger, total: Sum, *, sandbox_too: bool) -> None:
    """Tables by day, session and pose, the newest jobs, and the total in sentences."""
    if ledger.entries:
        _group_table("day", [(group.name, group) for group in ledger.days])
        _group_table("session", [(when_words(group), group) for group in ledger.sessions])
        _group_table("pose", [(group.name, group) for group in ledger.poses])
        newest = ledger.entries[-NEWEST:]
        print_table(
            ("take", "day", "state", "cost"),
            [(entry.row.take or entry.row.pose, entry.day, _state(entry), paid_words(entry)) for entry in newest],
            whole=("take", "day"),
        )
        if len(ledger.entries) > len(newest):
            write_line(f"The newest {len(newest)} of {len(ledger.entries)} jobs; --csv FILE has every one.")
    for sentence in total_sentences(total):
        write_line(sentence)
    if total.sandbox_jobs and not sandbox_too:
        write_line("--sandbox-too lists those of the sandbox.")


def _group_table(name: str, groups: Sequence[tuple[str, Group]]) -> None:
    print_table(
        (name, "jobs", "takes", "picked", "cost", "per picked take"),
        [(words, *_counts(group.sum), spent_words(group.sum), per_picked_words(group.sum)) for words, group in groups],
        right=("jobs", "takes", "picked"),
    )


def _state(entry: Entry) -> str:
    return f"{entry.row.state}, picked" if entry.row.picked else entry.row.state.value


def _counts(total: Sum) -> tuple[int, int, int]:
    return total.jobs + total.sandbox_jobs, total.takes + total.sandbox_takes, total.picked + total.sandbox_picked
