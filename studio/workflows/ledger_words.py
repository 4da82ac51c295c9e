"""The ledger in words, for every front end: what was expected, what was billed, what is not known."""

from __future__ import annotations

import time

from studio.domain import money
from studio.workflows.ledger import Entry, Group, Mark, Sum


def paid_words(entry: Entry) -> str:
    """What one job cost: `billed $0.06`, `est. $0.045, billed $0.06` where they differ, `maybe $0.05`, …"""
    row, amount = entry.row, money.shown(entry.amount)
    match entry.mark:
        case Mark.BILLED:
            return f"est. {money.shown(row.estimate)}, billed {amount}" if entry.differs else f"billed {amount}"
        case Mark.ESTIMATED:
            return f"est. {amount}"
        case Mark.MAYBE:
            return f"maybe {amount}"
        case Mark.SANDBOX:
            known = amount if row.billed is not None or row.estimate is not None else "unknown"
            return f"est. {money.shown(row.estimate)}, would cost {known}" if entry.differs else f"would cost {known}"
        case Mark.UNPRICED | Mark.NOTHING:
            return row.charged or entry.mark.value


def moment_text(at: float) -> str:
    """A moment (seconds since the epoch) for other programs, in local time: `2026-11-20T12:04:03+0100`."""
    return time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(at))


def spent_words(total: Sum) -> str:
    """What a group cost: `$0.31`, with `est. $0.30` where fal billed otherwise, and what may come on top."""
    if not total.jobs and total.sandbox_jobs:
        return f"would cost {money.shown(total.would_cost)}"
    parts = [money.shown(total.spent)]
    if total.billed and total.expected != total.spent:
        parts[0] = f"est. {money.shown(total.expected)}, paid {parts[0]}"
    if total.maybe:
        parts = (
            [f"maybe {parts[0]}"] if total.maybe == total.spent else [*parts, f"{money.shown(total.maybe)} of it maybe"]
        )
    if total.unpriced:
        parts.append(f"{total.unpriced} of unknown price")
    if total.sandbox_jobs:
        parts.append(f"would cost {money.shown(total.would_cost)}")
    return ", ".join(parts)


def per_picked_words(total: Sum) -> str:
    """What one picked take cost: `$0.15`; empty while none is picked."""
    if total.per_picked is not None:
        return money.shown(total.per_picked)
    return f"would cost {money.shown(total.sandbox_per_picked)}" if total.sandbox_per_picked is not None else ""


def total_sentences(total: Sum) -> list[str]:
    """The whole ledger in a few sentences."""
    if not total.jobs and not total.sandbox_jobs:
        return ["Nothing has been sent yet."]
    said = [_spent_sentence(total)] if total.jobs else ["Nothing was spent."]
    if total.unknown:
        jobs = "1 job is" if total.unknown == 1 else f"{total.unknown} jobs are"
        said.append(f"{jobs} of unknown fate: {money.shown(total.maybe)} may be paid, and is counted as if it were.")
    if total.unpriced:
        jobs = "1 job has" if total.unpriced == 1 else f"{total.unpriced} jobs have"
        said.append(f"{jobs} no known price and come{'s' if total.unpriced == 1 else ''} on top.")
    if total.per_picked is not None:
        takes = "1 picked take" if total.picked == 1 else f"{total.picked} picked takes"
        said.append(f"{takes}: {money.shown(total.per_picked)} each, those that were not picked included.")
    if total.sandbox_jobs:
        said.append(_sandbox_sentence(total))
    return said


def when_words(group: Group) -> str:
    """When a group's jobs were sent: `2026-11-20 12:04`, with its end where that is another minute."""
    first, last = (time.strftime("%Y-%m-%d %H:%M", time.localtime(at)) for at in (group.first, group.last))
    if first == last:
        return first
    return f"{first} - {last[11:] if first[:10] == last[:10] else last}"


def _spent_sentence(total: Sum) -> str:
    jobs = "1 job" if total.jobs == 1 else f"{total.jobs} jobs"
    parts = [f"{money.shown(total.billed)} billed" if total.billed else ""]
    parts.append(f"{money.shown(total.estimated)} estimated" if total.estimated else "")
    parts.append(f"{money.shown(total.maybe)} maybe" if total.maybe else "")
    of = f" ({', '.join(part for part in parts if part)})" if total.spent else ""
    other = f", where {money.shown(total.expected)} was expected" if total.expected != total.spent else ""
    return f"{jobs}: {money.shown(total.spent)}{of}{other}."


def _sandbox_sentence(total: Sum) -> str:
    jobs = "1 job" if total.sandbox_jobs == 1 else f"{total.sandbox_jobs} jobs"
    each = total.sandbox_per_picked
    more = f", {money.shown(each)} for each picked take" if each is not None else ""
    return f"{jobs} in the sandbox would have cost {money.shown(total.would_cost)}{more}; nothing was charged."
