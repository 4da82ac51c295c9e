"""A plan that is only looked at: its requests and its price, for `estimate` and `render --dry-run`."""

from __future__ import annotations

from studio.cli.exit_codes import Exit
from studio.cli.json_lines import emit
from studio.cli.reporting import request_fields
from studio.cli.tables import print_table
from studio.cli.terminal_text import say, write_line
from studio.domain import money
from studio.domain.request import Json
from studio.domain.text import plain
from studio.domain.upload import placed
from studio.workflows.local_files import seen
from studio.workflows.plan import Plan

LONGEST_SHOWN = 120
"""Characters of a data URI that are shown to a person; JSON has all of it."""


def tell_notes(plan: Plan) -> None:
    """What had to be adjusted, on stderr."""
    for note in plan.notes:
        say(note)


def tell_plan(plan: Plan, as_json: bool, event: str, *, arguments: bool = False) -> Exit:
    """Each request, with its exact arguments when asked for, and the total."""
    if as_json:
        from studio.workflows.export_request import readable

        for job in plan.jobs:
            emit(event, **request_fields(job), **({"arguments": readable(job.request.arguments)} if arguments else {}))
        return tell_total(plan, as_json)
    if arguments:
        for job in plan.jobs:
            write_line(f"{job.pose}: POST {job.request.endpoint}  ({money.shown(job.estimate)})")
            for name, value in job.request.arguments.items():
                write_line(f"  {name} = {_shown(value)}")
    else:
        print_table(
            ("pose", "model", "seed", "price"),
            [(job.pose, job.request.endpoint, job.request.seed, money.shown(job.estimate)) for job in plan.jobs],
            right=("seed", "price"),
        )
    return tell_total(plan, as_json)


def tell_copies(plan: Plan, form: str) -> Exit:
    """Each request as a curl command or a Python script, under a comment that names its pose and its price."""
    from studio.workflows.export_request import Form, written

    for at, job in enumerate(plan.jobs):
        write_line(f"{chr(10) if at else ''}# {plain(job.pose)}, {money.shown(job.estimate)}", lines=True)
        write_line(written(job.request, Form(form)), lines=True)
    say(total_sentence(plan))
    return Exit.OK


def tell_total(plan: Plan, as_json: bool) -> Exit:
    """The price of the whole plan, the last line."""
    if as_json:
        known = None if plan.unknown == len(plan.jobs) else plan.estimate
        emit("total", estimate=known, unknown=plan.unknown)
    else:
        write_line(total_sentence(plan))
    return Exit.OK


def total_sentence(plan: Plan) -> str:
    """The price of the whole plan in words."""
    noun = "training" if plan.jobs and all(job.trains for job in plan.jobs) else "picture"
    number = f"1 {noun}" if len(plan.jobs) == 1 else f"{len(plan.jobs)} {noun}s"
    if plan.unknown == len(plan.jobs):
        return f"{number}: the price is unknown."
    more = f", and {plan.unknown} of unknown price" if plan.unknown else ""
    return f"{number}: about {money.shown(plan.estimate)}{more}."


def _shown(value: Json) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_shown(item) for item in value)}]"
    text = str(value)
    if text.startswith("data:") and len(text) > LONGEST_SHOWN:
        return f"{text[:LONGEST_SHOWN]}… ({len(text)} characters)"
    if (file := seen(placed(text))) is not None:
        return f"{file.words()}, uploaded when it is sent"
    return text
